"""Around every request: the body is bounded, our headers are on the reply, no fault gets out raw."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.server import problems
from sync.server.gate import Gate, Passing
from sync.wire import routes
from sync.wire.problem import WireError
from sync.wire.version import MAX, MIN

BODY_SECONDS: Final = 600
"""A body must have come by then: 1 MiB at the 2 kB/s of a bad day."""
DISCARD: Final = 8 * routes.MAX_REQUEST
"""Bytes of a body that is too large which are still read, so that its sender gets to hear the answer."""
_ECHO_LENGTH: Final = 128


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
        with self._gate.counted(scope) as passing:
            reply = _Reply(send, Headers(scope=scope), passing)
            try:
                await self._let_in(scope, receive, reply)
            except Exception as error:
                if not reply.started:
                    await problems.of(error)(scope, receive, reply.send)

    async def _let_in(self, scope: Scope, receive: Receive, reply: _Reply) -> None:
        _check_version(reply.asked)
        with self._gate.admitted(scope, reply.asked):
            body = await _read_in_time(receive)
            reply.passing.bytes_in = len(body)
            await self._app(scope, _replay(body, receive), reply.send)


class _Reply:
    """The reply to one request, with our headers put on as it goes out."""

    def __init__(self, send: Send, asked: Headers, passing: Passing) -> None:
        self.asked = asked
        self.passing = passing
        self.started = False
        self._send = send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            self.passing.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[routes.H_WIRE] = str(spoken(self.asked))
            headers["Cache-Control"] = "no-store"
            headers["X-Content-Type-Options"] = "nosniff"
            echo = self.asked.get(routes.H_ECHO, "")
            if 0 < len(echo) <= _ECHO_LENGTH:
                headers[routes.H_ECHO] = echo
        self.passing.bytes_out += len(message.get("body", b""))
        await self._send(message)


def spoken(asked: Headers) -> int:
    """Return the version in which a request is answered: its own where we speak it, else our latest."""
    named = asked.get(routes.H_WIRE, "")
    readable = named.isascii() and named.isdigit() and len(named) < 6 and MIN <= int(named) <= MAX
    return int(named) if readable else MAX


def _check_version(asked: Headers) -> None:
    """Refuse a request written in a version that we don't read; one that names none is read as ours."""
    if asked.get(routes.H_WIRE, str(MAX)) != str(spoken(asked)):
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
