"""Around every request: the body is bounded, our headers are on the reply, no fault gets out raw."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.server.web import problems
from sync.server.web.gate import Gate, Passing
from sync.wire import routes
from sync.wire.problem import WireError
from sync.wire.version import MAX, MIN

BODY_SECONDS: Final = 600
"""A body must have come by then: 1 MiB at the 2 kB/s of a bad day."""
DISCARD: Final = 8 * routes.MAX_REQUEST
"""Bytes of a body that is too large which are still read, so that its sender gets to hear the answer."""
_ECHO_LENGTH: Final = 128
_WIRE, _ECHO = routes.H_WIRE.lower(), routes.H_ECHO.lower()
_OURS: Final = frozenset({_WIRE.encode(), _ECHO.encode(), b"cache-control", b"x-content-type-options"})


class Envelope:
    """ASGI middleware, the outermost of ours."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        reply = _Reply(send, headers_of(scope))
        try:
            await self._let_in(scope, receive, reply)
        except Exception as error:
            if not reply.started:
                await problems.of(error)(scope, receive, reply.send)
        finally:
            self._gate.count(scope, reply.passing)

    async def _let_in(self, scope: Scope, receive: Receive, reply: _Reply) -> None:
        _check_version(reply.asked)
        self._gate.admit(scope, reply.asked)
        try:
            body = await _read_in_time(receive)
            reply.passing.bytes_in = len(body)
            await self._app(scope, _replay(body, receive), reply.send)
        finally:
            self._gate.leave(scope)


class _Reply:
    """The reply to one request, with our headers put on as it goes out."""

    def __init__(self, send: Send, asked: Mapping[str, str]) -> None:
        self.asked = asked
        self.passing = Passing()
        self.started = False
        self._send = send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            self.passing.status = message["status"]
            others = [header for header in message["headers"] if header[0] not in _OURS]
            message["headers"] = [*others, *self._ours()]
        self.passing.bytes_out += len(message.get("body", b""))
        await self._send(message)

    def _ours(self) -> list[tuple[bytes, bytes]]:
        ours = [
            (_WIRE.encode(), str(spoken(self.asked)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ]
        echo = self.asked.get(_ECHO, "")
        if 0 < len(echo) <= _ECHO_LENGTH:
            ours.append((_ECHO.encode(), echo.encode("latin-1")))
        return ours


def headers_of(scope: Scope) -> dict[str, str]:
    """Return a request's headers by their names in lower case; the first of each counts."""
    return {name.decode("latin-1"): text.decode("latin-1") for name, text in reversed(scope["headers"])}


def spoken(asked: Mapping[str, str]) -> int:
    """Return the version in which a request is answered: its own where we speak it, else our latest."""
    named = asked.get(_WIRE, "")
    readable = named.isascii() and named.isdigit() and len(named) < 6 and MIN <= int(named) <= MAX
    return int(named) if readable else MAX


def _check_version(asked: Mapping[str, str]) -> None:
    """Refuse a request written in a version that we don't read; one that names none is read as ours."""
    if asked.get(_WIRE, str(MAX)) != str(spoken(asked)):
        raise WireError("wire-version", f"This server reads versions {MIN} to {MAX} of the protocol.")


async def _read_in_time(receive: Receive) -> bytes:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _read(receive)
    except TimeoutError as error:
        raise WireError("garbled", f"The request did not arrive within {BODY_SECONDS} seconds.") from error


async def _read(receive: Receive) -> bytes:
    """Return the body of a request.

    Raises:
        WireError: `too-large`.
    """
    chunks: list[bytes] = []
    size = 0
    more = True
    while more and size <= DISCARD:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise WireError("garbled", "The request was cut short.")
        more = message.get("more_body", False)
        size += len(message.get("body", b""))
        if size > routes.MAX_REQUEST:
            chunks.clear()
        else:
            chunks.append(message.get("body", b""))
    if size > routes.MAX_REQUEST:
        raise WireError("too-large", f"A request holds at most {routes.MAX_REQUEST} bytes.")
    return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a channel that gives the body that was read, then goes on with the real one."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
