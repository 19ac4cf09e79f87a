"""Each mechanism is taken away once, and the storms must notice: a check that can't fail proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection

from fairclient.store import projection, receipts
from fairclient.store.sync_port import StoreReplica
from sync.client.http import HttpTransport
from sync.server import acceptance, intake, ledger
from sync.server.database.engine import Database
from sync.server.ledger import Journal
from sync.wire import merge
from sync.wire.entry import Entry, chain
from sync.wire.heads import Heads
from sync.wire.messages import HeadsReply
from sync.wire.problem import WireError
from tests.faults.blowing import blow
from tests.faults.line import BAD, Weather
from tests.faults.storm import Storm
from tests.faults.world import a_world

ACTS = 90
MOST_STORMS = 6


def without_looking_for_repetitions(patch: pytest.MonkeyPatch) -> None:
    """A server that appends whatever comes: what is repeated is there twice."""
    append = ledger.append

    def renumbered(writes: Any, journal: Journal, entries: Sequence[Entry], *rest: Any) -> Journal:
        first = journal.seq + 1
        moved = [
            entry._replace(header=entry.header._replace(seq=seq)) for seq, entry in enumerate(entries, first)
        ]
        grown: Journal = append(writes, journal, moved, chain(journal.digest, moved), *rest[1:])
        return grown

    patch.setattr(intake, "already_here", lambda *_: 0)
    patch.setattr(intake, "_receipt_of_repeat", lambda *_: None)
    patch.setattr(ledger, "append", renumbered)


def acknowledging_before_the_commit(patch: pytest.MonkeyPatch) -> None:
    """A server whose transaction is undone now and then after the receipt was made."""
    number = count(1)

    @contextmanager
    def write(self: Database) -> Iterator[Connection]:
        with self.engine.connect().execution_options(fair_write=True) as connection:
            transaction = connection.begin()
            yield connection
            if next(number) % 5:
                transaction.commit()
            else:
                transaction.rollback()

    patch.setattr(Database, "write", write)


def reading_by_a_cursor(patch: pytest.MonkeyPatch) -> None:
    """A laptop that notes how far the server was, not how far it took over what the server has."""
    heads, asked = StoreReplica.heads, HttpTransport.heads
    cursor: dict[str, Heads] = {}

    def noted(self: HttpTransport, *told: Any) -> HeadsReply:
        reply = asked(self, *told)
        cursor[self._station] = reply.heads
        return reply

    def moved(self: StoreReplica) -> Heads:
        here = heads(self)
        own = {str(name) for name in self.own_journals()}
        known = cursor.get(self._store.identity.station, {})
        return here | {name: head for name, head in known.items() if name not in own}

    patch.setattr(HttpTransport, "heads", noted)
    patch.setattr(StoreReplica, "heads", moved)


def entries_without_their_rows(patch: pytest.MonkeyPatch) -> None:
    """A laptop that forgets the rows of every seventh unit of work."""
    project_new, number = projection.project_new, count(1)

    def forgetful(connection: Any, written: Any) -> None:
        project_new(connection, written if next(number) % 7 else [])

    patch.setattr(projection, "project_new", forgetful)


def merging_in_the_order_of_arrival(patch: pytest.MonkeyPatch) -> None:
    """Whoever comes last is right: everybody has another last one."""

    def unsorted(items: Any, **how: Any) -> list[Any]:
        found = list(items)
        return found if found and isinstance(found[0], merge._Write) else sorted(found, **how)

    patch.setattr(merge, "sorted", unsorted, raising=False)


def refusing_what_is_not_understood(patch: pytest.MonkeyPatch) -> None:
    """A server without a quarantine: one poisoned entry, and the whole batch is refused for ever."""
    examine = acceptance.examine

    def strict(entry: Any, rules: Any) -> Any:
        found = examine(entry, rules)
        if isinstance(found, acceptance.Refused):
            raise WireError(found.code, found.detail)
        return found

    patch.setattr(acceptance, "examine", strict)


def counting_a_hubs_receipts_as_the_centres(patch: pytest.MonkeyPatch) -> None:
    """A laptop that shows as synchronised what only a hub has."""
    patch.setitem(receipts._COLUMN, "hub", "at_centre")


SABOTAGES: tuple[Callable[[pytest.MonkeyPatch], None], ...] = (
    without_looking_for_repetitions,
    acknowledging_before_the_commit,
    reading_by_a_cursor,
    entries_without_their_rows,
    merging_in_the_order_of_arrival,
    refusing_what_is_not_understood,
    counting_a_hubs_receipts_as_the_centres,
)


WEATHERS: dict[str, tuple[Weather, ...]] = {
    "without_looking_for_repetitions": ("fine", "twice"),
    "reading_by_a_cursor": ("fine", "request lost"),
}
"""What shows a sabotage soonest, where any weather would take longer."""


FIRST: dict[str, int] = {
    "reading_by_a_cursor": 1,
    "entries_without_their_rows": 1,
    "merging_in_the_order_of_arrival": 5,
    "counting_a_hubs_receipts_as_the_centres": 5,
}
"""The storm that shows a sabotage soonest."""


def _noticed(seed: int, weathers: tuple[Weather, ...] = ("fine", "fine", *BAD)) -> bool:
    """Whether a storm notices; whatever it trips over counts, for all is well without the sabotage."""
    try:
        with a_world() as world:
            blow(Storm(world), seed, ACTS, weathers)
    except Exception:
        return True
    return False


@pytest.mark.parametrize("sabotage", SABOTAGES)
def test_each_sabotage_is_caught(
    sabotage: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        sabotage(patch)
        sky = WEATHERS.get(sabotage.__name__, ("fine", "fine", *BAD))
        first = FIRST.get(sabotage.__name__, 0)
        assert any(_noticed(seed, sky) for seed in range(first, first + MOST_STORMS))


def test_without_sabotage_these_very_storms_pass() -> None:
    assert not _noticed(5)
    for weathers in WEATHERS.values():
        assert not _noticed(1, weathers)
