"""Older and newer programs together: they work in the version that both speak, or say what to update."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from sync.client.channel import Channel, Reply, Request
from sync.client.greeting import check_server
from sync.client.http import HttpTransport
from sync.client.trouble import Trouble
from sync.server.web import envelope, problems
from sync.server.web.routes import hello
from sync.wire import batch as wire
from sync.wire import body, compression, routes, signing, version
from sync.wire.entry import body_digest
from sync.wire.messages import Hello, SessionReply
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import SALT, person
from tests.sync.server.web import Web, code_of


def newer(monkeypatch: pytest.MonkeyPatch, low: int, high: int) -> None:
    """Make the server one that speaks other versions."""
    for module in (envelope, hello, problems):
        monkeypatch.setattr(module, "MIN", low)
        monkeypatch.setattr(module, "MAX", high)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_newer_server_answers_an_older_laptop_in_its_version(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = place.laptop()
    laptop.register()
    newer(monkeypatch, 1, 3)
    web = Web(place.node, laptop).sign_in()  # Web looks that each reply is marked with version 1
    assert (web.hello().wire_min, web.hello().wire_max) == (1, 3)
    assert web.send(laptop.batch()).status_code == 200
    assert web.receive(str(laptop.journal)).entries == laptop.batch().entries
    assert code_of(web.ask("GET", "/v1/nothing")) == "not-found"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_server_that_dropped_the_laptops_version_says_what_to_update(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer(monkeypatch, 2, 3)
    web = Web(place.node)
    monkeypatch.setattr(web, "app", web.app)
    import asyncio

    refused = asyncio.run(web._ask("GET", routes.HELLO, headers={routes.H_WIRE: "1", routes.H_ECHO: "e"}))
    assert (refused.status_code, code_of(refused)) == (426, "wire-version")
    assert (refused.headers[routes.H_WIRE], refused.json()["wire_min"]) == ("3", 2)
    greeting = Hello(
        server=place.node.server,
        name="Central",
        tier="centre",
        wire_min=2,
        wire_max=3,
        public_key=place.node.keys.public_key,
        challenge="c",
    )
    with pytest.raises(Trouble) as caught:
        check_server(greeting, bytes.fromhex(place.node.keys.public_key))
    assert caught.value.code == "old-client"


class OldServer(Channel):
    """The other end speaks version 1 only, and keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9")
        self.asked: list[Request] = []

    def exchange(self, request: Request) -> Reply:
        """Answer a session with a token, all else with a refusal."""
        self.asked.append(request)
        token = SessionReply(token="t", expires_in=60).model_dump_json().encode()
        return Reply(200, routes.JSON, 1, {}, token, None, "e")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_newer_laptop_writes_in_the_version_of_an_older_server(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = place.laptop()
    laptop.register()
    batch = laptop.batch()
    monkeypatch.setattr(version, "MAX", 2)
    key = Ed25519PrivateKey.generate()
    greeting = Hello(
        server=place.node.server,
        name="Central",
        tier="centre",
        wire_min=1,
        wire_max=1,
        public_key=signing.public_bytes(key).hex(),
        challenge="c",
    )
    line = OldServer()
    transport = HttpTransport(
        "http://127.0.0.1:9", laptop.station, laptop.key, signing.public_bytes(key), channel=line
    )
    transport.open_session(greeting)
    with pytest.raises(Trouble):  # what comes back is no receipt
        transport.send(batch)
    assert [request.wire for request in line.asked] == [1, 1]
    first = compression.decompress(line.asked[1].body, "zstd", wire.MAX_READ_BYTES).partition(b"\n")[0]
    assert json.loads(first)["wire"] == 1


def test_what_this_version_does_not_know_is_kept_byte_for_byte(place: Place) -> None:
    laptop, other = place.laptop(), place.laptop()
    plain = json.loads(body.encode_fact(person(), SALT))
    plain["fact"]["of_a_later_version"] = {"deep": [1, "ñ", None]}
    plain["beside"] = True
    odd = json.dumps(plain, ensure_ascii=False, indent=None, separators=(", ", ": ")).encode()
    laptop.write("attendee", odd)
    unknown = b'{"fact": {"x": 1.50},  "salt":"00"}'
    laptop.write("hologram", unknown)
    web = Web(place.node, laptop).sign_in()
    receipt = web.send(laptop.batch()).json()
    assert [(one["seq"], one["code"]) for one in receipt["verdicts"]] == [(2, "unknown-kind")]
    with place.node.database.read() as connection:
        kept = connection.execute(text("SELECT body FROM entry WHERE kind IN ('attendee', 'hologram')"))
        assert [bytes(raw) for raw in kept.scalars()] == [odd, unknown]
    read = Web(place.node, other).sign_in().receive(str(laptop.journal))
    assert read.entries[0].body == odd and read.entries[1].body_digest == body_digest(unknown)
