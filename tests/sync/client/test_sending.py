"""Sending: receipts that count and receipts that don't, gaps, forks, restored servers and poison."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from sync.client.engine import synchronise
from sync.client.lessons import Lessons
from sync.client.report import SyncReport
from sync.client.trouble import Trouble
from sync.wire import receipt as wire_receipt
from sync.wire.batch import Batch
from sync.wire.heads import Heads
from sync.wire.journal import JournalId
from sync.wire.messages import HeadsReply
from sync.wire.receipt import Receipt
from tests.sync.client.memory import (
    FAIR,
    MemoryCentre,
    MemoryHub,
    MemoryReplica,
    MemoryTransport,
    a_key,
    an_id,
)


class Scripted(MemoryTransport):
    """Answers each sent batch as the test says: `answer(transport, batch)`."""

    def __init__(
        self,
        server: MemoryCentre,
        replica: MemoryReplica,
        answer: Callable[[MemoryTransport, Batch], Receipt],
    ) -> None:
        super().__init__(server, replica)
        self._answer = answer

    def send(self, batch: Batch) -> Receipt:
        self.asked.append(f"send {batch.first}-{batch.last}")
        return self._answer(self, batch)


def sent(transport: MemoryTransport) -> list[str]:
    return [asked for asked in transport.asked if asked.startswith("send")]


def code(report: SyncReport) -> str:
    assert report.problem is not None
    return report.problem.code


def changed(**fields: object) -> Callable[[MemoryTransport, Batch], Receipt]:
    """Answer with the right receipt, then change fields and sign it again with the server's own key."""

    def answer(transport: MemoryTransport, batch: Batch) -> Receipt:
        right = transport.server.take(batch).model_copy(update=fields)
        return wire_receipt.sign(right, transport.server.key)

    return answer


def signed_by_another(transport: MemoryTransport, batch: Batch) -> Receipt:
    return wire_receipt.sign(transport.server.take(batch), a_key(66))


def unsigned(transport: MemoryTransport, batch: Batch) -> Receipt:
    return transport.server.take(batch).model_copy(update={"signature": ""})


@pytest.mark.parametrize(
    "answer",
    [
        changed(seq=4),
        changed(seq=6),
        changed(digest="ab" * 32),
        changed(journal=str(JournalId(an_id(9), 1, FAIR))),
        changed(server=an_id(9)),
        signed_by_another,
        unsigned,
    ],
)
def test_a_receipt_that_does_not_fit_counts_as_no_answer(
    centre: MemoryCentre, laptop: MemoryReplica, answer: Callable[[MemoryTransport, Batch], Receipt]
) -> None:
    laptop.register(5)
    report = synchronise(laptop, Scripted(centre, laptop, answer))
    assert code(report) == "bad-receipt"
    assert (report.acknowledged, report.left) == (0, 5)
    assert laptop.receipts == {}
    assert report.received == 1, "the other journals go on"
    assert synchronise(laptop, MemoryTransport(centre, laptop)).complete
    assert centre.effects == 5


def test_a_receipt_lost_after_the_commit_comes_with_the_next_heads(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    def lost(transport: MemoryTransport, batch: Batch) -> Receipt:
        transport.server.take(batch)
        raise Trouble("interrupted")

    laptop.register(5)
    centre.poison = {laptop.person(2)}
    report = synchronise(laptop, Scripted(centre, laptop, lost))
    assert (code(report), report.left, report.sent) == ("interrupted", 5, 0)
    again = MemoryTransport(centre, laptop)
    report = synchronise(laptop, again)
    assert sent(again) == []
    assert (report.acknowledged, report.quarantined, report.left) == (5, 1, 0)
    assert centre.effects == 5
    assert len(laptop.receipts) == 1


def test_where_the_heads_bring_no_receipt_the_last_range_is_sent_again(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    class Forgetful(MemoryTransport):
        def heads(self, heads: Heads, acknowledged: Mapping[str, int]) -> HeadsReply:
            return super().heads(heads, acknowledged).model_copy(update={"receipts": ()})

    laptop.register(5)
    for batch in [laptop.next_batch(laptop.own, 0)]:
        assert batch is not None
        centre.take(batch)
    laptop.register(2)
    transport = Forgetful(centre, laptop)
    report = synchronise(laptop, transport)
    assert sent(transport) == ["send 1-5", "send 6-7"]
    assert report.complete
    assert report.acknowledged == 7
    assert centre.effects == 7


def test_a_server_restored_from_an_older_backup_is_given_again_what_it_lost(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    laptop.register(10)
    synchronise(laptop, MemoryTransport(centre, laptop))
    laptop.register(1)
    centre.restore(0, laptop.own)
    report = synchronise(laptop, MemoryTransport(centre, laptop))
    assert (report.sent, report.given_again, report.acknowledged, report.left) == (11, 10, 1, 0)
    assert report.complete
    assert centre.journals[str(laptop.own)].head == laptop.heads()[str(laptop.own)]


def test_a_hub_that_knows_less_than_the_centre_has_lost_nothing(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    laptop.register(10)
    synchronise(laptop, MemoryTransport(centre, laptop))
    report = synchronise(laptop, MemoryTransport(MemoryHub(), laptop))
    assert (report.sent, report.given_again) == (10, 0)


def test_an_image_restored_on_the_laptop_needs_a_new_incarnation(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    laptop.register(10)
    synchronise(laptop, MemoryTransport(centre, laptop))
    laptop.journals[str(laptop.own)].cut(6)
    report = synchronise(laptop, MemoryTransport(centre, laptop))
    assert code(report) == "new-incarnation"
    assert centre.journals[str(laptop.own)].head[0] == 10
    assert laptop.heads()[str(laptop.own)][0] == 6, "nothing here is overwritten either"


@pytest.mark.parametrize("beyond", [-2, 0, 3])
def test_two_histories_of_one_journal_are_shown_to_the_server_and_never_mixed(
    centre: MemoryCentre, laptop: MemoryReplica, beyond: int
) -> None:
    laptop.register(10)
    synchronise(laptop, MemoryTransport(centre, laptop))
    laptop.journals[str(laptop.own)].cut(6)
    laptop.register(4 + beyond, prefix="Otra persona")
    theirs = centre.journals[str(laptop.own)].head
    laptop.receipts.clear()
    report = synchronise(laptop, MemoryTransport(centre, laptop))
    assert code(report) == "new-incarnation"
    assert report.sent == 0
    assert laptop.receipts == {}, "a receipt for the other history is none for ours"
    assert centre.forks, "the server keeps our history aside"
    assert centre.journals[str(laptop.own)].head == theirs


def test_after_a_new_incarnation_the_rest_of_the_old_one_comes_back(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    laptop.register(10)
    synchronise(laptop, MemoryTransport(centre, laptop))
    old = laptop.own
    laptop.journals[str(old)].cut(6)
    laptop.receipts.clear()  # the copy that was restored is older than they are
    laptop.writes_to(2)
    laptop.register(3)
    report = synchronise(laptop, MemoryTransport(centre, laptop))
    assert report.problem is None
    assert (report.sent, report.received, report.left) == (3, 4, 0)
    assert report.acknowledged == 13
    assert laptop.heads() == centre.journals.heads()


def test_a_gap_is_answered_from_where_the_server_says(centre: MemoryCentre, laptop: MemoryReplica) -> None:
    """The server was restored between the heads and the batch."""
    laptop.register(10)
    synchronise(laptop, MemoryTransport(centre, laptop))
    laptop.register(1)

    class Restored(MemoryTransport):
        def heads(self, heads: Heads, acknowledged: Mapping[str, int]) -> HeadsReply:
            reply = super().heads(heads, acknowledged)
            self.server.restore(3, laptop.own)
            return reply

    transport = Restored(centre, laptop)
    report = synchronise(laptop, transport)
    assert sent(transport) == ["send 11-11", "send 4-11"]
    assert report.complete
    assert report.left == 0


@pytest.mark.parametrize("expected", [None, 0, 6, 8, 10**9])
def test_a_server_that_never_stops_asking_for_another_range_is_left_alone(
    centre: MemoryCentre, laptop: MemoryReplica, expected: int | None
) -> None:
    def gap(transport: MemoryTransport, batch: Batch) -> Receipt:
        raise Trouble("gap", expected=expected)

    laptop.register(10)
    transport = Scripted(centre, laptop, gap)
    assert code(synchronise(laptop, transport)) == "gap"
    assert len(sent(transport)) < 10


def test_a_batch_that_is_too_large_is_split_until_it_passes(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    def at_most_60(transport: MemoryTransport, batch: Batch) -> Receipt:
        if len(batch.entries) > 60:
            raise Trouble("too-large")
        return transport.server.take(batch)

    laptop.register(500)
    lessons = Lessons()
    transport = Scripted(centre, laptop, at_most_60)
    assert synchronise(laptop, transport, lessons=lessons).complete
    assert len(sent(transport)) < 20
    laptop.register(60)
    transport = Scripted(centre, laptop, at_most_60)
    assert synchronise(laptop, transport, lessons=lessons).complete
    assert len(sent(transport)) <= 4, "the next pass remembers"
    assert centre.effects == 560


def test_one_entry_that_is_too_large_by_itself_is_said_and_blocks_no_other_journal(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    def refuse(transport: MemoryTransport, batch: Batch) -> Receipt:
        if batch.journal.incarnation == 1:
            raise Trouble("too-large")
        return transport.server.take(batch)

    laptop.register(4)
    laptop.writes_to(2)
    laptop.register(3)
    report = synchronise(laptop, Scripted(centre, laptop, refuse))
    assert code(report) == "too-large"
    assert report.problem is not None
    assert report.problem.journal == str(JournalId(laptop.station, 1, FAIR))
    assert (report.acknowledged, report.left) == (3, 4)


@pytest.mark.parametrize(
    "trouble", ["internal", "timeout", "interrupted", "garbled", "bad-field", "not-understood"]
)
def test_a_poison_journal_blocks_nothing_else(
    centre: MemoryCentre, laptop: MemoryReplica, trouble: str
) -> None:
    def poison(transport: MemoryTransport, batch: Batch) -> Receipt:
        if batch.journal.incarnation == 1:
            raise Trouble(trouble)
        return transport.server.take(batch)

    laptop.register(4)
    laptop.writes_to(2)
    laptop.register(3)
    report = synchronise(laptop, Scripted(centre, laptop, poison))
    assert (code(report), report.acknowledged, report.received) == (trouble, 3, 1)


def test_many_poison_journals_hold_up_the_others_for_no_more_than_a_pass(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    def poison(transport: MemoryTransport, batch: Batch) -> Receipt:
        if batch.journal.incarnation <= 5:
            raise Trouble("timeout")
        return transport.server.take(batch)

    for incarnation in range(1, 7):
        laptop.writes_to(incarnation)
        laptop.register(1)
    lessons = Lessons()
    passes = [synchronise(laptop, Scripted(centre, laptop, poison), lessons=lessons) for _ in range(2)]
    assert [report.acknowledged for report in passes] == [0, 1]


@pytest.mark.parametrize(
    "trouble",
    ["offline", "refused", "portal", "redirected", "tls", "busy", "too-many", "revoked", "unauthorised"],
)
def test_what_concerns_the_line_ends_the_pass_at_once(
    centre: MemoryCentre, laptop: MemoryReplica, trouble: str
) -> None:
    def bad_line(transport: MemoryTransport, batch: Batch) -> Receipt:
        raise Trouble(trouble, retry_after=11)

    laptop.register(4)
    laptop.writes_to(2)
    laptop.register(3)
    transport = Scripted(centre, laptop, bad_line)
    report = synchronise(laptop, transport)
    assert code(report) == trouble
    assert report.problem is not None
    assert report.problem.retry_after == 11
    assert len(sent(transport)) == 1
    assert report.received == 0


def test_quarantined_entries_are_acknowledged_and_counted(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    laptop.register(9)
    centre.poison = {laptop.person(1), laptop.person(9)}
    report = synchronise(laptop, MemoryTransport(centre, laptop))
    assert (report.quarantined, report.left) == (2, 0)
    assert report.complete


def test_people_registered_during_the_pass_go_along(centre: MemoryCentre, laptop: MemoryReplica) -> None:
    def meanwhile(transport: MemoryTransport, batch: Batch) -> Receipt:
        if batch.last < 12:
            laptop.register(4)
        return transport.server.take(batch)

    laptop.register(4)
    report = synchronise(laptop, Scripted(centre, laptop, meanwhile))
    assert (report.acknowledged, report.left) == (12, 0)


def test_a_range_shown_again_reaches_its_end_also_where_large_entries_make_batches_short(
    centre: MemoryCentre,
) -> None:
    class Forgetful(MemoryTransport):
        def heads(self, heads: Heads, acknowledged: Mapping[str, int]) -> HeadsReply:
            return super().heads(heads, acknowledged).model_copy(update={"receipts": ()})

    class Bulky(MemoryReplica):
        def next_batch(self, journal: JournalId, after: int, limit: int = 500) -> Batch | None:
            return super().next_batch(journal, after, min(limit, 2))

    laptop = Bulky(1)
    centre.enrol(laptop)
    laptop.register(5)
    assert synchronise(laptop, MemoryTransport(centre, laptop)).complete
    laptop.receipts.clear()
    transport = Forgetful(centre, laptop)
    assert synchronise(laptop, transport).complete
    assert sent(transport) == ["send 1-2", "send 3-4", "send 5-5"]
