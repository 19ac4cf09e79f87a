"""What bad luck and bad people send: bounded, refused or put aside, and the queue moves on."""

from __future__ import annotations

import json
import logging
import tracemalloc
from collections.abc import AsyncIterator

import pytest
import zstandard
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from sync.server import ledger
from sync.wire import batch as wire
from sync.wire import compression, routes
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import person
from tests.sync.server.web import JSON, Web, code_of

MIB = 1024 * 1024


def attendee_body(**fields: object) -> bytes:
    fact = {"given_names": "Ana Ficticia", "sex": "F", "profile": "MIG"} | fields
    return json.dumps({"fact": fact, "salt": "00" * 8}).encode()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a NUL in a name", attendee_body(given_names="a\x00b")),
        ("half a surrogate pair", attendee_body(given_names="a\ud800b")),
        ("a name that turns the line round", attendee_body(given_names="a\u202eb")),
        ("a name of 10 kB", attendee_body(given_names="x" * 10_000)),
        ("deep JSON", b'{"fact":' + b'{"documents":[' * 20_000 + b"]}" * 20_000 + b"}"),
        ("a deep change", b'{"change":{"x":' + b"[" * 20_000 + b"]" * 20_000 + b'},"base":""}'),
        ("a body that is too large", attendee_body(extra="x" * 70_000)),
        ("bytes that are no text", b'{"fact":{"given_names":"\xff\xfe","sex":"F","profile":"MIG"}}'),
        ("a NUL between the bytes", b'{"fact":{"given_names":"a\x00","sex":"F","profile":"MIG"}}'),
        ("an endless number", b'{"fact":{"given_names":' + b"9" * 50_000 + b',"sex":"F","profile":"MIG"}}'),
        ("a date of another age", attendee_body(birth_date="-99999-01-01")),
        ("a list of ten thousand documents", attendee_body(documents=[{"type": "CC", "number": "1"}] * 1500)),
        ("nothing", b""),
        ("not an object", b"[]"),
    ],
)
def test_a_poisoned_entry_is_put_aside_and_its_neighbours_are_not(
    place: Place, name: str, raw: bytes
) -> None:
    laptop = place.laptop()
    laptop.state(person())
    laptop.write("attendee", raw)
    laptop.state(person())
    reply = Web(place.node, laptop).sign_in().send(laptop.batch())
    assert reply.status_code == 200, name
    verdicts = reply.json()["verdicts"]
    assert [(verdict["seq"], verdict["verdict"]) for verdict in verdicts] == [(2, "quarantined")]
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM attendee")).scalar_one() == 2
        assert connection.execute(text("SELECT body FROM entry WHERE quarantined")).scalar_one() == raw


@pytest.mark.parametrize(
    "fields",
    [
        {"given_names": "Ñandú 中文 👩‍👩‍👧 Ficticia"},
        {"notes": "uno\ndos\\N\t"[:8]},
        {"notes": "\\N"},
        {"notes": '"; DROP TABLE attendee; --'},
        {"neighbourhood": "O'Higgins {} % $1 :fair"},
        {"birth_date": "0001-01-01"},
        {"birth_date": "9999-12-31"},
    ],
)
def test_odd_but_honest_text_comes_through_unchanged(place: Place, fields: dict[str, str]) -> None:
    laptop = place.laptop()
    laptop.write("attendee", attendee_body(**fields))
    reply = Web(place.node, laptop).sign_in().send(laptop.batch())
    assert reply.json()["verdicts"] == []
    with place.node.database.read() as connection:
        (name,) = fields
        assert str(connection.execute(text(f"SELECT {name} FROM attendee")).scalar_one()) == fields[name]


def test_a_closed_day_may_hold_any_text_in_its_heads(place: Place) -> None:
    laptop = place.laptop()
    fact = {"day": "2026-03-14", "heads": {"a\x00b": [1, "x\x00"]}, "totals": {"\x00": 1}}
    laptop.write("day_closed", json.dumps({"fact": fact}).encode())
    laptop.state(person())
    assert Web(place.node, laptop).sign_in().send(laptop.batch()).status_code == 200
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM attendee")).scalar_one() == 1


@pytest.mark.parametrize("method", ["zstd", "gzip"])
def test_a_bomb_is_not_unpacked(place: Place, method: str) -> None:
    web = Web(place.node, place.laptop()).sign_in()
    bomb = compression.compress(bytes(120 * MIB), method)
    assert len(bomb) < routes.MAX_REQUEST
    tracemalloc.start()
    reply = web.send_raw(bomb, method)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (reply.status_code, code_of(reply)) == (413, "too-large")
    assert peak < 40 * MIB


def test_a_million_entries_are_too_large(place: Place) -> None:
    laptop = place.laptop()
    laptop.state(person())
    raw = wire.encode(laptop.batch())
    about, header, _, _ = raw.split(b"\n")
    claims = json.loads(about) | {"last": 1_000_000}
    lines = [json.dumps(claims).encode(), *([header, b"#" + b"0" * 64] * 1_000_000), b""]
    packed = zstandard.ZstdCompressor(level=3).compress(b"\n".join(lines))
    assert code_of(Web(place.node, laptop).sign_in().send_raw(packed)) == "too-large"


def test_a_body_without_end_is_cut_off(place: Place) -> None:
    web = Web(place.node, place.laptop()).sign_in()
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100 * MIB:
            sent += 64 * 1024
            yield bytes(64 * 1024)

    headers = {routes.H_COMPRESSION: "identity", "Content-Type": routes.BATCH}
    reply = web.ask("POST", routes.BATCHES, content=endless(), headers=headers)
    assert (reply.status_code, code_of(reply)) == (413, "too-large")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:-1],
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw + b"x\n",
        lambda raw: raw.replace(b"Ficticia", b"Ficticib"),
        lambda raw: b"[" * 50_000 + b"\n" + raw.partition(b"\n")[2],
        lambda raw: b"\x00" + raw,
        lambda raw: b"\xff\xfe\n",
        lambda raw: b"",
    ],
)
def test_a_spoilt_batch_stores_nothing(place: Place, spoil: object) -> None:
    laptop = place.laptop()
    laptop.register()
    assert callable(spoil)
    reply = Web(place.node, laptop).sign_in().send_raw(spoil(wire.encode(laptop.batch())), "identity")
    assert code_of(reply) in ("garbled", "bad-digest")
    with place.node.database.read() as connection:
        assert str(laptop.journal) not in ledger.heads(connection, place.fair)


def test_a_batch_cut_off_at_every_byte_as_it_travels_stores_nothing(place: Place) -> None:
    laptop = place.laptop()
    laptop.state(person())
    web = Web(place.node, laptop).sign_in()
    packed = compression.compress(wire.encode(laptop.batch()))
    codes = {code_of(web.send_raw(packed[:length])) for length in range(0, len(packed), 7)}
    assert codes == {"garbled"}
    assert web.send_raw(packed).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "code"),
    [
        ("GET", "/", None, 404, "not-found"),
        ("GET", "/v1/hello/", None, 404, "not-found"),
        ("DELETE", routes.BATCHES, None, 405, "method"),
        ("POST", routes.SESSION, b"{", 400, "garbled"),
        ("POST", routes.SESSION, b"[" * 500_000, 400, "garbled"),
        ("POST", routes.SESSION, b'{"station": 1}', 422, "bad-field"),
        ("POST", routes.SESSION, b"\xff", 400, "garbled"),
        ("POST", routes.HEADS, b'{"heads": {}}', 401, "unauthorised"),
        ("GET", "/v1/batches/x/y/z", None, 422, "bad-field"),
    ],
)
def test_every_error_is_a_problem_with_our_marks(
    place: Place, method: str, path: str, content: bytes | None, status: int, code: str
) -> None:
    reply = Web(place.node).ask(method, path, content=content, headers=JSON)
    assert (reply.status_code, code_of(reply)) == (status, code)


def test_another_version_of_the_protocol_is_told_which_ones_are_spoken(place: Place) -> None:
    reply = Web(place.node).ask("GET", routes.HELLO, headers={routes.H_WIRE: "2"})
    assert (reply.status_code, code_of(reply)) == (426, "wire-version")
    assert (reply.json()["wire_min"], reply.json()["wire_max"]) == (1, 1)


def test_a_database_in_trouble_says_try_later_and_the_log_says_no_names(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    laptop = place.laptop()
    laptop.register()
    web = Web(place.node, laptop).sign_in()

    def full(*_: object) -> None:
        raise OperationalError("INSERT Yuleidy", {}, Exception("disk full Yuleidy"))

    monkeypatch.setattr(ledger, "append", full)
    with caplog.at_level(logging.INFO):
        reply = web.send(laptop.batch())
    assert (reply.status_code, code_of(reply), reply.headers["retry-after"]) == (503, "busy", "5")
    assert "OperationalError" in caplog.text and "Yuleidy" not in caplog.text
    monkeypatch.undo()
    assert web.send(laptop.batch()).status_code == 200


def test_a_fault_of_ours_is_a_problem_with_a_reference_and_no_names(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    laptop = place.laptop()
    laptop.register()
    web = Web(place.node, laptop).sign_in()

    def broken(*_: object) -> None:
        raise KeyError("Yuleidy")

    monkeypatch.setattr(ledger, "append", broken)
    with caplog.at_level(logging.INFO):
        reply = web.send(laptop.batch())
    assert (reply.status_code, code_of(reply)) == (500, "internal")
    assert reply.json()["detail"].rpartition(" ")[2].rstrip(".") in caplog.text
    assert "Yuleidy" not in caplog.text + reply.text
