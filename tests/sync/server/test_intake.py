"""A batch is taken whole or not at all, once however often it comes, and bad entries never stop good ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from sync.server import intake, posting, quarantine
from sync.server.joining import Gap
from sync.server.projections.project import project
from sync.server.state import State, state
from sync.wire import receipt as wire_receipt
from sync.wire.operator import Operator
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, new_id, person


def state_of(place: Place) -> State:
    with place.node.database.read() as connection:
        return state(connection, place.fair)


def take(place: Place, laptop: Laptop, first: int = 1, last: int = 0) -> Receipt:
    return intake.take(place.node, laptop.station, laptop.batch(first, last))


def test_a_registration_becomes_rows_and_a_receipt_that_the_servers_key_signed(place: Place) -> None:
    laptop = place.laptop()
    laptop.register()
    receipt = take(place, laptop)
    assert wire_receipt.verify(receipt, bytes.fromhex(place.node.keys.public_key))
    assert (receipt.journal, receipt.seq) == (str(laptop.journal), 6)
    assert receipt.digest == laptop.digests[-1].hex() and receipt.verdicts == ()
    counts = state_of(place).counts
    assert counts["attendee"] == counts["visit"] == counts["slip"] == 1 and counts["referral"] == 2


def test_the_same_batch_again_gives_the_same_receipt_and_one_effect(place: Place) -> None:
    laptop = place.laptop()
    laptop.register()
    first = take(place, laptop)
    before = state_of(place)
    assert take(place, laptop) == first
    assert state_of(place) == before


def test_a_longer_batch_that_overlaps_applies_only_the_rest(place: Place) -> None:
    laptop = place.laptop()
    laptop.register()
    take(place, laptop, 1, 4)
    laptop.register()
    receipt = take(place, laptop, 3, 12)
    assert receipt.seq == 12
    assert state_of(place).counts["attendee"] == 2
    assert take(place, laptop, 1, 12).digest == receipt.digest


def test_a_piece_of_what_is_here_gets_a_receipt_for_that_piece(place: Place) -> None:
    laptop = place.laptop()
    laptop.register()
    take(place, laptop)
    receipt = take(place, laptop, 2, 3)
    assert receipt.seq == 3 and receipt.digest == laptop.digests[2].hex()
    assert take(place, laptop, 2, 3) == receipt


def test_a_gap_is_refused_with_the_number_that_is_expected(place: Place) -> None:
    laptop = place.laptop()
    laptop.register()
    laptop.register()
    take(place, laptop, 1, 3)
    with pytest.raises(Gap) as caught:
        take(place, laptop, 6, 12)
    assert caught.value.expected == 4
    assert state_of(place).counts["attendee"] == 1


def test_another_history_with_the_same_numbers_raises_an_alarm_once(place: Place) -> None:
    laptop = place.laptop()
    laptop.register()
    laptop.register()
    take(place, laptop)
    before = state_of(place)
    laptop.forget_from(8)
    laptop.register(person(given_names="Otra Ficticia"))
    for _ in range(2):
        with pytest.raises(WireError) as caught:
            take(place, laptop)
        assert caught.value.code == "fork"
    assert state_of(place) == before
    with place.node.database.read() as connection:
        alerts = quarantine.forks(connection, place.fair)
    assert [(alert.first, alert.last, alert.carrier) for alert in alerts] == [(1, 13, laptop.station)]


def test_ten_at_once_apply_once(place: Place) -> None:
    laptop = place.laptop()
    for _ in range(10):
        laptop.register()
    batch = laptop.batch()
    with ThreadPoolExecutor(10) as pool:
        receipts = list(pool.map(lambda _: intake.take(place.node, laptop.station, batch), range(10)))
    assert len({receipt.signature for receipt in receipts}) == 1
    assert state_of(place).counts["attendee"] == 10


def test_a_create_and_a_change_arriving_together_from_two_laptops_both_count(place: Place) -> None:
    """Two transactions that did not see each other would leave the change out of the row."""
    registrar, desk = place.laptop(), place.laptop()
    people = [registrar.state(person()) for _ in range(20)]
    for number, who in enumerate(people, 1):
        desk.change("attendee", who, registrar.revision(number), notes=f"nota {number}")
    pairs = [(laptop, number) for number in range(1, 21) for laptop in (registrar, desk)]

    def send(pair: tuple[Laptop, int]) -> None:
        laptop, number = pair
        while True:
            try:
                take(place, laptop, number, number)
                return
            except Gap:
                continue

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, pairs))
    with place.node.database.read() as connection:
        notes = set(connection.execute(text("SELECT notes FROM attendee")).scalars())
    assert notes == {f"nota {number}" for number in range(1, 21)}


def test_what_fails_half_way_leaves_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop = place.laptop()
    laptop.register()
    before = state_of(place)
    monkeypatch.setattr(quarantine, "record", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take(place, laptop)
    assert state_of(place) == before
    monkeypatch.undo()
    assert take(place, laptop).seq == 6


def test_corrections_are_merged_field_by_field_and_conflicts_are_marked(place: Place) -> None:
    one, two = place.laptop(), place.laptop()
    who = one.state(person())
    base = one.revision(1)
    one.change("attendee", who, base, notes="uno")
    two.change("attendee", who, base, notes="dos", first_surname="Rincón")
    take(place, one)
    receipt = take(place, two)
    assert [(verdict.seq, verdict.verdict) for verdict in receipt.verdicts] == [(1, "merged")]
    with place.node.database.read() as connection:
        row = connection.execute(
            text("SELECT notes, first_surname, conflicted, revision FROM attendee")
        ).one()
    assert (row.first_surname, bool(row.conflicted)) == ("Rincón", True)
    assert sorted(row.revision.split(".")) == sorted([one.revision(2), two.revision(1)])


def test_a_change_that_comes_before_its_create_waits_for_it(place: Place) -> None:
    one, two = place.laptop(), place.laptop()
    who = one.state(person())
    two.change("attendee", who, one.revision(1), notes="después")
    take(place, two)
    assert "attendee" not in state_of(place).counts
    take(place, one)
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT notes FROM attendee")).scalar_one() == "después"


def test_the_same_subject_said_twice_keeps_the_first(place: Place) -> None:
    one, two = place.laptop(), place.laptop()
    who = one.state(person())
    two.clock.witness(one.clock.last)
    two.state(person(given_names="Copia Ficticia"), who)
    take(place, one)
    assert [verdict.verdict for verdict in take(place, two).verdicts] == ["duplicate"]
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT given_names FROM attendee")).scalars().all() == [
            "Yuleidy Ficticia"
        ]


def test_unknown_kinds_and_authors_and_bad_fields_are_put_aside_and_the_rest_goes_on(place: Place) -> None:
    laptop = place.laptop()
    laptop.write("hologram", b'{"fact":{"x":1},"salt":"00"}')
    laptop.state(person(), author=new_id())
    laptop.write("attendee", b'{"fact":{"given_names":"","sex":"F","profile":"MIG"}}')
    laptop.write("attendee", b"not json at all")
    laptop.state(Operator(name="Intrusa Ficticia", roles=("administrator",)))
    good = laptop.state(person())
    receipt = take(place, laptop)
    assert [(verdict.seq, verdict.code) for verdict in receipt.verdicts] == [
        (1, "unknown-kind"),
        (2, "unknown-author"),
        (3, "bad-field"),
        (4, "bad-field"),
        (5, "forbidden"),
    ]
    assert {verdict.verdict for verdict in receipt.verdicts} == {"quarantined"}
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT subject FROM attendee")).scalars().all() == [good]
        kept = connection.execute(text("SELECT body FROM entry WHERE kind = 'hologram'")).scalar_one()
    assert bytes(kept) == b'{"fact":{"x":1},"salt":"00"}'
    found = state_of(place)
    assert found.quarantined == 5 and found.counts["operator"] == 1


def test_an_entry_that_the_database_refuses_is_put_aside_and_the_rest_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = place.laptop()
    poison = laptop.state(person())
    good = laptop.state(person())
    real = project

    def refusing(writes: object, fair: str, accepted: object, prior: object) -> object:
        if any(item.entry.header.subject == poison for item in accepted):  # type: ignore[attr-defined]
            raise ValueError("the driver can't write this")
        return real(writes, fair, accepted, prior)  # type: ignore[arg-type]

    monkeypatch.setattr(posting, "project", refusing)
    receipt = take(place, laptop)
    assert [(verdict.seq, verdict.code) for verdict in receipt.verdicts] == [(1, "internal")]
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT subject FROM attendee")).scalars().all() == [good]


def test_a_withheld_body_is_put_aside(place: Place) -> None:
    laptop = place.laptop()
    laptop.state(person())
    batch = laptop.batch()
    hidden = batch._replace(entries=(batch.entries[0]._replace(body=None),))
    receipt = intake.take(place.node, laptop.station, hidden)
    assert [verdict.code for verdict in receipt.verdicts] == ["garbled"]


def test_seals_of_others_are_refused(place: Place) -> None:
    laptop, other = place.laptop(), place.laptop()
    laptop.register()
    laptop.key = other.key
    with pytest.raises(WireError) as caught:
        take(place, laptop)
    assert caught.value.code == "bad-signature"


def test_another_station_may_carry_a_batch_but_a_stranger_may_not(place: Place) -> None:
    laptop, carrier, stranger = place.laptop(), place.laptop(), Laptop()
    laptop.register()
    stranger.station, stranger.fair = new_id(), place.fair
    with pytest.raises(WireError) as caught:
        intake.take(place.node, stranger.station, laptop.batch())
    assert caught.value.code == "forbidden"
    assert intake.take(place.node, carrier.station, laptop.batch()).seq == 6
    stranger.operator = laptop.operator
    stranger.register()
    with pytest.raises(WireError) as caught:
        intake.take(place.node, carrier.station, stranger.batch())
    assert caught.value.code == "unknown-station"


def test_the_receipt_is_the_same_after_a_restart(place: Place) -> None:
    laptop = place.laptop()
    laptop.register()
    first = take(place, laptop)
    later = replace(place.node, now_ms=lambda: place.clock.ms + 86_400_000)
    assert intake.take(later, laptop.station, laptop.batch()) == first
