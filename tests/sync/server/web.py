"""A client that speaks the contract to the application, without a network."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from sync.server.node import Node
from sync.server.web.app import create_app
from sync.wire import batch as wire
from sync.wire import compression, routes, signing
from sync.wire.batch import Batch
from sync.wire.messages import Hello, SessionRequest
from tests.sync.server.laptop import Laptop

MARKS = {routes.H_WIRE: "1", routes.H_ECHO: "e" * 32}


@cache
def _only_application() -> FastAPI:
    return create_app(None)


def _application(node: Node) -> FastAPI:
    """Return the one application of the run, serving this node: making one takes longer than a test."""
    _only_application().state.node = node
    return _only_application()


class Web:
    """Speaks for one laptop. Every reply is checked for our marks."""

    def __init__(self, node: Node, laptop: Laptop | None = None) -> None:
        self.app = _application(node)
        self.laptop = laptop
        self.token = ""

    def ask(self, method: str, path: str, **more: Any) -> Response:
        """Send a request with our marks; `headers` are added."""
        token = {"Authorization": f"Bearer {self.token}".encode("latin-1")} if self.token else {}
        headers: dict[str, Any] = MARKS | token | more.pop("headers", {})
        reply = asyncio.run(self._ask(method, path, headers=headers, **more))
        assert reply.headers[routes.H_WIRE] == "1"
        assert reply.headers[routes.H_ECHO] == "e" * 32
        return reply

    async def _ask(self, method: str, path: str, **more: Any) -> Response:
        async with AsyncClient(transport=ASGITransport(self.app), base_url="http://centre.example") as http:
            return await http.request(method, path, **more)

    def hello(self) -> Hello:
        """Greet the server."""
        return Hello.model_validate_json(self.ask("GET", routes.HELLO).content)

    def sign_in(self) -> Web:
        """Open a session."""
        assert self.laptop
        proof = self.proof(self.hello()).model_dump_json()
        reply = self.ask("POST", routes.SESSION, content=proof, headers=JSON)
        assert reply.status_code == 200, reply.text
        self.token = reply.json()["token"]
        return self

    def proof(self, hello: Hello) -> SessionRequest:
        """Return a challenge signed by the laptop."""
        assert self.laptop
        message = signing.challenge_message(hello.server, self.laptop.station, hello.challenge)
        signature = self.laptop.key.sign(message).hex()
        return SessionRequest(station=self.laptop.station, challenge=hello.challenge, signature=signature)

    def send(self, batch: Batch, method: str = "zstd") -> Response:
        """Send a batch."""
        return self.send_raw(compression.compress(wire.encode(batch), method), method)

    def send_raw(self, content: bytes, method: str = "zstd") -> Response:
        """Send bytes as if they were a batch."""
        headers = {routes.H_COMPRESSION: method, "Content-Type": routes.BATCH}
        return self.ask("POST", routes.BATCHES, content=content, headers=headers)

    def receive(self, journal: str, after: int = 0) -> Batch:
        """Fetch what follows in a journal."""
        station, incarnation, fair = journal.split("/")
        reply = self.ask("GET", f"{routes.batch_of(station, int(incarnation), fair)}?after={after}")
        assert reply.status_code == 200, reply.text
        assert reply.headers["content-type"] == routes.BATCH
        method = reply.headers[routes.H_COMPRESSION]
        return wire.decode(compression.decompress(reply.content, method, wire.MAX_READ_BYTES))


JSON = {"Content-Type": routes.JSON}


def code_of(reply: Response) -> str:
    """Return the code of a problem, having looked that it is one."""
    assert reply.headers["content-type"] == routes.PROBLEM
    problem = reply.json()
    assert problem["status"] == reply.status_code and problem["title"]
    return str(problem["code"])
