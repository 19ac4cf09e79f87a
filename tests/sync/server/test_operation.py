"""What whoever runs a server sees of it: counters, a log, limits; and none of it tells of people."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import socket
import sqlite3
import ssl
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import uvicorn
from sqlalchemy import event, text
from uvicorn.server import ServerState

from sync.server import receipts
from sync.server.state import state
from sync.server.web import guarded, limits, logs, metrics
from sync.server.web.app import create_app
from sync.server.web.guarded import Guarded
from sync.server.web.limits import Limits, Rate, TooMany
from sync.server.web.metrics import Handled, Metrics
from sync.server.web.routes.metrics import TOKEN_VARIABLE
from sync.wire import routes
from tests.sync.client.certificates import Authority
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop
from tests.sync.server.web import Web, code_of


def with_one_person(place: Place) -> tuple[Laptop, Web]:
    """Return a laptop with a registration and its line, a session open."""
    laptop = place.laptop()
    laptop.register()
    return laptop, Web(place.node, laptop).sign_in()


def test_the_counters_tell_of_work_and_not_of_people(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop, web = with_one_person(place)
    assert web.send(laptop.batch()).status_code == 200
    monkeypatch.setenv(TOKEN_VARIABLE, "a secret for Prometheus")
    assert code_of(web.ask("GET", "/metrics")) == "unauthorised"
    told = Web(place.node).ask("GET", "/metrics", headers={"Authorization": "Bearer a secret for Prometheus"})
    assert told.status_code == 200 and told.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = dict(line.rsplit(" ", 1) for line in told.text.splitlines() if not line.startswith("#"))
    assert int(lines["fairserver_entries"]) >= 6 and int(lines["fairserver_quarantined"]) == 0
    assert int(lines['fairserver_requests_total{path="/v1/batches",status="2xx"}']) >= 1
    assert lines["fairserver_batch_seconds_count"] == lines['fairserver_batch_seconds_bucket{le="+Inf"}']
    for secret in (laptop.station, laptop.operator, place.fair, "Yuleidy", "Urdaneta", "0000001"):
        assert secret not in told.text


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_counters_are_for_this_machine_only_where_no_token_was_set(place: Place) -> None:
    assert Web(place.node).ask("GET", "/metrics").status_code == 200
    through = Web(place.node).ask("GET", "/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
    assert code_of(through) == "unauthorised"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_address_is_counted_by_its_name(place: Place) -> None:
    described = Web(place.node).ask("GET", "/openapi.json").json()["paths"]
    assert routes.PEOPLE in described
    assert set(described) <= set(metrics.PATHS)


def test_processes_count_into_one_place() -> None:
    shared = [0.0] * (2 * Metrics.size())
    one, two = Metrics(shared, 0), Metrics(shared, 1)
    one.handled(Handled(routes.BATCHES, 200, 0.02, 10, 20))
    two.handled(Handled(routes.BATCHES, 503, 7.0, 1, 2))
    two.handled(Handled("/made/up", 404, 0.0, 0, 0))
    two.turned_away("rate")
    for counted in (one, two):
        assert counted.total("bytes_in") == 11
        assert counted.total("requests", "other", "4xx") == 1
        assert counted.total("batch_bucket", "0.025") == counted.total("batch_bucket", "10") == 1
        assert counted.total("turned_away", "rate") == 1


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The server's log, set back afterwards."""
    root, requests = logging.getLogger(), logging.getLogger("fairserver.requests")
    before = root.handlers[:], root.level, requests.level
    stream = io.StringIO()
    logs.set_up(stream)
    yield stream
    root.handlers[:], level, own = before
    root.setLevel(level)
    requests.setLevel(own)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_each_request_is_a_line_of_json_without_who_and_what(place: Place, log: io.StringIO) -> None:
    laptop, web = with_one_person(place)
    web.send(laptop.batch())
    web.receive(str(laptop.journal))
    web.ask("GET", f"/v1/{laptop.station}/{laptop.operator}")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    requests = [line for line in lines if line["event"] == "request"]  # the test's own client logs, too
    written = json.dumps(requests)
    paths = [line["path"] for line in requests]
    assert paths == [routes.HELLO, routes.SESSION, routes.BATCHES, routes.BATCH_OF, "other"]
    assert all(line["status"] and line["ms"] >= 0 for line in requests)
    for secret in (laptop.station, laptop.operator, place.fair, "Yuleidy", web.token):
        assert secret not in written


def test_of_an_exception_the_log_tells_its_kind_only(log: io.StringIO) -> None:
    try:
        raise ValueError("Yuleidy Ficticia typed this")
    except ValueError:
        logging.getLogger("fairserver").exception("a fault")
    line = json.loads(log.getvalue())
    assert (line["event"], line["error"], line["level"]) == ("a fault", "ValueError", "error")
    assert "Yuleidy" not in log.getvalue()


class Hands:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_who_asks_too_often_waits_and_nobody_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_KEPT", 3)
    clock = Hands()
    gate = Limits(clock, Rate(3, 0.5), Rate(1, 1), 1)
    for _ in range(3):
        gate.ask("one", known=True)
    with pytest.raises(TooMany) as caught:
        gate.ask("one", known=True)
    assert (caught.value.code, caught.value.retry_after) == ("too-many", 2)
    gate.ask("two", known=True)
    gate.ask("one", known=False)
    clock.now += caught.value.retry_after
    gate.ask("one", known=True)
    for number in range(9):
        gate.ask(f"other {number}", known=True)
    assert len(gate._left) == 3
    gate.enter()
    with pytest.raises(TooMany) as caught:
        gate.enter()
    assert caught.value.code == "busy"
    gate.leave()
    gate.enter()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_station_that_runs_wild_is_told_when_to_come_back(place: Place) -> None:
    laptop, web = with_one_person(place)
    clock = Hands()
    web.app = create_app(place.node, limits=Limits(clock, Rate(2, 0.1), Rate(2, 0.1)))
    assert [web.send(laptop.batch()).status_code for _ in range(2)] == [200, 200]
    refused = web.send(laptop.batch())
    assert code_of(refused) == "too-many" and refused.headers["Retry-After"] == "10"
    assert refused.json()["retry_after"] == 10
    assert web.app.state.metrics.total("turned_away", "rate") == 1
    clock.now += 10
    assert web.send(laptop.batch()).status_code == 200


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_full_house_says_so_and_stores_nothing(place: Place) -> None:
    laptop, web = with_one_person(place)
    web.app = create_app(place.node, limits=Limits(Hands(), under_way=0))
    refused = web.send(laptop.batch())
    assert (refused.status_code, code_of(refused)) == (503, "busy") and refused.headers["Retry-After"] == "2"
    assert web.ask("GET", routes.HELLO).status_code == 200


@pytest.mark.parametrize(
    "head",
    [b"GET /health HTTP/1.1\r\nHost: a\r\nX: ", b"", b"GET /health HTTP/1.1\r\nX: " + b"a" * 40_000],
    ids=["drop by drop", "silent", "endless"],
)
def test_who_never_ends_a_requests_head_is_hung_up_on(head: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "HEAD_SECONDS", 0.02 if len(head) < 1000 else 600)

    async def hello(scope: object, receive: object, send: object) -> None:
        raise AssertionError("no request came through")

    async def talk() -> bytes:
        config = uvicorn.Config(hello, log_config=None)
        config.load()

        def protocol() -> Guarded:
            return Guarded(config=config, server_state=ServerState(), app_state={})

        server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        writer.write(head)
        try:
            return await asyncio.wait_for(reader.read(), 30)
        except ConnectionResetError:
            return b""
        finally:
            writer.close()
            server.close()
            await server.wait_closed()

    assert asyncio.run(talk()) == b""


def test_an_idle_laptop_does_not_hold_up_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "FAREWELL_SECONDS", 0.02)
    authority = Authority(tmp_path, "fair")

    async def nobody(scope: object, receive: object, send: object) -> None:
        raise AssertionError("no request was made")

    async def end() -> None:
        config = uvicorn.Config(nobody, log_config=None)
        config.load()
        state, gone = ServerState(), asyncio.Event()

        class Parting(Guarded):
            def connection_lost(self, exc: Exception | None) -> None:
                super().connection_lost(exc)
                gone.set()

        def protocol() -> Guarded:
            return Parting(config=config, server_state=state, app_state={})

        context = authority.server_context()
        server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=context)
        address = server.sockets[0].getsockname()[:2]
        trusting = ssl.create_default_context(cafile=str(authority.file))
        idle = await asyncio.to_thread(connected, address, trusting)
        (connection,) = state.connections
        assert isinstance(connection, Guarded)
        connection.shutdown()
        await gone.wait()
        idle.close()
        server.close()
        await server.wait_closed()

    asyncio.run(asyncio.wait_for(end(), 10))  # asyncio alone waits for thirty seconds


def connected(address: tuple[str, int], context: ssl.SSLContext) -> ssl.SSLSocket:
    """Return a connection whose owner does nothing with it."""
    return context.wrap_socket(socket.create_connection(address), server_hostname=address[0])


def test_a_full_disk_is_told_rolled_back_and_taken_later(place: Place, engine: str) -> None:
    if engine == "postgresql":
        pytest.skip("its disk can't be filled for a test")
    laptop, web = with_one_person(place)
    pages = "SELECT page_count FROM pragma_page_count"
    with place.node.database.read() as connection:
        full = connection.execute(text(pages)).scalar_one()

    def narrow(raw: sqlite3.Connection, *_: object) -> None:
        raw.execute(f"PRAGMA max_page_count = {full}")

    for _ in range(300):
        laptop.register()
    event.listen(place.node.database.engine, "checkout", narrow)
    refused = web.send(laptop.batch(1, 498))
    event.remove(place.node.database.engine, "checkout", narrow)
    assert (refused.status_code, code_of(refused)) == (503, "busy")
    place.node.database.close()
    with place.node.database.read() as connection:
        assert "attendee" not in state(connection, place.fair).counts
    assert web.send(laptop.batch(1, 498)).status_code == 200


@pytest.mark.parametrize(
    "trouble",
    [
        psycopg.errors.DeadlockDetected("deadlock detected"),
        psycopg.errors.LockNotAvailable("canceling statement due to lock timeout"),
        psycopg.errors.DiskFull("could not extend file"),
        sqlite3.OperationalError("database is locked"),
        sqlite3.OperationalError("database or disk is full"),
    ],
    ids=lambda error: type(error).__name__ + str(error)[:12],
)
def test_a_database_in_trouble_is_told_rolled_back_and_asked_again(
    trouble: Exception, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, web = with_one_person(place)

    def broken(*_: object) -> object:
        raise trouble

    with monkeypatch.context() as patch:
        patch.setattr(receipts, "issue", broken)
        refused = web.send(laptop.batch())
    assert (refused.status_code, code_of(refused)) == (503, "busy")
    assert int(refused.headers["Retry-After"]) > 0
    with place.node.database.read() as connection:
        assert "attendee" not in state(connection, place.fair).counts
    assert web.send(laptop.batch()).status_code == 200


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_description_of_the_interface_is_complete(place: Place) -> None:
    described = Web(place.node).ask("GET", "/openapi.json").json()
    named = {value for name, value in vars(routes).items() if name.isupper() and str(value).startswith("/")}
    assert named <= set(described["paths"])
    for path in described["paths"].values():
        for operation in path.values():
            assert "4XX" in operation["responses"] or "422" in operation["responses"]
