"""The server as a process: it says where it listens, serves several at once, and stops when told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import requests
from sqlalchemy import text

from sync.server import intake, opening
from sync.server.web import listening
from sync.wire import batch as wire
from sync.wire import compression, routes
from sync.wire.messages import Hello
from sync.wire.receipt import Receipt
from tests.sync.server.command import Commands
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, person
from tests.sync.server.web import JSON, Web

ROOT = Path(__file__).parents[3]
CROWD = 6


@contextmanager
def serving(address: str, listen: str = "127.0.0.1:0") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a running server and the address that it printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.server", "serve", "--listen", listen],
        cwd=ROOT,
        env=os.environ | {"FAIRSERVER_DATABASE": address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stderr
    try:
        line = process.stdout.readline()
        yield process, line.removeprefix("listening on ").strip()
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=60)


def exchange(web: str, laptop: Laptop, place: Place, times: int = 2) -> list[Receipt]:
    """Open a session and send a laptop's journal, in batches of twelve entries, each twice."""
    session = requests.Session()
    session.headers.update({routes.H_WIRE: "1", routes.H_ECHO: "x"})
    hello = Hello.model_validate_json(session.get(web + routes.HELLO, timeout=60).content)
    proof = Web(place.node, laptop).proof(hello).model_dump_json()
    reply = session.post(web + routes.SESSION, data=proof, headers=JSON, timeout=60)
    headers = {
        "Authorization": f"Bearer {reply.json()['token']}",
        "Content-Type": routes.BATCH,
        routes.H_COMPRESSION: "zstd",
    }
    receipts = []
    for first in range(1, len(laptop.entries), 12):
        packed = compression.compress(wire.encode(laptop.batch(first, first + 11)))
        for _ in range(times):
            answer = session.post(web + routes.BATCHES, data=packed, headers=headers, timeout=60)
            receipts.append(Receipt.model_validate_json(answer.content))
    session.close()
    return receipts


def test_a_crowd_is_served_and_the_server_stops_when_told(place: Place) -> None:
    laptops = [place.laptop() for _ in range(CROWD)]
    for laptop in laptops:
        for _ in range(8):
            laptop.register()
    with serving(place.address) as (process, web):
        assert web.startswith("http://127.0.0.1:")
        with ThreadPoolExecutor(CROWD) as pool:
            given = list(pool.map(lambda laptop: exchange(web, laptop, place), laptops))
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "stopped\n")
    assert "Traceback" not in err and "Yuleidy" not in err
    numbers = {receipt.number for receipts in given for receipt in receipts}
    assert len(numbers) == CROWD * 4 and all(len(receipts) == 8 for receipts in given)
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM attendee")).scalar_one() == CROWD * 8


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_port_that_is_taken_is_told(place: Place) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(place.address, f"127.0.0.1:{port}") as (process, _):
            _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Port {port} is taken by another program" in err and "Traceback" not in err


def test_small_replies_are_not_held_back() -> None:
    with listening.bound("127.0.0.1", 0) as bound:
        assert bound.proto == socket.IPPROTO_TCP  # what asyncio asks before it sets TCP_NODELAY


@pytest.mark.parametrize("listen", ["nowhere", "127.0.0.1:99999", "127.0.0.1:x"])
def test_an_address_that_makes_no_sense_is_told(listen: str, fairserver: Commands) -> None:
    ran = fairserver("serve", "--listen", listen)
    assert ran.code == 1 and "Write HOST:PORT" in ran.err


def test_tls_needs_both_files(fairserver: Commands, tmp_path: Path) -> None:
    assert "both" in fairserver("serve", "--certificate", "x.pem").err
    assert "no file" in fairserver("serve", "--certificate", "x.pem", "--key", str(tmp_path / "k.pem")).err


def test_two_processes_on_one_database_apply_a_batch_once(place: Place) -> None:
    other = replace(opening.open_node(place.address), now_ms=place.clock)
    laptop = place.laptop()
    for _ in range(5):
        laptop.register()
    batch = laptop.batch()
    nodes = [place.node, other] * 4
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda node: intake.take(node, laptop.station, batch), nodes))
    other.database.close()
    assert len({receipt.signature for receipt in receipts}) == 1
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM attendee")).scalar_one() == 5


def test_a_database_that_went_away_and_came_back_is_used_again(
    place: Place, engine: str, request: pytest.FixtureRequest
) -> None:
    if engine == "sqlite":
        pytest.skip("a file does not go away by itself")
    laptop = place.laptop()
    laptop.state(person())
    web = Web(place.node, laptop).sign_in()
    with psycopg.connect(request.getfixturevalue("postgres_address")) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )
    codes = [web.send(laptop.batch()).status_code for _ in range(3)]
    assert codes[0] == 503 and codes[-1] == 200
