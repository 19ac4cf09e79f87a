"""The engine's transport over HTTP(S): one method for each route of the protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Self, TypeVar
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ValidationError

from sync.client.address import check_address
from sync.client.channel import USUAL, Channel, Reply, Request, Timeouts
from sync.client.greeting import check_server
from sync.client.traffic import Traffic
from sync.client.trouble import Trouble, version_trouble
from sync.wire import batch as wire_batch
from sync.wire import compression, problem, routes, signing, version
from sync.wire.batch import Batch
from sync.wire.heads import Heads
from sync.wire.journal import JournalId
from sync.wire.messages import (
    HeadsReply,
    HeadsRequest,
    Hello,
    Problem,
    ReceiptsReply,
    ReceiptsRequest,
    SessionReply,
    SessionRequest,
    WaitReply,
)
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt

MessageT = TypeVar("MessageT", bound=BaseModel)
_COMPRESSION = "zstd"
_MAX_WAIT_S = 24 * 3600


class HttpTransport:
    """A line to one server for one station. Not for two threads at once; close it after use."""

    def __init__(
        self,
        url: str,
        station: str,
        key: Ed25519PrivateKey,
        server_public_key: bytes,
        *,
        authority: str = "",
        fingerprint: str = "",
        code: str = "",
        traffic: Traffic | None = None,
        timeouts: Timeouts = USUAL,
        channel: Channel | None = None,
    ) -> None:
        """Prepare a line; nothing is sent yet.

        `server_public_key` is the key that was pinned at enrolment; `authority` the only one (or the very
        certificate) that TLS trusts, as PEM; `fingerprint` instead the SHA-256 of a hub's certificate,
        `code` what lets this station join that hub. `traffic` counts what is carried. `channel` takes the
        place of the one that would be made.

        Raises:
            Trouble: `address`, `plain` or `authority`.
        """
        self._channel = channel or Channel(
            check_address(url),
            authority=authority,
            fingerprint=fingerprint,
            traffic=traffic,
            timeouts=timeouts,
        )
        self._station = station
        self._key = key
        self._server_key = server_public_key
        self._code = code
        self._token = ""
        self._wire = version.MAX

    @property
    def server_key(self) -> bytes:
        """The pinned key of the server."""
        return self._server_key

    @property
    def clock_offset_s(self) -> float | None:
        """Seconds that the server's clock is ahead of this machine's; None before any reply."""
        return self._channel.clock_offset_s

    def close(self) -> None:
        """Close the connections."""
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hello(self) -> Hello:
        """Ask who is there."""
        return say_hello(self._channel)

    def open_session(self, hello: Hello) -> None:
        """Prove to be the station; from here on the version that both ends speak is used."""
        self._wire = version.common(hello.wire_min, hello.wire_max) or version.MAX
        message = signing.challenge_message(hello.server, self._station, hello.challenge)
        asked = SessionRequest(
            station=self._station,
            challenge=hello.challenge,
            signature=self._key.sign(message).hex(),
            code=self._code,
        )
        reply = answered(self._channel.exchange(posted(routes.SESSION, asked, self._wire)), routes.JSON)
        self._token = read_message(SessionReply, reply).token

    def heads(self, heads: Heads, acknowledged: Mapping[str, int]) -> HeadsReply:
        """Compare heads."""
        asked = HeadsRequest(heads=heads, acknowledged=dict(acknowledged))
        return read_message(
            HeadsReply, self._authorised(posted(routes.HEADS, asked, self._wire), routes.JSON)
        )

    def hand_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Hand the centre's receipts to a hub."""
        asked = ReceiptsRequest(receipts=tuple(receipts))
        reply = self._authorised(posted(routes.RECEIPTS, asked, self._wire), routes.JSON)
        read_message(ReceiptsReply, reply)

    def wait(self, after: str, seconds: int) -> str:
        """Wait until the server's mark is another than `after`, or the time is over; return the mark.

        Raises:
            Trouble: as for everything else.
        """
        path = f"{routes.WAIT}?{urlencode({'after': after, 'seconds': seconds})}"
        reply = self._authorised(Request("GET", path, accept=routes.JSON, wire=self._wire), routes.JSON)
        return read_message(WaitReply, reply).mark

    def cut(self) -> None:
        """End whatever is under way at once; called from another thread."""
        self._channel.cut()

    def send(self, batch: Batch) -> Receipt:
        """Hand over a batch."""
        request = Request(
            "POST",
            routes.BATCHES,
            accept=routes.JSON,
            body=compression.compress(wire_batch.encode(batch, self._wire), _COMPRESSION),
            media=routes.BATCH,
            headers={routes.H_COMPRESSION: _COMPRESSION},
            wire=self._wire,
        )
        if len(request.body) > routes.MAX_REQUEST:
            raise Trouble("too-large", f"The batch takes {len(request.body)} bytes when packed.")
        return read_message(Receipt, self._authorised(request, routes.JSON))

    def fetch(self, journal: JournalId, after: int) -> Batch:
        """Ask for the batch that follows entry `after`."""
        path = f"{routes.batch_of(*journal)}?after={after}"
        headers = {routes.H_COMPRESSION: _COMPRESSION}
        request = Request("GET", path, accept=routes.BATCH, headers=headers, wire=self._wire)
        reply = self._authorised(request, routes.BATCH)
        method = reply.headers.get(routes.H_COMPRESSION, "identity")
        try:
            raw = compression.decompress(reply.body, method, wire_batch.MAX_READ_BYTES)
            return wire_batch.decode(raw)
        except WireError as error:
            raise Trouble(error.code, error.detail) from error

    def _authorised(self, request: Request, media: str) -> Reply:
        """Exchange with the token; one that is missing or over is replaced once."""
        try:
            if not self._token:
                raise Trouble("unauthorised")
            return answered(self._channel.exchange(self._with_token(request)), media)
        except Trouble as trouble:
            if trouble.code != "unauthorised":
                raise
        hello = self.hello()
        check_server(hello, self._server_key)
        self.open_session(hello)
        return answered(self._channel.exchange(self._with_token(request)), media)

    def _with_token(self, request: Request) -> Request:
        headers = {**(request.headers or {}), "Authorization": f"Bearer {self._token}"}
        return Request(
            request.method, request.path, request.accept, request.body, request.media, headers, self._wire
        )


def say_hello(channel: Channel) -> Hello:
    """Ask who is at the end of a channel, and check that whoever answers holds the key that it names.

    Raises:
        Trouble: `stranger` where it does not: a greeting that somebody recorded or made up.
    """
    request = Request("GET", routes.HELLO, accept=routes.JSON, wire=version.MAX)
    reply = channel.exchange(request)
    shared = _shared_version(reply)
    if shared is not None:  # an older server refused the version that we speak best
        reply = channel.exchange(replace(request, wire=shared))
    hello = read_message(Hello, answered(reply, routes.JSON, any_version=True))
    if not hello.verify(reply.echo):
        raise Trouble("stranger", "What answers could not prove to be the server that it claims to be.")
    return hello


def _shared_version(reply: Reply) -> int | None:
    """Return the version in which to ask again, where a server refused ours and both speak another."""
    if reply.media != routes.PROBLEM:
        return None
    told = read_message(Problem, reply)
    if told.code != "wire-version" or told.wire_min is None or told.wire_max is None:
        return None
    return version.common(told.wire_min, told.wire_max)


def posted(path: str, message: BaseModel, wire: int = version.MAX) -> Request:
    """Return the request that posts a JSON message."""
    body = message.model_dump_json().encode()
    return Request("POST", path, accept=routes.JSON, body=body, media=routes.JSON, wire=wire)


def answered(reply: Reply, media: str, *, any_version: bool = False) -> Reply:
    """Return the reply if it is the good answer that was asked for.

    Raises:
        Trouble: the problem that the server states, `garbled` for anything else, or who must be updated.
    """
    if reply.media == routes.PROBLEM:
        raise _stated(reply)
    if not any_version and not version.MIN <= reply.wire <= version.MAX:
        raise version_trouble(reply.wire, reply.wire)
    if reply.status not in (200, 201) or reply.media != media:
        raise Trouble("garbled", f"The server answered {reply.status} with {reply.media}.")
    return reply


def read_message(kind: type[MessageT], reply: Reply) -> MessageT:
    """Read the JSON message of a reply.

    Raises:
        Trouble: `garbled`.
    """
    try:
        return kind.model_validate_json(reply.body)
    except ValidationError:
        pass  # and not chained below: the library's message quotes what was in the reply
    raise Trouble("garbled", f"The reply is not a readable {kind.__name__}.")


def _stated(reply: Reply) -> Trouble:
    """Return the trouble that a problem document means; a code of a newer version is sorted by its status."""
    told = read_message(Problem, reply)
    if told.code == "wire-version":
        return version_trouble(told.wire_min, told.wire_max)
    code = told.code
    if code not in problem.CODES:
        code = "busy" if reply.status >= 500 or reply.status == 429 else "not-understood"
    wait = reply.retry_after
    if told.retry_after is not None:
        wait = float(min(max(0, told.retry_after), _MAX_WAIT_S))
    detail = "".join(sign for sign in told.detail[:300] if sign.isprintable())
    return Trouble(code, detail, retry_after=wait, expected=told.expected)
