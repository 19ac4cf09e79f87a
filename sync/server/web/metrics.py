"""Counting what the server does, for Prometheus (text format 0.0.4); numbers only, nobody's data.

Several worker processes count into one shared piece of memory, each into its own part, and whoever is asked
gives the sum: it does not matter which of them a scrape reaches.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableSequence, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from sync.server.database import direct
from sync.wire import routes

MEDIA: Final = "text/plain; version=0.0.4; charset=utf-8"
OTHER: Final = "other"
PATHS: Final = (
    routes.HELLO,
    routes.ENROL,
    routes.CODES,
    routes.SESSION,
    routes.HEADS,
    routes.BATCHES,
    routes.BATCH_OF,
    routes.RECEIPTS,
    routes.WAIT,
    routes.PEOPLE,
    routes.HEALTH,
    routes.METRICS,
    OTHER,
)
STATUSES: Final = ("1xx", "2xx", "3xx", "4xx", "5xx")
BOUNDS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_BUCKETS: Final = (*(f"{bound:g}" for bound in BOUNDS_S), "+Inf")

Key = tuple[str, ...]
KEYS: Final[tuple[Key, ...]] = (
    *(("requests", path, status) for path in PATHS for status in STATUSES),
    *(("batch_bucket", bound) for bound in _BUCKETS),
    ("batch_seconds",),
    ("bytes_in",),
    ("bytes_out",),
    ("turned_away", "rate"),
    ("turned_away", "busy"),
)
_PLACES: Final = {key: place for place, key in enumerate(KEYS)}

_GAUGES: Final = (
    ("entries", "Entries in the journals.", "SELECT CAST(COALESCE(SUM(seq), 0) AS BIGINT) FROM journal"),
    ("journals", "Journals.", "SELECT COUNT(*) FROM journal"),
    ("quarantined", "Entries that wait for a supervisor.", "SELECT COUNT(*) FROM quarantined_entry"),
    ("forks", "Batches kept as alerts of two histories.", "SELECT COUNT(*) FROM forked_batch"),
    ("receipt_number", "The last receipt's number.", "SELECT COALESCE(MAX(number), 0) FROM receipt"),
    ("stations", "Enrolled stations.", "SELECT COUNT(*) FROM station WHERE NOT revoked"),
)


class Handled(NamedTuple):
    """A request that was answered."""

    path: str
    status: int
    seconds: float
    bytes_in: int
    bytes_out: int


class Metrics:
    """The counters of one process; `shared` holds those of all, `size()` numbers each."""

    def __init__(self, shared: MutableSequence[float] | None = None, worker: int = 0) -> None:
        self._shared: MutableSequence[float] = [0.0] * len(KEYS) if shared is None else shared
        self._first = worker * len(KEYS)

    @staticmethod
    def size() -> int:
        """Return how many numbers one process needs."""
        return len(KEYS)

    def handled(self, what: Handled) -> None:
        """Count a request."""
        path = what.path if what.path in PATHS else OTHER
        self._add(("requests", path, f"{what.status // 100}xx"), 1)
        self._add(("bytes_in",), what.bytes_in)
        self._add(("bytes_out",), what.bytes_out)
        if path == routes.BATCHES:
            self._add(("batch_seconds",), what.seconds)
            bound = next((f"{bound:g}" for bound in BOUNDS_S if what.seconds <= bound), "+Inf")
            self._add(("batch_bucket", bound), 1)

    def turned_away(self, why: str) -> None:
        """Count a request that came too soon after others (`rate`) or to a full house (`busy`)."""
        self._add(("turned_away", why), 1)

    def total(self, *key: str) -> float:
        """Return a counter's sum over all processes."""
        place = _PLACES[key]
        return sum(self._shared[first + place] for first in range(0, len(self._shared), len(KEYS)))

    def _add(self, key: Key, by: float) -> None:
        self._shared[self._first + _PLACES[key]] += by


def text(connection: Connection, metrics: Metrics) -> str:
    """Return all that Prometheus is told."""
    gauges = [(name, told, direct.rows(connection, query)[0][0]) for name, told, query in _GAUGES]
    return "\n".join([*_counters(metrics), *_gauges(gauges), ""])


def _counters(metrics: Metrics) -> Iterator[str]:
    yield from _head("requests_total", "counter", "Requests answered.")
    for path in PATHS:
        for status in STATUSES:
            if count := metrics.total("requests", path, status):
                yield _line("requests_total", f'path="{path}",status="{status}"', count)
    yield from _head("batch_seconds", "histogram", "Time until a batch was answered.")
    below = 0.0
    for bound in _BUCKETS:
        below += metrics.total("batch_bucket", bound)
        yield _line("batch_seconds_bucket", f'le="{bound}"', below)
    yield _line("batch_seconds_sum", "", metrics.total("batch_seconds"))
    yield _line("batch_seconds_count", "", below)
    for way in ("in", "out"):
        yield from _head(f"bytes_{way}_total", "counter", f"Bytes of bodies that went {way}.")
        yield _line(f"bytes_{way}_total", "", metrics.total(f"bytes_{way}"))
    yield from _head("turned_away_total", "counter", "Requests told to come back later.")
    for why in ("rate", "busy"):
        yield _line("turned_away_total", f'why="{why}"', metrics.total("turned_away", why))


def _gauges(found: Sequence[tuple[str, str, int]]) -> Iterator[str]:
    for name, told, value in found:
        yield from _head(name, "gauge", told)
        yield _line(name, "", float(value))


def _head(name: str, kind: str, told: str) -> tuple[str, str]:
    return f"# HELP fairserver_{name} {told}", f"# TYPE fairserver_{name} {kind}"


def _line(name: str, labels: str, value: float) -> str:
    shown = f"{value:.0f}" if value == int(value) else f"{value:.6f}"
    return f"fairserver_{name}{f'{{{labels}}}' if labels else ''} {shown}"
