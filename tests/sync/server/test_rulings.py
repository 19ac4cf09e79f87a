"""A ruling releases its entry wherever it is heard of: before the entry, after it, at a restored centre."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from sync.server import handout, intake, ledger, reference, requeue, roster
from sync.server.hub import Setting, open_hub
from sync.server.reference import Statement
from sync.server.state import state
from sync.wire import signing
from sync.wire.attendee import Attendee
from sync.wire.batch import Batch
from sync.wire.operator import Operator
from sync.wire.ruling import Ruling, subject_of
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, new_id, person


def count(place: Place, statement: str) -> int:
    """Return a number out of the database."""
    with place.node.database.read() as connection:
        return int(connection.exec_driver_sql(statement).scalar_one())


def apart(place: Place) -> tuple[int, int, int]:
    """Return how many entries are marked, how many are listed, and how many people stand there."""
    marked = count(place, "SELECT COUNT(*) FROM entry WHERE quarantined")
    return (
        marked,
        count(place, "SELECT COUNT(*) FROM quarantined_entry"),
        count(place, "SELECT COUNT(*) FROM attendee"),
    )


def on_the_roster(place: Place, who: str, **more: bool) -> None:
    """Put an operator on the roster, or change her."""
    with place.node.database.write() as connection:
        fact = None if more else Operator(name="Operadora tardía (ficticia)", roles=("registrar",))
        reference.publish(
            connection, place.node, place.fair, [Statement("operator", who, fact, more or None)]
        )


def handed(connection: Connection, place: Place, laptop: Laptop, reader: Laptop, after: int = 0) -> Batch:
    """Return what a laptop is given of another's journal."""
    who = roster.active(connection, place.node, reader.station, place.fair)
    return handout.next_batch(connection, place.node, laptop.journal, after, who)


def test_what_is_released_is_said_in_the_centres_own_journal_and_handed_out(place: Place) -> None:
    laptop, reader, desk, late = place.laptop(), place.laptop(), place.laptop("desk"), new_id()
    laptop.state(person(), author=late)
    intake.take(place.node, laptop.station, laptop.batch())
    with place.node.database.read() as connection:
        assert handed(connection, place, laptop, reader).entries[0].body is None
        own = reference.own_journal(place.node, place.fair)
        before = ledger.find(connection, own)
    on_the_roster(place, late)
    assert requeue.requeue(place.node, place.fair) == (1, 0)
    assert requeue.requeue(place.node, place.fair) == (0, 0)
    assert apart(place) == (0, 0, 1)
    with place.node.database.read() as connection:
        assert handed(connection, place, laptop, reader).entries == tuple(laptop.entries)
        assert handed(connection, place, laptop, desk).entries[0].body is None, "a desk sees no person"
        after = ledger.find(connection, own)
        row = connection.exec_driver_sql("SELECT subject, journal, seq, digest FROM ruling").one()
        assert state(connection, place.fair).counts["ruling"] == 1
    assert before and after and after.seq == before.seq + 2
    digest = laptop.digests[0].hex()
    assert tuple(row) == (subject_of(laptop.journal, 1, digest), str(laptop.journal), 1, digest)


@pytest.mark.parametrize("entry_first", [False, True])
def test_a_ruling_counts_whichever_of_the_two_comes_first(place: Place, entry_first: bool) -> None:
    """Her access was withdrawn after the ruling: judged by itself the entry would stay where it is."""
    laptop, late = place.laptop(), new_id()
    on_the_roster(place, late)
    who = laptop.state(person(), author=late)
    laptop.change("attendee", who, laptop.revision(1), notes="corregida")
    on_the_roster(place, late, revoked=True)
    digest = laptop.digests[0].hex()
    fact = Ruling(journal=str(laptop.journal), seq=1, digest=digest)
    ruling = Statement("ruling", subject_of(laptop.journal, 1, digest), fact)
    if entry_first:
        given = intake.take(place.node, laptop.station, laptop.batch())
        assert [verdict.code for verdict in given.verdicts] == ["revoked-author"]
        assert apart(place) == (1, 1, 0)
    with place.node.database.write() as connection:
        reference.publish(connection, place.node, place.fair, [ruling])
    given = intake.take(place.node, laptop.station, laptop.batch())
    assert [verdict.verdict for verdict in given.verdicts] == (["quarantined"] if entry_first else [])
    assert apart(place) == (0, 0, 1)
    assert count(place, "SELECT COUNT(*) FROM attendee WHERE notes = 'corregida'") == 1


def test_a_ruling_needs_that_very_history_and_the_centres_word(place: Place) -> None:
    laptop, other, late = place.laptop(), place.laptop(), new_id()
    laptop.state(person(), author=late)
    intake.take(place.node, laptop.station, laptop.batch())
    digest = laptop.digests[0].hex()
    own = Ruling(journal=str(laptop.journal), seq=1, digest=digest)
    other.state(own, subject_of(laptop.journal, 1, digest))
    given = intake.take(place.node, other.station, other.batch())
    assert [verdict.code for verdict in given.verdicts] == ["forbidden"]
    with place.node.database.write() as connection:
        wrong = own.model_copy(update={"digest": "00" * 32})
        reference.publish(connection, place.node, place.fair, [Statement("ruling", new_id(), wrong)])
    assert apart(place)[0] == 2 and count(place, "SELECT COUNT(*) FROM attendee") == 0


def test_an_entry_that_no_program_here_can_read_stays_apart(place: Place) -> None:
    laptop = place.laptop()
    laptop.write("hologram", b'{"fact":{"x":1},"salt":"00"}')
    laptop.state(Attendee(given_names="Buena Ficticia", sex="F", profile="MIG"))
    intake.take(place.node, laptop.station, laptop.batch())
    fact = Ruling(journal=str(laptop.journal), seq=1, digest=laptop.digests[0].hex())
    with place.node.database.write() as connection:
        reference.publish(connection, place.node, place.fair, [Statement("ruling", new_id(), fact)])
    assert apart(place) == (1, 1, 1)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_hub_releases_what_the_centre_ruled_on(place: Place, tmp_path: Path) -> None:
    laptop, late = place.laptop(), new_id()
    setting = Setting(
        key="5a" * 32,
        name="Concentrador ficticio",
        fair=place.fair,
        centre=place.node.server,
        centre_key=place.node.keys.public_key,
        station=laptop.station,
        station_key=signing.public_bytes(laptop.key).hex(),
    )
    laptop.state(person(), author=late)
    hub = replace(place, node=open_hub(tmp_path / "hub", setting))
    intake.take(hub.node, laptop.station, centres_own(place, laptop))
    for node in (place.node, hub.node):
        intake.take(node, laptop.station, laptop.batch())
    assert apart(hub) == (1, 1, 0)
    on_the_roster(place, late)
    requeue.requeue(place.node, place.fair)
    intake.take(hub.node, laptop.station, centres_own(place, laptop))
    assert apart(hub) == (0, 0, 1)
    hub.node.database.close()


def centres_own(place: Place, laptop: Laptop) -> Batch:
    """Return the centre's own journal as a laptop brings it."""
    with place.node.database.read() as connection:
        own = reference.own_journal(place.node, place.fair)
        who = roster.active(connection, place.node, laptop.station, place.fair)
        return handout.next_batch(connection, place.node, own, 0, who)
