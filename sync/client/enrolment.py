"""Enrolment: a one-time code makes this laptop a station, and pins the server's key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from sync.client.address import check_address
from sync.client.channel import Channel, Timeouts
from sync.client.greeting import check_server
from sync.client.http import answered, posted, read_message, say_hello
from sync.client.trouble import SHAKY, Trouble
from sync.wire import routes, signing
from sync.wire.messages import EnrolReply, EnrolRequest, Hello

_UNKNOWN_OUTCOME = SHAKY | {"garbled"}
_TRIES = 3


@dataclass(frozen=True)
class Newcomer:
    """Who asks to be enrolled. Keep `key` before asking: only the same key gets a lost reply again.

    Attributes:
        key: the laptop's new Ed25519 key.
        operator_name, operator_public_key: the first person of this laptop and their key (32 bytes).
        station_name: what to call the laptop, "" to leave it to the server.
    """

    key: Ed25519PrivateKey
    operator_name: str
    operator_public_key: bytes
    station_name: str = ""


def enrol(
    url: str,
    code: str,
    newcomer: Newcomer,
    *,
    expected_server_key: bytes | None = None,
    ca: Path | None = None,
    plain_in_tent: bool = False,
    timeouts: Timeouts = Timeouts(),
) -> EnrolReply:
    """Trade a one-time code for a station's identity, and return the server's verified reply.

    A reply that is lost on the way is asked for again at once with the same key, which gives the same reply.
    `expected_server_key` comes from the code's QR, where there is one; without it the server that answers is
    trusted, under TLS and the code.

    Raises:
        Trouble: `code-unknown`, `code-used`, `code-expired`, `bad-field` (a name), `stranger`, `old-client`,
            `old-server`, `address`, `plain`, or the network's.
    """
    channel = Channel(check_address(url, plain_in_tent=plain_in_tent), ca=ca, timeouts=timeouts)
    try:
        hello = say_hello(channel)
        check_server(hello, expected_server_key or bytes.fromhex(hello.public_key))
        reply = _ask(channel, _request(code, newcomer))
    finally:
        channel.close()
    _check(reply, hello, newcomer)
    return reply


def _request(code: str, newcomer: Newcomer) -> EnrolRequest:
    public = signing.public_bytes(newcomer.key).hex()
    operator = newcomer.operator_public_key.hex()
    tidy = code.strip()
    try:
        return EnrolRequest(
            code=tidy,
            public_key=public,
            proof=newcomer.key.sign(signing.enrolment_message(tidy, public, operator)).hex(),
            station_name=newcomer.station_name,
            operator_name=newcomer.operator_name,
            operator_public_key=operator,
        )
    except ValidationError as error:
        wrong = {str(item["loc"][0]) for item in error.errors(include_input=False)}
        if "code" in wrong:
            raise Trouble("code-unknown", "An enrolment code is not that long.") from None
        raise Trouble("bad-field", f"Not allowed: {', '.join(sorted(wrong))}.") from None


def _ask(channel: Channel, request: EnrolRequest) -> EnrolReply:
    for attempt in range(1, _TRIES + 1):
        try:
            reply = answered(channel.exchange(posted(routes.ENROL, request)), routes.JSON)
            return read_message(EnrolReply, reply)
        except Trouble as trouble:
            if trouble.code not in _UNKNOWN_OUTCOME or attempt == _TRIES:
                raise
    raise AssertionError("the last attempt returns or raises")


def _check(reply: EnrolReply, hello: Hello, newcomer: Newcomer) -> None:
    """Check that the server that greeted us signed the reply for our key."""
    same_server = (reply.server, reply.server_public_key) == (hello.server, hello.public_key)
    if not same_server or not reply.verify(signing.public_bytes(newcomer.key).hex()):
        raise Trouble("stranger", "The reply was not signed by the server that answers at this address.")
