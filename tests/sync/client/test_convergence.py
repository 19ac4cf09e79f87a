"""Whatever the network drops, repeats, delays or garbles: one effect, true receipts, an empty queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.client.engine import synchronise
from sync.client.lessons import Lessons
from sync.client.trouble import Trouble
from sync.wire import receipt as wire_receipt
from sync.wire import signing
from sync.wire.batch import Batch
from sync.wire.heads import Heads
from sync.wire.journal import JournalId
from sync.wire.messages import HeadsReply, Hello
from sync.wire.receipt import Receipt
from tests.sync.client.memory import CENTRE_KEY, MemoryCentre, MemoryReplica, MemoryTransport

T = TypeVar("T")
FINE = "fine"
WEATHER = (
    FINE,
    "request lost",
    "reply lost",
    "arrives late",
    "old batch again",
    "receipt garbled",
    "portal",
    "server busy",
    "too large",
)


class Storm(MemoryTransport):
    """Each request meets the next kind of weather; when the list is over, the sky is clear."""

    def __init__(self, server: MemoryCentre, replica: MemoryReplica, weather: list[str]) -> None:
        super().__init__(server, replica)
        self._weather = weather
        self.underway: list[Batch] = []
        self.delivered: list[Batch] = []

    def _meet(self, do: Callable[[], T]) -> T:
        weather = self._weather.pop(0) if self._weather else FINE
        if weather == "portal":
            raise Trouble("portal")
        if weather == "server busy":
            raise Trouble("busy", retry_after=5)
        if weather in ("request lost", "arrives late"):
            raise Trouble("timeout")
        result = do()
        if weather == "reply lost":
            raise Trouble("interrupted")
        return result

    def hello(self) -> Hello:
        return self._meet(super().hello)

    def heads(self, heads: Heads, acknowledged: Mapping[str, int]) -> HeadsReply:
        return self._meet(lambda: super(Storm, self).heads(heads, acknowledged))

    def fetch(self, journal: JournalId, after: int) -> Batch:
        return self._meet(lambda: super(Storm, self).fetch(journal, after))

    def send(self, batch: Batch) -> Receipt:
        weather = self._weather[0] if self._weather else FINE
        if weather == "arrives late":
            self.underway.append(batch)
        if weather == "too large" and len(batch.entries) > 1:
            self._weather.pop(0)
            raise Trouble("too-large")
        if weather == "old batch again" and self.delivered:
            self.server.take(self.delivered[len(self._weather) % len(self.delivered)])
        receipt = self._meet(lambda: super(Storm, self).send(batch))
        self.delivered.append(batch)
        if weather == "receipt garbled":
            return receipt.model_copy(update={"seq": receipt.seq + 1})
        return receipt

    def stragglers_arrive(self) -> None:
        """Deliver what was under way, in the wrong order, as a network may."""
        for batch in reversed(self.underway):
            with suppress(Trouble):  # a gap: what comes before it is still on its way, or lost
                self.server.take(batch)
        self.underway.clear()


def check_truth(centre: MemoryCentre, laptops: list[MemoryReplica]) -> None:
    """What is never wrong, however bad the day: no receipt says more than the centre has, no copy differs."""
    for laptop in laptops:
        theirs, ours = centre.journals.of(laptop.own), laptop.journals.of(laptop.own)
        have = len(theirs.entries)
        assert theirs.digests == ours.digests[:have]
        assert laptop.acknowledged(laptop.own) <= have
        for receipt in laptop.receipts.values():
            assert wire_receipt.verify(receipt, signing.public_bytes(CENTRE_KEY))
            assert bytes.fromhex(receipt.digest) == ours.digest_at(receipt.seq)
        for journal in laptop.journals.values():
            source = centre.journals.of(journal.id)
            common = min(len(journal.digests), len(source.digests))
            assert journal.digests[:common] == source.digests[:common]


rounds = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 7),
        st.lists(st.sampled_from(WEATHER), max_size=9),
        st.booleans(),
    ),
    max_size=9,
)


@settings(max_examples=150)
@given(rounds)
def test_any_weather_ends_in_the_same_state_with_one_effect(
    days: list[tuple[int, int, list[str], bool]],
) -> None:
    centre = MemoryCentre()
    laptops = [MemoryReplica(1), MemoryReplica(2)]
    lessons = [Lessons(4), Lessons(4)]
    for laptop in laptops:
        centre.enrol(laptop)
    for who, people, weather, late in days:
        laptops[who].register(people)
        storm = Storm(centre, laptops[who], list(weather))
        report = synchronise(laptops[who], storm, lessons=lessons[who])
        assert report.left == laptops[who].left()
        assert report.complete or report.problem is not None
        if late:
            storm.stragglers_arrive()
        check_truth(centre, laptops)
    for _ in range(2):
        for laptop, learnt in zip(laptops, lessons, strict=True):
            assert synchronise(laptop, MemoryTransport(centre, laptop), lessons=learnt).complete
    check_truth(centre, laptops)
    assert laptops[0].heads() == laptops[1].heads() == centre.journals.heads()
    assert centre.effects == sum(len(laptop.journals[str(laptop.own)].entries) for laptop in laptops)


@settings(max_examples=60)
@given(
    st.integers(1, 30), st.integers(0, 30), st.integers(1, 9), st.lists(st.sampled_from(WEATHER), max_size=6)
)
def test_a_restored_server_gets_back_what_it_lost_in_any_weather(
    people: int, kept: int, length: int, weather: list[str]
) -> None:
    centre, laptop, lessons = MemoryCentre(), MemoryReplica(1), Lessons(length)
    centre.enrol(laptop)
    laptop.register(people)
    assert synchronise(laptop, MemoryTransport(centre, laptop), lessons=lessons).complete
    centre.restore(min(kept, people), laptop.own)
    synchronise(laptop, Storm(centre, laptop, weather), lessons=lessons)
    assert synchronise(laptop, MemoryTransport(centre, laptop), lessons=lessons).problem is None
    assert centre.journals[str(laptop.own)].head == laptop.heads()[str(laptop.own)]
