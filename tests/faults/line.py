"""A line between a laptop and a server's real application, in one process, on which the weather is chosen."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from fastapi import FastAPI

from sync.client.channel import Reply, Request
from sync.client.trouble import Trouble
from sync.wire import routes

Weather = Literal[
    "fine", "request lost", "reply lost", "twice", "arrives late", "reply cut", "portal", "busy", "redirected"
]
BAD: Final[tuple[Weather, ...]] = (
    "request lost", "reply lost", "twice", "arrives late", "reply cut", "portal", "busy", "redirected",
)  # fmt: skip


@dataclass
class Sky:
    """What the next requests meet, and the requests that are still in the air; no more is a fine day."""

    coming: deque[Weather] = field(default_factory=deque)
    in_the_air: list[tuple[Server, Request]] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)

    def next(self) -> Weather:
        """Take the weather of the next request."""
        weather = self.coming.popleft() if self.coming else "fine"
        self.met[weather] = self.met.get(weather, 0) + 1
        return weather

    def clear(self) -> None:
        """From here on the network works."""
        self.coming.clear()

    def land(self, which: int) -> None:
        """Deliver a request that was thought lost, if its server is there; nobody hears the reply."""
        if self.in_the_air:
            server, request = self.in_the_air.pop(which % len(self.in_the_air))
            if server.app is not None:
                server.ask(request)


class Server:
    """An application without a socket; none while it does not run. ``up`` False: nobody reaches it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.app: FastAPI | None = None
        self.up = True
        self.loop = loop

    def ask(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        """Hand one request to the application; give status, headers and body of its reply."""
        assert self.app is not None
        path, _, query = request.path.partition("?")
        asked = {"Accept": request.accept, routes.H_WIRE: str(request.wire), **(request.headers or {})}
        asked.setdefault(routes.H_ECHO, secrets.token_hex(16))
        if request.media:
            asked["Content-Type"] = request.media
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": request.method,
            "scheme": "https", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
            "root_path": "", "client": ("127.0.0.1", 1), "server": ("centre.example", 443),
            "headers": [(name.lower().encode(), value.encode()) for name, value in asked.items()],
        }  # fmt: skip
        return self.loop.run_until_complete(_answer(self.app, scope, request.body))


async def _answer(app: FastAPI, scope: dict[str, Any], body: bytes) -> tuple[int, dict[str, str], bytes]:
    status, headers, content, asked = 0, {}, bytearray(), False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:
            return {"type": "http.disconnect"}
        asked = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = {name.decode().title(): value.decode() for name, value in message["headers"]}
        else:
            content.extend(message.get("body", b""))

    await app(scope, receive, send)
    return status, headers, bytes(content)


class Line:
    """Stands where a Channel stands: each exchange meets the sky's next weather."""

    clock_offset_s: float | None = None

    def __init__(self, server: Server, sky: Sky) -> None:
        self._server = server
        self._sky = sky

    def close(self) -> None:
        """Nothing is open."""

    def exchange(self, request: Request) -> Reply:
        """Send a request and return the reply, or raise what the weather makes of it."""
        weather = self._sky.next()
        request = _marked(request)
        if not self._server.up or self._server.app is None:
            raise Trouble("refused")
        if weather in ("portal", "redirected", "busy"):
            raise Trouble(weather, retry_after=1 if weather == "busy" else None)
        if weather == "arrives late":
            self._sky.in_the_air.append((self._server, request))
        if weather in ("request lost", "arrives late"):
            raise Trouble("timeout")
        if weather == "twice":
            self._server.ask(request)
        status, headers, body = self._server.ask(request)
        if weather == "reply lost":
            raise Trouble("interrupted")
        if weather == "reply cut":
            body = body[: len(body) // 2]
        return _counted(status, headers, body, request)


def _marked(request: Request) -> Request:
    headers = {**(request.headers or {})}
    headers.setdefault(routes.H_ECHO, secrets.token_hex(16))
    return Request(
        request.method, request.path, request.accept, request.body, request.media, headers, request.wire
    )


def _counted(status: int, headers: dict[str, str], body: bytes, request: Request) -> Reply:
    """A reply that counts, by the same rule as on a real line: our mark, our echo, one of our media types."""
    media = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    lower = {name.lower(): value for name, value in headers.items()}
    echo = (request.headers or {})[routes.H_ECHO]
    assert lower.get(routes.H_ECHO.lower()) == echo
    assert media in (routes.JSON, routes.BATCH, routes.PROBLEM), media
    return Reply(status, media, int(lower[routes.H_WIRE.lower()]), _Headers(lower), body, None, echo)


class _Headers(dict[str, str]):
    """Header names in any case, as HTTP has them."""

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())
