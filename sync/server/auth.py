"""Sessions without state: a challenge that the station's key signs, then a token; both are HMACs."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from sync.server import admission, renewal, roster
from sync.server.node import Node
from sync.wire import signing
from sync.wire.messages import SessionReply, SessionRequest
from sync.wire.problem import WireError

CHALLENGE_SECONDS: Final = 120
TOKEN_SECONDS: Final = 3600
_SCHEME: Final = "bearer "


def challenge(node: Node) -> str:
    """Return a text that only this server can have made, good for `CHALLENGE_SECONDS` by its own clock."""
    return _stamp(node, "challenge", secrets.token_hex(16), CHALLENGE_SECONDS)


def check_challenge(node: Node, given: str) -> None:
    """Take a challenge that this server gave a moment ago.

    Raises:
        WireError: `unauthorised`.
    """
    _checked(node, "challenge", given)


def open_session(node: Node, request: SessionRequest) -> SessionReply:
    """Give a token to a station that signed a challenge of ours.

    Raises:
        WireError: `unauthorised`, `unknown-station`, `revoked`, `bad-signature`, or what `_join` raises.
    """
    check_challenge(node, request.challenge)
    with node.database.glance() as connection:
        stations = roster.enrolments(connection, node, request.station)
    station = stations[0]
    message = signing.challenge_message(node.server, request.station, request.challenge)
    if not signing.check(station.public_key, bytes.fromhex(request.signature), message):
        raise WireError("bad-signature", "The challenge was not signed with the station's key.")
    if not node.is_centre:
        _join(node, request)
    renewal.renew(node, stations)
    token = _stamp(node, "token", request.station, TOKEN_SECONDS)
    return SessionReply(token=token, expires_in=TOKEN_SECONDS)


def _join(node: Node, request: SessionRequest) -> None:
    """Let a station in that joined before, that brings the hub's code, or on whose machine the hub runs.

    Raises:
        WireError: `not-joined`, `code-unknown` or `code-expired`.
    """
    if node.host is not None and node.host.station == request.station:
        return
    with node.database.glance() as connection:
        if admission.is_admitted(connection, request.station):
            return
    if not request.code:
        raise WireError("not-joined")
    now = node.now_ms()
    node.admission.check(request.code, now)
    with node.database.write() as connection:
        admission.admit(connection, request.station, now)


def caller(node: Node, authorization: str | None) -> str:
    """Return the station whose token a request carries; whether it may still write is asked elsewhere.

    Raises:
        WireError: `unauthorised`.
    """
    given = authorization or ""
    if given[: len(_SCHEME)].lower() != _SCHEME:
        raise WireError("unauthorised")
    return _checked(node, "token", given[len(_SCHEME) :].strip())


def _stamp(node: Node, purpose: str, content: str, seconds: int) -> str:
    ends = node.now_ms() + seconds * 1000
    return f"{content}.{ends:x}.{_mac(node, purpose, content, f'{ends:x}')}"


def _checked(node: Node, purpose: str, text: str) -> str:
    content, _, rest = text.partition(".")
    ends, _, mac = rest.partition(".")
    genuine = hmac.compare_digest(_mac(node, purpose, content, ends).encode(), mac.encode("utf-8", "replace"))
    if not genuine or node.now_ms() > int(ends, 16):
        raise WireError("unauthorised")
    return content


def _mac(node: Node, purpose: str, content: str, ends: str) -> str:
    message = f"{purpose}\n{node.server}\n{content}\n{ends}".encode("utf-8", "replace")
    return hmac.digest(node.keys.secret, message, "sha256").hex()
