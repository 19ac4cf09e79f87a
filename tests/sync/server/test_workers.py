"""Several processes behind one address: what one takes all know, and the death of one ends nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import requests
from sqlalchemy import text

from sync.wire import routes
from tests.sync.server.conftest import Place
from tests.sync.server.test_serving import exchange

ROOT = Path(__file__).parents[3]
_breath = threading.Event()
"""Never set: whoever looks again and again leaves the processor to those who are looked at."""
pytestmark = [
    pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgres)]),
    pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals"),
]


@contextmanager
def serving(place: Place, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a running server and the address that it printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.server", "serve", "--listen", "127.0.0.1:0", *options],
        cwd=ROOT,
        env=os.environ | {"FAIRSERVER_DATABASE": place.address},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    try:
        yield process, process.stdout.readline().removeprefix("listening on ").strip()
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=60)


def children(parent: int) -> set[int]:
    """Return the worker processes of a server (not multiprocessing's own helper)."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text().rpartition(")")[2].split()
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if int(status[1]) == parent and b"spawn_main" in words:
                found.add(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_two_processes_take_turns_and_one_that_dies_is_replaced(place: Place) -> None:
    """Both commit in turn, and readers see what either took: heads are read from the database alone."""
    laptops = [place.laptop() for _ in range(4)]
    for laptop in laptops:
        for _ in range(8):
            laptop.register()
    early, late = laptops[:3], laptops[3]
    with serving(place, "--workers", "2") as (process, web):
        first = children(process.pid)
        assert len(first) == 2
        with ThreadPoolExecutor(3) as pool:
            given = list(pool.map(lambda laptop: exchange(web, laptop, place), early))
        os.kill(min(first), signal.SIGKILL)
        given.append(exchange(web, late, place))
        replaced = first
        while len(replaced) < 2 or replaced == first:
            _breath.wait(0.02)
            replaced = children(process.pid)
        told = requests.get(f"{web}/metrics", timeout=60)
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=90)
    assert (process.returncode, out) == (0, "stopped\n")
    assert not children(process.pid)
    numbers = {receipt.number for receipts in given for receipt in receipts}
    assert len(numbers) == 4 * 4 and all(len(receipts) == 8 for receipts in given)
    assert told.status_code == 200
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM attendee")).scalar_one() == 4 * 8


def test_sqlite_is_for_one_process(place: Place, tmp_path: Path) -> None:
    from sync.server import opening
    from sync.server.web import workers
    from sync.server.words import Refusal

    address = f"sqlite:///{tmp_path / 'one.db'}"
    node, _ = opening.set_up(address, "Central", None)
    node.database.close()
    with pytest.raises(Refusal, match="need PostgreSQL"):
        workers.run(address, "127.0.0.1:0", None, 2, "events")


def test_told_to_stop_the_server_finishes_the_batch_under_way(place: Place) -> None:
    laptop = place.laptop()
    for _ in range(2):
        laptop.register()
    with serving(place) as (process, web), psycopg.connect(place.address) as other:
        assert exchange(web, laptop, place)[-1].seq == 12
        for _ in range(2):
            laptop.register()
        other.execute("SELECT * FROM journal FOR UPDATE")
        with ThreadPoolExecutor(1) as pool:
            sent = pool.submit(exchange, web, laptop, place, 1)
            _wait_until_somebody_waits(place)
            process.send_signal(signal.SIGTERM)
            other.rollback()
            assert sent.result(60)[-1].seq == 24
        process.communicate(timeout=60)
        assert process.returncode == 0
        with pytest.raises(requests.ConnectionError):
            requests.get(web + routes.HELLO, timeout=5)


def _wait_until_somebody_waits(place: Place) -> None:
    with psycopg.connect(place.address, autocommit=True) as looking:
        query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        while not looking.execute(query).fetchone()[0]:  # type: ignore[index]
            _breath.wait(0.02)
