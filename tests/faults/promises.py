"""What must be true of a world, by what the witness was told: after every act, and once the sky is clear."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection

from fairclient.store.integrity import check
from fairclient.store.replay import replay
from sync.wire.journal import JournalId
from tests.faults.laptop import Laptop
from tests.faults.witness import (
    Found,
    Witness,
    at_the_centre,
    in_the_hub,
    on_the_laptop,
)
from tests.faults.world import World

ASIDE = ("revoked", "revoked-author")


def of_receipts(world: World) -> None:
    """I6, I12: what a laptop shows as synchronised is at the centre, with that very digest."""
    for laptop in world.laptops:
        replica = laptop.replica
        for name in replica.own_journals():
            seq = replica.acknowledged(name)
            if seq:
                assert digest_here(laptop, name, seq) == _digest_at_centre(world, name, seq)


def nothing_new_from_who_was_shut_out(world: World, witness: Witness) -> None:
    """I14: of what came after access was withdrawn nothing is accepted."""
    for laptop in world.laptops:
        known = witness.withdrawn.get(laptop.point)
        if known is None:
            continue
        for *name, seq, aside in world.centre.rows(
            "SELECT j.station, j.incarnation, j.fair, e.seq, e.quarantined FROM entry e "
            f"JOIN journal j ON j.id = e.journal WHERE j.station = '{laptop.identity.station}'"
        ):
            journal = str(JournalId(*name))
            assert aside or seq <= known.get(journal, 0), f"{laptop.point} wrote {seq} after it was shut out"


def what_the_centre_erased_stays_away(world: World, witness: Witness) -> None:
    """I11: not by a late laptop, a stick that was saved before, or an older copy of the database."""
    known = {str(row[0]) for row in world.centre.rows("SELECT subject FROM erased")}
    witness.gone_at_the_centre |= known & witness.words.keys()
    if witness.gone_at_the_centre:
        _nowhere([witness.words[one] for one in witness.gone_at_the_centre], world, "the centre")


def _nowhere(words: list[bytes], world: World, where: str) -> None:
    bodies = [row[0] for row in world.centre.rows("SELECT body FROM entry WHERE body IS NOT NULL")]
    bodies += [row[0] for row in world.centre.rows("SELECT raw FROM forked_batch")]
    assert _told(words, b"\n".join(map(bytes, bodies))) == [], f"somebody erased is back at {where}"


def _told(words: list[bytes], text: bytes) -> list[bytes]:
    return [word for word in words if word in text]


def erased_everywhere(world: World, witness: Witness) -> None:
    """I11: once everybody has met, nobody holds a word of who was erased."""
    words = [witness.words[one] for one in witness.erased]
    what_the_centre_erased_stays_away(world, witness)
    assert witness.erased.keys() <= witness.gone_at_the_centre
    for laptop in world.let_in:
        held = b"\n".join(body for _kind, _subject, body in on_the_laptop(laptop) if body)
        assert _told(words, held) == [], f"{laptop.point} holds somebody erased"
        if laptop is world.host and not witness.once_withdrawn:
            held = b"\n".join(body for _kind, _subject, body in in_the_hub(laptop) if body)
            assert _told(words, held) == [], f"the hub of {laptop.point} holds somebody erased"


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
            if laptop in world.let_in or JournalId.parse(name).station == laptop.identity.station:
                assert heads[name] == head, f"{laptop.point} and the centre differ in {name}"
    centre = world.centre_state()
    for laptop in world.let_in:
        state = laptop.state()
        assert state["counts"] == centre.counts
        assert state["state_digest"] == centre.state_digest
    assert centre.entries == sum(seq for seq, _digest in heads.values())
    _shown(world, witness, witness.people, "attendee", witness.erased)
    _shown(world, witness, witness.outcomes, "outcome")
    _verdicts_add_up(world)


def the_hub_agrees(world: World, witness: Witness) -> None:
    """I9: the hub has every journal as the centre has, or up to what was put aside; its rows are the same.

    Where access was withdrawn it judged by what it knew then, and hands everything on all the same.
    """
    assert world.host is not None
    heads = world.centre_heads()
    with world.host.hub_node() as node, node.database.read() as connection:
        held = connection.exec_driver_sql("SELECT station, incarnation, fair, seq, digest FROM journal").all()
        digest = world.state_of(connection).state_digest
    for *name, seq, ends in held:
        journal = JournalId(*name)
        if any(laptop.identity.station == journal.station for laptop in world.shut_out):
            assert _digest_at_centre(world, journal, seq) == bytes(ends).hex()
        else:
            assert heads[str(journal)] == (seq, bytes(ends).hex()), f"the hub and the centre differ in {name}"
    assert len(held) == len(heads) or world.shut_out
    if not witness.once_withdrawn:
        assert digest == world.centre_state().state_digest


def _shown(
    world: World, witness: Witness, said: dict[str, str], kind: str, erased: Collection[str] = ()
) -> None:
    """Everything that was said shows; of who was shut out it shows, or it was put aside for that reason.

    The nameless place of who was erased may be lost with what the centre lost to an older backup.
    """
    shown = Counter(str(row[0]) for row in world.centre.rows(f"SELECT subject FROM {kind}"))
    assert not shown or max(shown.values()) == 1
    assert shown.keys() <= said.keys() | witness.given_up
    lacking = said.keys() - shown.keys() - set(erased)
    assert all(said[one] in witness.hidden for one in lacking), f"lost: {kind} {lacking}"
    aside = {
        str(row[0])
        for row in world.centre.rows(
            "SELECT e.subject FROM quarantined_entry q "
            "JOIN entry e ON e.journal = q.journal AND e.seq = q.seq "
            f"WHERE e.kind = '{kind}' AND q.code IN {ASIDE}"
        )
    }
    assert lacking <= aside, f"neither shown nor put aside: {kind} {lacking - aside}"


def values_are_kept(world: World, witness: Witness) -> None:
    """I10: of changes that did not know of each other every value still stands in the journals."""
    written = Found()
    written.note(at_the_centre(world))
    for person, values in witness.corrected.items():
        if person in witness.people and person not in witness.erased.keys() | witness.half_erased:
            assert values <= written.told[person], f"lost a correction of {person}"


def approvals_name_what_is_here(world: World) -> None:
    """I12: each approved head is, by digest, what the centre has."""
    for (raw,) in world.centre.rows(
        "SELECT body FROM entry WHERE kind = 'day_closed' AND body IS NOT NULL AND NOT quarantined"
    ):
        for name, (seq, digest) in json.loads(bytes(raw))["fact"]["heads"].items():
            assert _digest_at_centre(world, JournalId.parse(name), seq) == digest


def _verdicts_add_up(world: World) -> None:
    """I3: entries = accepted + quarantined, each counted once, whatever was repeated."""
    each = Counter(world.centre.rows("SELECT journal, seq FROM entry"))
    assert not each or max(each.values()) == 1
    quarantined = world.count("SELECT count(*) FROM quarantined_entry")
    marked = world.count("SELECT count(*) FROM entry WHERE quarantined")
    assert quarantined == marked


def digest_here(laptop: Laptop, name: JournalId, seq: int) -> str:
    """The digest of a journal's chain at an entry, on a laptop."""
    following = laptop.replica.next_batch(name, seq, 1)
    if following is not None:
        return following.before.hex()
    return laptop.replica.heads()[str(name)][1]


def _digest_at_centre(world: World, name: JournalId, seq: int) -> str:
    rows = world.centre.rows(
        "SELECT e.digest FROM entry e JOIN journal j ON j.id = e.journal "
        f"WHERE j.station = '{name.station}' AND j.incarnation = {name.incarnation} AND e.seq = {seq}"
    )
    assert rows, f"the centre has no entry {seq} of {name}, though its receipt or an approval says so"
    return bytes(rows[0][0]).hex()
