"""Saving: a person with two referrals by the use case, against a bare SQLCipher commit of the same rows."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks import fair
from benchmarks.figure import Figure, percentile, seconds
from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.store import connection, vault
from fairclient.usecases.practice_fair import practice_fair
from fairclient.usecases.register_attendee import register_attendee
from fairclient.usecases.unlock import unlock
from fairclient.usecases.workplace import Workplace

ROUNDS, WARM = 400, 20
Statements = list[tuple[str, Any, bool]]


def run() -> list[Figure]:
    """Return save.p99_ratio and what it is made of."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "ours")
        clock = SystemClock()
        practice_fair(home, fair.PASSPHRASE, clock, cost=fair.CHEAP).close()
        bare_file = Path(folder) / "bare.db"
        shutil.copy(home.database, bare_file)
        key = vault.unlock(home, fair.PASSPHRASE, None, clock).data_key
        bare = connection.connect(bare_file, key)
        with fair.closing(unlock(home, fair.PASSPHRASE, clock)) as place:
            ours, peer = measure(place, bare)
        bare.close()
    ratio = percentile(ours, 99) / percentile(peer, 99)
    return [
        Figure("save.p99_ratio", ratio, "×", "≤ 5", "bare SQLCipher commit of the same rows", ratio <= 5),
        Figure("save.p50_ratio", percentile(ours, 50) / percentile(peer, 50), "×", "", "the same, median"),
        Figure(
            "save.p99_ms",
            percentile(ours, 99) * 1000,
            "ms",
            "",
            f"bare: {percentile(peer, 99) * 1000:.2f} ms",
        ),
    ]


def measure(place: Workplace, bare: Any) -> tuple[list[float], list[float]]:
    """Seconds of saving by the use case, and of the bare commit of the same statements."""
    ours: list[float] = []
    peer: list[float] = []
    with _overheard(place) as statements:
        for number, registration in enumerate(fair.registrations(ROUNDS + WARM)):
            statements.clear()
            taken = seconds(lambda registration=registration: register_attendee(place, registration))  # type: ignore[misc]
            same = [statement for statement in statements if not statement[0].lstrip().startswith("SELECT")]
            bare_taken = seconds(lambda same=same: _commit(bare, same))  # type: ignore[misc]
            if number >= WARM:
                ours.append(taken)
                peer.append(bare_taken)
            place.store.tend()
    return ours, peer


@contextmanager
def _overheard(place: Workplace) -> Iterator[Statements]:
    """Collect every statement that the store's writer runs, with its values."""
    heard: Statements = []

    def listen(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        heard.append((statement, values, many))

    writers = place.store._writers  # the benchmark looks inside on purpose
    event.listen(writers, "before_cursor_execute", listen)
    try:
        yield heard
    finally:
        event.remove(writers, "before_cursor_execute", listen)


def _commit(bare: Any, statements: Statements) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for statement, values, many in statements:
        if statement.startswith("BEGIN"):
            continue
        if many:
            bare.executemany(statement, values)
        else:
            bare.execute(statement, values or ())
    bare.execute("COMMIT")
