"""Receiving: nothing is taken that does not join, or that its own station did not seal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from sync.client.engine import synchronise
from sync.client.lessons import Lessons
from sync.client.trouble import Trouble
from sync.wire import signing
from sync.wire.batch import Batch
from sync.wire.heads import Heads
from sync.wire.journal import JournalId
from sync.wire.messages import HeadsReply
from sync.wire.problem import WireError
from tests.sync.client.memory import (
    CENTRE,
    MemoryCentre,
    MemoryHub,
    MemoryReplica,
    MemoryTransport,
    a_key,
)


class Tampering(MemoryTransport):
    """Hands out batches of stations (not of the centre) after changing them."""

    def __init__(
        self, server: MemoryCentre, replica: MemoryReplica, change: Callable[[Batch], Batch]
    ) -> None:
        super().__init__(server, replica)
        self._change = change

    def fetch(self, journal: JournalId, after: int) -> Batch:
        batch = super().fetch(journal, after)
        return batch if journal.station == CENTRE else self._change(batch)


@pytest.fixture
def others(centre: MemoryCentre) -> list[MemoryReplica]:
    """Three other laptops whose people are at the centre already."""
    replicas = [MemoryReplica(number) for number in (2, 3, 4)]
    for replica in replicas:
        centre.enrol(replica)
        replica.register(5)
        synchronise(replica, MemoryTransport(centre, replica))
    return replicas


def resealed(batch: Batch) -> Batch:
    seal = signing.seal(a_key(66), batch.journal, batch.last, batch.after)
    return batch._replace(signature=seal)


def earlier(batch: Batch) -> Batch:
    return batch._replace(first=batch.first + 1)


def of_another_journal(batch: Batch) -> Batch:
    return batch._replace(journal=batch.journal._replace(incarnation=7))


@pytest.mark.parametrize(
    ("change", "code"),
    [(resealed, "bad-signature"), (earlier, "garbled"), (of_another_journal, "garbled")],
)
def test_a_batch_that_was_touched_is_refused_and_the_next_pass_asks_again(
    centre: MemoryCentre,
    laptop: MemoryReplica,
    others: list[MemoryReplica],
    change: Callable[[Batch], Batch],
    code: str,
) -> None:
    report = synchronise(laptop, Tampering(centre, laptop, change))
    assert [problem.code for problem in report.problems] == [code] * 3
    assert set(laptop.heads()) == {str(centre.reference.id)}
    assert synchronise(laptop, MemoryTransport(centre, laptop)).complete
    assert laptop.heads() == centre.journals.heads()


def test_one_broken_journal_keeps_no_other_from_coming(
    centre: MemoryCentre, laptop: MemoryReplica, others: list[MemoryReplica]
) -> None:
    bad = others[1].own

    class Broken(MemoryTransport):
        def fetch(self, journal: JournalId, after: int) -> Batch:
            if journal == bad:
                raise Trouble("bad-digest")
            return super().fetch(journal, after)

    report = synchronise(laptop, Broken(centre, laptop))
    assert [(problem.code, problem.journal) for problem in report.problems] == [("bad-digest", str(bad))]
    assert str(bad) not in laptop.heads()
    assert str(others[2].own) in laptop.heads()


def test_a_batch_that_the_replica_refuses_keeps_no_other_from_coming(
    centre: MemoryCentre, others: list[MemoryReplica]
) -> None:
    class Picky(MemoryReplica):
        def receive(self, batch: Batch) -> None:
            if batch.journal == others[0].own:
                raise WireError("bad-digest")
            super().receive(batch)

    picky = Picky(1)
    centre.enrol(picky)
    report = synchronise(picky, MemoryTransport(centre, picky))
    assert [problem.code for problem in report.problems] == ["bad-digest"]
    assert str(others[2].own) in picky.heads()


def test_the_centres_own_journal_comes_before_those_that_it_brings_the_keys_for(
    centre: MemoryCentre, laptop: MemoryReplica, others: list[MemoryReplica]
) -> None:
    transport = MemoryTransport(centre, laptop)
    synchronise(laptop, transport)
    fetched = [asked for asked in transport.asked if asked.startswith("fetch")]
    assert fetched[0] == f"fetch {CENTRE[-2:]} after 0"
    assert len(fetched) == 1 + 3, "the centre's journal, three laptops"


def test_a_station_that_nobody_vouches_for_is_not_believed(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    stranger = MemoryReplica(5)
    stranger.register(2)
    batch = stranger.next_batch(stranger.own, 0)
    assert batch is not None
    centre.take(batch)
    report = synchronise(laptop, MemoryTransport(centre, laptop))
    assert [(p.code, p.journal) for p in report.problems] == [("unknown-key", str(stranger.own))]
    assert str(stranger.own) not in laptop.heads()
    centre.enrol(stranger)
    assert synchronise(laptop, MemoryTransport(centre, laptop)).problem is None
    assert str(stranger.own) in laptop.heads()


def test_a_hub_can_not_write_in_the_centres_name(centre: MemoryCentre, laptop: MemoryReplica) -> None:
    hub = MemoryHub()
    hub.server = CENTRE  # what a rogue hub would claim to be
    forged = MemoryReplica(6)
    hub.enrol(forged)
    report = synchronise(laptop, MemoryTransport(hub, laptop))
    assert [problem.code for problem in report.problems] == ["bad-signature"]
    assert forged.station not in laptop.keys


def test_a_hub_passes_on_the_centres_journal(centre: MemoryCentre, laptop: MemoryReplica) -> None:
    hub = MemoryHub()
    reference = centre.reference
    end = len(reference.entries)
    hub.journals.take(reference.batch(0, end, reference.seals[end]))
    report = synchronise(laptop, MemoryTransport(hub, laptop))
    assert (report.problem, report.received) == (None, end)


class Trusting(MemoryReplica):
    """Takes whatever the engine hands it."""

    def receive(self, batch: Batch) -> None:
        journal = self.journals.of(batch.journal)
        journal.append(batch.entries)
        if batch.journal.station == CENTRE:
            journal.cut(batch.first - 1)
            super().receive(batch)


def test_a_copy_that_contradicts_ours_is_reported_and_not_taken(
    centre: MemoryCentre, others: list[MemoryReplica]
) -> None:
    laptop = Trusting(1)
    centre.enrol(laptop)
    synchronise(laptop, MemoryTransport(centre, laptop))
    other = others[0]
    before = laptop.heads()
    for grown in (0, 3):
        rewritten = MemoryReplica(2)
        rewritten.register(5 + grown, prefix="Reescrita")
        centre.restore(0, other.own)
        batch = rewritten.next_batch(other.own, 0)
        assert batch is not None
        centre.take(batch)
        report = synchronise(laptop, MemoryTransport(centre, laptop))
        assert [(p.code, p.journal) for p in report.problems] == [("fork", str(other.own))]
        assert laptop.heads() == before


def test_a_server_that_names_journals_in_an_unreadable_way_is_garbled(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    class Odd(MemoryTransport):
        def heads(self, heads: Heads, acknowledged: Mapping[str, int]) -> HeadsReply:
            return HeadsReply(heads={"../../etc": (3, "ab" * 32)})

    report = synchronise(laptop, Odd(centre, laptop))
    assert report.problem is not None
    assert report.problem.code == "garbled"


def test_a_line_that_dies_while_receiving_ends_the_pass_after_three_tries(
    centre: MemoryCentre, laptop: MemoryReplica, others: list[MemoryReplica]
) -> None:
    class Dead(MemoryTransport):
        def fetch(self, journal: JournalId, after: int) -> Batch:
            self.asked.append("fetch")
            raise Trouble("timeout")

    synchronise(laptop, MemoryTransport(centre, laptop))
    for replica in others:
        replica.register(1)
        synchronise(replica, MemoryTransport(centre, replica))
    fourth = MemoryReplica(8)
    centre.enrol(fourth)
    transport = Dead(centre, laptop)
    report = synchronise(laptop, transport)
    assert transport.asked.count("fetch") == 3
    assert [problem.code for problem in report.problems] == ["timeout"] * 3
    assert report.problems[0].journal == "", "the pass as a whole was given up"


class Reader(MemoryReplica):
    """A laptop that was given an entry without its body while the centre held it in quarantine."""

    wanted: tuple[JournalId, int] | None = None

    def lacking(self) -> Sequence[tuple[JournalId, int]]:
        if self.wanted is None or self.journals.of(self.wanted[0]).entries[self.wanted[1] - 1].body:
            return []
        return [self.wanted]

    def receive(self, batch: Batch) -> None:
        super().receive(batch)
        kept = self.journals.of(batch.journal).entries
        for entry in batch.entries:
            if entry.body is not None:
                kept[entry.header.seq - 1] = entry


def without(seq: int) -> Callable[[Batch], Batch]:
    """Withhold the body of an entry."""

    def bare(batch: Batch) -> Batch:
        entries = [one._replace(body=None) if one.header.seq == seq else one for one in batch.entries]
        return batch._replace(entries=tuple(entries))

    return bare


@pytest.fixture
def reader(centre: MemoryCentre, others: list[MemoryReplica]) -> Reader:
    """A laptop that holds the third entry of another without its body, and knows that it counts by now."""
    made = Reader(9)
    centre.enrol(made)
    assert synchronise(made, Tampering(centre, made, without(3))).received > 0
    made.wanted = (others[0].own, 3)
    return made


def test_a_body_that_is_no_longer_withheld_is_asked_for(
    centre: MemoryCentre, reader: Reader, others: list[MemoryReplica]
) -> None:
    line = MemoryTransport(centre, reader)
    report = synchronise(reader, line)
    assert (report.problem, report.received, reader.lacking()) == (None, 1, [])
    assert [asked for asked in line.asked if "fetch" in asked] == [f"fetch {others[0].station[-2:]} after 2"]
    again = MemoryTransport(centre, reader)
    assert synchronise(reader, again).received == 0 and not [one for one in again.asked if "fetch" in one]


def test_a_server_that_lacks_the_body_too_is_asked_once(centre: MemoryCentre, reader: Reader) -> None:
    lessons = Lessons()
    lines = [Tampering(centre, reader, without(3)) for _ in range(3)]
    for line in lines:
        report = synchronise(reader, line, lessons=lessons)
        assert (report.problem, report.received, len(reader.lacking())) == (None, 0, 1)
    assert [len([one for one in line.asked if "fetch" in one]) for line in lines] == [1, 0, 0]


@pytest.mark.parametrize("change", [resealed, earlier])
def test_a_batch_that_is_asked_for_again_is_checked_like_any_other(
    change: Callable[[Batch], Batch], centre: MemoryCentre, reader: Reader
) -> None:
    report = synchronise(reader, Tampering(centre, reader, change))
    assert report.problem is not None and report.problem.code in ("bad-signature", "garbled")
    assert len(reader.lacking()) == 1
