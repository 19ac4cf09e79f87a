"""What the people at the laptops were told, kept beside the program, and what must therefore be true."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from fairclient.store import journal
from fairclient.store.integrity import check
from fairclient.store.replay import replay
from sync.wire.journal import JournalId
from tests.faults.world import Laptop, World

NEIGHBOURHOODS = tuple(f"Barrio ficticio {number}" for number in range(1, 10))


@dataclass
class Witness:
    """Everything that was shown as saved: ids of people, of outcomes, values of corrections."""

    people: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    corrected: dict[str, set[str]] = field(default_factory=dict)

    def only_what_still_lies_on_a_disk(self, world: World) -> None:
        """A disk was put back to an older image: what no other disk held is gone with it, and rightly so."""
        here = written_anywhere(world)
        self.people &= here.keys()
        self.outcomes &= here.keys()
        for person, values in self.corrected.items():
            values &= here.get(person, set())


def written_anywhere(world: World) -> dict[str, set[str]]:
    """Every subject of which an entry stands on some disk, with the neighbourhoods that its entries tell."""
    found: dict[str, set[str]] = {}
    for laptop in world.laptops:
        with laptop.place.store.read() as session:
            for entry, _digest in journal.every(session):
                _note(found, entry.header.subject, entry.body)
    with world.centre.node.database.read() as connection:
        for subject, body in connection.exec_driver_sql("SELECT subject, body FROM entry"):
            _note(found, str(subject), body)
    return found


def _note(found: dict[str, set[str]], subject: str, body: bytes | None) -> None:
    told = bytes(body or b"").decode(errors="replace")
    found.setdefault(subject, set()).update(value for value in NEIGHBOURHOODS if f'"{value}"' in told)


def promises_of_receipts(world: World) -> None:
    """I6, I12: what a laptop shows as synchronised is at the centre, with that very digest."""
    for laptop in world.laptops:
        replica = laptop.replica
        for name in replica.own_journals():
            seq = replica.acknowledged(name)
            if seq:
                assert _digest_here(laptop, name, seq) == _digest_at_centre(world, name, seq)


def whole(world: World) -> None:
    """I2, I5: rows and entries agree on every laptop, and every chain holds."""
    for laptop in world.laptops:
        assert check(laptop.place.store) == []
        assert replay(laptop.place.store).differences == {}


def settled(world: World, witness: Witness) -> None:
    """I1, I3, I4, I8, I9, I15: nothing lost, nothing twice, all have the same, nothing waits."""
    heads = world.centre_heads()
    for laptop in world.laptops:
        assert laptop.replica.left() == 0
        for name, head in laptop.replica.heads().items():
            assert heads[name] == head, f"{laptop.point} and the centre differ in {name}"
    states = [laptop.state() for laptop in world.laptops]
    centre = world.centre_state()
    for state in states:
        assert state["counts"] == centre.counts
        assert state["state_digest"] == centre.state_digest
    assert centre.entries == sum(seq for seq, _digest in heads.values())
    kept = set(_subjects(world, "attendee"))
    assert witness.people == kept
    assert witness.outcomes == set(_subjects(world, "outcome"))
    _verdicts_add_up(world)


def values_are_kept(world: World, witness: Witness) -> None:
    """I10: of changes that did not know of each other every value still stands in the journals."""
    written: dict[str, set[str]] = {}
    with world.centre.node.database.read() as connection:
        for subject, body in connection.exec_driver_sql("SELECT subject, body FROM entry"):
            _note(written, str(subject), body)
    for person, values in witness.corrected.items():
        if person in witness.people:
            assert values <= written[person], f"lost a correction of {person}"


def _verdicts_add_up(world: World) -> None:
    """I3: entries = accepted + quarantined, each counted once, whatever was repeated."""
    each = Counter(_subjects(world, "entry", "journal || '/' || seq"))
    assert not each or max(each.values()) == 1
    quarantined = world.count("SELECT count(*) FROM quarantined_entry")
    marked = world.count("SELECT count(*) FROM entry WHERE quarantined")
    assert quarantined == marked


def _subjects(world: World, table: str, what: str = "subject") -> list[str]:
    with world.centre.node.database.read() as connection:
        return [str(row[0]) for row in connection.exec_driver_sql(f"SELECT {what} FROM {table}")]


def _digest_here(laptop: Laptop, name: JournalId, seq: int) -> str:
    following = laptop.replica.next_batch(name, seq, 1)
    if following is not None:
        return following.before.hex()
    return laptop.replica.heads()[str(name)][1]


def _digest_at_centre(world: World, name: JournalId, seq: int) -> str:
    with world.centre.node.database.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT e.digest FROM entry e JOIN journal j ON j.id = e.journal "
            f"WHERE j.station = '{name.station}' AND j.incarnation = {name.incarnation} AND e.seq = {seq}"
        ).first()
    assert row is not None, f"the centre has no entry {seq} of {name}, though its receipt says so"
    return bytes(row[0]).hex()
