"""Erasing at the centre: bodies go, chains hold, and no order of arrival brings anything back."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from sqlalchemy import text

from sync.server import erasing, handout, intake, quarantine, roster
from sync.server.state import State, state
from sync.wire.attendee import Attendee, Phone
from sync.wire.authorisation import Authorisation
from sync.wire.batch import Batch
from sync.wire.distinction import Distinction
from sync.wire.entry import body_digest
from sync.wire.erasure import Erasure
from sync.wire.household import Household
from sync.wire.problem import WireError
from sync.wire.slip import Slip
from tests.sync.server.command import Commands
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import DAY, Laptop, new_id, person

NAME = "Quetzalcanaria"
NOBODY = Attendee(anonymous=True, sex="F", profile="MIG")


def state_of(place: Place) -> State:
    with place.node.database.read() as connection:
        return state(connection, place.fair)


def codes(place: Place) -> list[str]:
    """Why entries are in quarantine."""
    with place.node.database.read() as connection:
        return [row.code for row in quarantine.entries(connection)]


def bodies(place: Place, subject: str) -> list[bytes]:
    """The bodies that are held about a subject."""
    query = text("SELECT body FROM entry WHERE subject = :subject AND body IS NOT NULL")
    with place.node.database.read() as connection:
        return [bytes(body) for body in connection.execute(query, {"subject": subject}).scalars()]


def erase(laptop: Laptop, who: str, *more: str, author: str | None = None) -> str:
    """Write an erasure, and the nameless attendee that takes the place."""
    plain = Erasure(attendee=who, subjects=(who, *more), ground="request", day=DAY)
    signature = laptop.operator_key.sign(plain.signed_part()).hex()
    erasure = laptop.state(plain.model_copy(update={"signature": signature}), author=author)
    laptop.state(NOBODY, who, author=author)
    return erasure


def forgetful(batch: Batch, *subjects: str) -> Batch:
    """The batch as a laptop sends it that has erased some subjects."""
    entries = tuple(
        entry._replace(body=None)
        if entry.header.subject in subjects and b"anonymous" not in (entry.body or b"")
        else entry
        for entry in batch.entries
    )
    return batch._replace(entries=entries)


def take(place: Place, laptop: Laptop, first: int = 1, last: int = 0) -> list[str]:
    """Hand in a range; give the verdicts' codes."""
    receipt = intake.take(place.node, laptop.station, laptop.batch(first, last))
    return [verdict.code for verdict in receipt.verdicts if verdict.verdict == "quarantined"]


def test_the_name_goes_and_the_counts_stay(place: Place) -> None:
    laptop = place.laptop()
    who = laptop.register(person(given_names=NAME))
    take(place, laptop)
    before = state_of(place).counts
    slip = laptop.entries[-1].header.subject
    laptop.change("attendee", who, laptop.revision(1), notes=NAME)
    erase(laptop, who)
    assert take(place, laptop, 7) == []
    after = state_of(place).counts
    assert {**before, "erasure": 1, "authorisation": 0, "slip": 0} == {"authorisation": 0, "slip": 0, **after}
    assert len(bodies(place, who)) == 1 and bodies(place, slip) == []
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT anonymous FROM attendee")).scalar_one()


def test_every_order_of_arrival_gives_the_same_state(place: Place) -> None:
    """A laptop 400 days offline, one that erased before it ever sent, and one that only heard of her."""
    here, away = place.laptop(), place.laptop()
    who = here.register(person(given_names=NAME))
    slip = here.entries[-1].header.subject
    erase(here, who, slip)
    here.state(_nameless(here, who), slip)
    away.change("attendee", who, "", notes=NAME)
    away.state(Authorisation(attendee=who, text_version="1", text_digest="00", witness=NAME))
    pieces = [(here, 1, 4), (here, 5, 9), (away, 1, 2)]
    found = set()
    for order in itertools.permutations(pieces):
        if order.index(pieces[1]) < order.index(pieces[0]):
            continue  # a journal is taken from its beginning
        forget_fair(place, [here, away])
        for laptop, first, last in order:
            intake.take(place.node, laptop.station, laptop.batch(first, last))
        assert not any(NAME.encode() in body for body in bodies(place, who))
        found.add(state_of(place).state_digest)
    assert len(found) == 1


def _nameless(laptop: Laptop, who: str) -> Slip:
    slip = Slip.model_validate(laptop_slip(laptop))
    return slip.model_copy(update={"display_name": "", "attendee": who})


def laptop_slip(laptop: Laptop) -> dict[str, object]:
    return {
        "attendee": new_id(),
        "visit": laptop.entries[2].header.subject,
        "token_id": "0000000000000005",
        "code": "7KQM2X9D4",
        "turn": "A-005",
        "display_name": "",
        "day": DAY,
    }


def forget_fair(place: Place, laptops: list[Laptop]) -> None:
    """Take all that laptops wrote off the server again."""
    names = tuple(laptop.station for laptop in laptops)
    with place.node.database.write() as connection:
        rows = connection.execute(text("SELECT id, station FROM journal")).all()
        for number in [row.id for row in rows if row.station in names]:
            for table in ("entry", "seal", "receipt", "quarantined_entry"):
                connection.execute(text(f"DELETE FROM {table} WHERE journal = :n"), {"n": number})
            connection.execute(text("DELETE FROM journal WHERE id = :n"), {"n": number})
        kinds = ("attendee", "authorisation", "visit", "referral", "slip", "erasure", "erased")
        for table in kinds:
            connection.execute(text(f"DELETE FROM {table}"))


def test_entries_without_bodies_are_taken_when_an_erasure_explains_them(place: Place) -> None:
    laptop = place.laptop()
    who = laptop.register(person(given_names=NAME))
    erase(laptop, who)
    first, rest = laptop.batch(1, 6), laptop.batch(7, 8)
    receipt = intake.take(place.node, laptop.station, forgetful(first, who))
    assert [verdict.code for verdict in receipt.verdicts] == ["garbled"] == codes(place)
    assert intake.take(place.node, laptop.station, rest).verdicts == ()
    assert codes(place) == []
    both = place.laptop()
    other = both.register(person(given_names=NAME))
    erase(both, other)
    assert intake.take(place.node, both.station, forgetful(both.batch(), other)).verdicts == ()
    assert codes(place) == [] and state_of(place).counts["attendee"] == 2


def test_what_is_handed_out_has_no_body_and_the_chain_holds(place: Place) -> None:
    laptop, reader = place.laptop(), place.laptop()
    who = laptop.register(person(given_names=NAME))
    erase(laptop, who)
    take(place, laptop)
    with place.node.database.read() as connection:
        station = roster.station(connection, place.fair, reader.station)
        assert station is not None
        batch = handout.next_batch(connection, place.node, laptop.journal, 0, station)
    assert batch.entries[0].body is None and batch.after == laptop.digests[-1]
    assert batch.entries[0].body_digest == body_digest(laptop.entries[0].body or b"")


@pytest.mark.parametrize("wrong", ["signature", "role"])
def test_an_erasure_that_nobody_may_sign_clears_nothing(place: Place, wrong: str) -> None:
    laptop = place.laptop()
    who = laptop.register(person(given_names=NAME))
    if wrong == "role":
        with place.node.database.write() as connection:
            connection.execute(text("UPDATE operator SET roles = :roles"), {"roles": '["registrar"]'})
    else:
        laptop.operator_key = laptop.key
    erase(laptop, who)
    assert take(place, laptop) == ["bad-signature" if wrong == "signature" else "forbidden"]
    assert any(NAME.encode() in body for body in bodies(place, who))


def test_an_erasure_is_never_changed(place: Place) -> None:
    laptop = place.laptop()
    who = laptop.register()
    erasure = erase(laptop, who)
    laptop.write("erasure", b'{"base":"","change":{"ground":"order"},"salt":"0101010101010101"}', erasure)
    assert take(place, laptop) == ["bad-field"]


def test_kept_forks_lose_the_same_bodies(place: Place) -> None:
    laptop = place.laptop()
    who = laptop.register(person(given_names=NAME))
    take(place, laptop)
    twin = laptop.forget_from(1)
    laptop.write("attendee", twin[0].body or b"", who, hlc="0" * 16)
    with pytest.raises(WireError, match="fork"):
        take(place, laptop)
    other = place.laptop()
    erase(other, who)
    take(place, other)
    with place.node.database.read() as connection:
        raw = bytes(connection.execute(text("SELECT raw FROM forked_batch")).scalar_one())
    assert NAME.encode() not in raw and b"#" in raw


def test_the_homes_that_somebody_left_empty_go_too(place: Place, fairserver: Commands) -> None:
    laptop = place.laptop()
    first, merged = laptop.state(Household(name=NAME)), laptop.state(Household(name=NAME))
    kept = laptop.state(Household(name="Otro hogar"))
    laptop.change("household", merged, laptop.revision(2), merged_into=first)
    who = laptop.state(person(given_names=NAME, household=first))
    laptop.change("attendee", who, laptop.revision(5), household=kept)
    laptop.state(person(household=kept))
    take(place, laptop)
    assert fairserver("erase", who).code == 0
    assert bodies(place, first) == bodies(place, merged) == []
    assert bodies(place, kept) != []


def test_who_was_written_twice_goes_under_both_ids(place: Place, fairserver: Commands) -> None:
    laptop = place.laptop()
    home = laptop.state(Household(name=NAME))
    one, other = (laptop.state(person(given_names=NAME, household=home)) for _id in range(2))
    apart = laptop.state(person())
    laptop.state(Distinction(attendee=other, other=one, same=True))
    laptop.state(Distinction(attendee=apart, other=one))
    take(place, laptop)
    told = fairserver("erase", one)
    assert told.code == 0
    assert not any(NAME.encode() in body for who in (one, other, home) for body in bodies(place, who))
    assert len(bodies(place, apart)) == 1


def test_her_telephone_leaves_the_home_where_others_stay(place: Place, fairserver: Commands) -> None:
    laptop, phone = place.laptop(), "3995550142"
    home = laptop.state(Household(name="Hogar", phone=phone, address="Calle ficticia 1"))
    who = laptop.state(person(household=home, phones=(Phone(number=phone),)))
    laptop.state(person(household=home, phones=()))
    laptop.change("household", home, laptop.revision(1), representative=who)
    take(place, laptop)
    assert fairserver("erase", who).code == 0
    with place.node.database.read() as connection:
        left = connection.execute(text("SELECT phone, address, representative FROM household")).one()
    assert tuple(left) == ("", "Calle ficticia 1", None)


def test_the_centre_erases_at_every_fair(place: Place, fairserver: Commands) -> None:
    laptop = place.laptop()
    who = laptop.register(person(given_names=NAME))
    laptop.register()
    take(place, laptop)
    before = state_of(place).counts
    told = fairserver("erase", who, "--ground", "order")
    assert told.code == 0 and "stay for counting" in told.out
    after = state_of(place).counts
    assert after == {**before, "authorisation": 1, "erasure": 1}
    with place.node.database.read() as connection:
        names = connection.execute(text("SELECT display_name FROM slip")).scalars().all()
    assert sorted(names) == ["", "Yuleidy U."] and not any(
        NAME.encode() in body for body in bodies(place, who)
    )
    again = fairserver("erase", who)
    assert again.code == 1 and "erased before" in again.err
    laptop.change("attendee", who, laptop.revision(1), notes=NAME)
    assert take(place, laptop, 13) == []
    assert state_of(place).state_digest and not any(NAME.encode() in body for body in bodies(place, who))


def test_the_bytes_are_gone_from_file_and_log(place: Place) -> None:
    if not place.node.database.is_sqlite:
        pytest.skip("PostgreSQL reuses its pages by itself")
    laptop = place.laptop()
    for _ in range(30):
        laptop.register()
    who = laptop.register(person(given_names=NAME))
    take(place, laptop)
    folder = Path(place.address.removeprefix("sqlite:///")).parent
    assert any(NAME.encode() in file.read_bytes() for file in folder.iterdir())
    sent = len(laptop.entries)
    erase(laptop, who)
    take(place, laptop, sent + 1)
    assert erasing.scrub(place.node.database)
    assert [file.name for file in folder.iterdir() if NAME.encode() in file.read_bytes()] == []
