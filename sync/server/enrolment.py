"""Enrolment: one-time codes that let a laptop become a station of a fair."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, text, update
from uuid_utils import uuid7

from sync.server import reference, renewal
from sync.server.database.tables.base import table_of
from sync.server.database.tables.enrolment import EnrolmentCode
from sync.server.node import Node
from sync.server.reference import Statement
from sync.wire import enrolment_code, signing
from sync.wire.fact import Fact
from sync.wire.messages import EnrolReply, EnrolRequest
from sync.wire.operator import Operator, Role
from sync.wire.problem import WireError
from sync.wire.station import Scope, Station

_CODES = table_of(EnrolmentCode)
_POINTS = text("SELECT point FROM station WHERE fair = :fair")


class Grant(NamedTuple):
    """What a code gives to whoever brings it first. An empty name or point is filled in at enrolment."""

    fair: str
    roles: Sequence[Role]
    scope: Scope = "fair"
    name: str = ""
    point: str = ""


def new_code(connection: Connection, node: Node, grant: Grant, minutes: float) -> tuple[str, int]:
    """Make a code of 128 random bits in Crockford's base 32; return it and when it ends (Unix ms)."""
    code = enrolment_code.spell(secrets.randbits(enrolment_code.BITS))
    expires = node.now_ms() + int(minutes * 60_000)
    row = {
        "digest": _digest(enrolment_code.tidy(code)),
        "fair": grant.fair,
        "name": grant.name,
        "point": grant.point,
        "roles": json.dumps(list(grant.roles)),
        "scope": grant.scope,
        "expires_ms": expires,
    }
    connection.execute(insert(_CODES), row)
    return code, expires


def enrol(node: Node, request: EnrolRequest) -> EnrolReply:
    """Make a laptop a station. The same laptop that asks again (a reply was lost) gets the same reply.

    Raises:
        WireError: `bad-signature`, `code-unknown`, `code-expired`, `code-used`, `bad-field`.
    """
    _check_keys(request)
    digest = _digest(enrolment_code.tidy(request.code))
    _look_up(node, digest)
    with node.database.write() as connection:
        row = connection.execute(select(_CODES).where(_CODES.c.digest == digest).with_for_update()).one()
        if row.reply is not None:
            if not hmac.compare_digest(row.public_key.encode(), request.public_key.encode()):
                raise WireError("code-used")
            return EnrolReply.model_validate_json(row.reply)
        if node.now_ms() > row.expires_ms:
            raise WireError("code-expired")
        grant = Grant(row.fair, json.loads(row.roles), row.scope, row.name, row.point)
        reply = _admit(connection, node, grant, request)
        values = {"public_key": request.public_key, "reply": reply.model_dump_json()}
        connection.execute(update(_CODES).where(_CODES.c.digest == digest).values(values))
        return reply


def _look_up(node: Node, digest: str) -> None:
    """Send guesses away before they can take a lock."""
    with node.database.glance() as connection:
        if connection.execute(select(_CODES.c.digest).where(_CODES.c.digest == digest)).first() is None:
            raise WireError("code-unknown")


def _check_keys(request: EnrolRequest) -> None:
    message = signing.enrolment_message(
        request.code, request.public_key, request.operator_public_key, request.operator_age_recipient
    )
    keys = bytes.fromhex(request.public_key), bytes.fromhex(request.operator_public_key)
    if any(len(key) != 32 for key in keys) or not signing.check(
        keys[0], bytes.fromhex(request.proof), message
    ):
        raise WireError(
            "bad-signature", "The laptop did not prove that it holds the key that it enrols with."
        )


def _admit(connection: Connection, node: Node, grant: Grant, request: EnrolRequest) -> EnrolReply:
    reference.lock(connection, node, grant.fair)  # two laptops must not get the same point
    point = grant.point or _free_point(connection, grant.fair)
    name = grant.name or request.station_name or f"Punto {point}"
    reply = EnrolReply(
        station=_new_id(node),
        incarnation=1,
        fair=grant.fair,
        name=name,
        point=point,
        operator=_new_id(node),
        roles=tuple(grant.roles),
        scope=grant.scope,
        server=node.server,
        server_public_key=node.keys.public_key,
    )
    until = renewal.last_day(node.now_ms())
    station = _fact(
        Station,
        name=name,
        point=point,
        public_key=request.public_key,
        scope=grant.scope,
        valid_until=until,
    )
    person = _fact(
        Operator,
        name=request.operator_name,
        roles=reply.roles,
        public_key=request.operator_public_key,
        age_recipient=request.operator_age_recipient or None,
        valid_until=until,
    )
    statements = [Statement("station", reply.station, station), Statement("operator", reply.operator, person)]
    reference.publish(connection, node, grant.fair, statements)
    return reply.signed(node.keys.signing, request.public_key)


def _fact(kind: type[Fact], **fields: object) -> Fact:
    """Build a fact from what a stranger sent.

    Raises:
        WireError: `bad-field`.
    """
    try:
        return kind.model_validate(fields)
    except ValueError as error:
        raise WireError("bad-field", f"The {kind.KIND} has a field that is not allowed.") from error


def _free_point(connection: Connection, fair: str) -> str:
    taken = set(connection.execute(_POINTS, {"fair": fair}).scalars())
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    names = letters + [first + second for first in letters for second in letters]
    free = next((name for name in names if name not in taken), None)
    if free is None:
        raise WireError("forbidden", "All registration points of this fair are taken.")
    return free


def _new_id(node: Node) -> str:
    return str(uuid7(nanoseconds=node.now_ms() * 1_000_000))


def _digest(plain: str) -> str:
    return hashlib.sha256(b"fairclient/code/1" + plain.encode()).hexdigest()
