"""Enrolment: a one-time code makes this laptop a station, and pins the server's key."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from sync.client.address import check_address
from sync.client.channel import USUAL, Channel, Request, Timeouts
from sync.client.greeting import check_server
from sync.client.http import answered, posted, read_message, say_hello
from sync.client.trouble import SHAKY, SyncProblem, Trouble
from sync.wire import routes, signing, version
from sync.wire.messages import EnrolReply, EnrolRequest, Hello

_UNKNOWN_OUTCOME = SHAKY | {"garbled"}
_TRIES = 3


class EnrolFailed(Exception):
    """The laptop was not enrolled, or the reply that says so never came.

    Attributes:
        problem: `code-unknown`, `code-used`, `code-expired`, `bad-field` (a name), `stranger`, `old-client`,
            `old-server`, `address`, `plain`, or the network's.
    """

    def __init__(self, problem: SyncProblem) -> None:
        self.problem = problem
        super().__init__(f"{problem.code}: {problem.detail}")


def enrol(
    url: str,
    code: str,
    station_key: Ed25519PrivateKey,
    operator_key: Ed25519PrivateKey,
    operator_name: str,
    station_name: str = "",
    *,
    operator_age_recipient: str = "",
    expected_server_key: bytes | None = None,
    authority: str = "",
    timeouts: Timeouts = USUAL,
) -> EnrolReply:
    """Trade a one-time code for a station's identity, and return the server's verified reply.

    A reply that is lost on the way is asked for again at once, and may be asked for again later with the same
    `station_key`: it is the same reply then. `expected_server_key` comes from the code's QR, where there is
    one; without it the server that answers is trusted, under TLS and the code. An empty `station_name` leaves
    the name to the server. Notes for the operator alone will be sealed for `operator_age_recipient`.
    `authority` is that of `HttpTransport`.

    Raises:
        EnrolFailed: with what went wrong.
    """
    try:
        request = _request(
            code, (station_key, operator_key, operator_age_recipient), operator_name, station_name
        )
        channel = Channel(check_address(url), authority=authority, timeouts=timeouts)
        with channel:
            hello = say_hello(channel)
            check_server(hello, expected_server_key or bytes.fromhex(hello.public_key))
            wire = version.common(hello.wire_min, hello.wire_max) or version.MAX
            reply = _ask(channel, posted(routes.ENROL, request, wire))
        _check(reply, hello, request.public_key)
    except Trouble as trouble:
        raise EnrolFailed(trouble.told()) from trouble
    return reply


def _request(
    code: str, keys: tuple[Ed25519PrivateKey, Ed25519PrivateKey, str], operator_name: str, station_name: str
) -> EnrolRequest:
    key, operator_key, sealed_for = keys
    tidy = code.strip()
    public, operator = signing.public_bytes(key).hex(), signing.public_bytes(operator_key).hex()
    try:
        return EnrolRequest(
            code=tidy,
            public_key=public,
            proof=key.sign(signing.enrolment_message(tidy, public, operator, sealed_for)).hex(),
            station_name=station_name,
            operator_name=operator_name,
            operator_public_key=operator,
            operator_age_recipient=sealed_for,
        )
    except ValidationError as error:
        wrong = sorted({str(item["loc"][0]) for item in error.errors(include_input=False)})
    # outside of the handler: the library's error quotes names, and must not hang on ours
    if "code" in wrong:
        raise Trouble("code-unknown", "An enrolment code is not that long.")
    raise Trouble("bad-field", f"Not allowed: {', '.join(wrong)}.")


def _ask(channel: Channel, request: Request) -> EnrolReply:
    for _attempt in range(_TRIES - 1):
        try:
            return _ask_once(channel, request)
        except Trouble as trouble:
            if trouble.code not in _UNKNOWN_OUTCOME:
                raise
    return _ask_once(channel, request)


def _ask_once(channel: Channel, request: Request) -> EnrolReply:
    return read_message(EnrolReply, answered(channel.exchange(request), routes.JSON))


def _check(reply: EnrolReply, hello: Hello, public_key: str) -> None:
    """Check that the server that greeted us signed the reply for our key."""
    same_server = (reply.server, reply.server_public_key) == (hello.server, hello.public_key)
    if not same_server or not reply.verify(public_key):
        raise Trouble("stranger", "The reply was not signed by the server that answers at this address.")
