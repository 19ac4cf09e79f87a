"""A supervisor asks for an enrolment code from her laptop: what she may give, and proof that it is she."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final, get_args

from sqlalchemy import text

from sync.server import auth, enrolment, roster
from sync.server.enrolment import Grant
from sync.server.node import Node
from sync.server.roster import Author
from sync.wire import signing
from sync.wire.messages import CodeReply, CodeRequest
from sync.wire.operator import Role
from sync.wire.problem import WireError

MINUTES: Final = 10
_ASKERS: Final = frozenset({"supervisor", "administrator"})
_COMMON: Final = frozenset({"registrar", "desk"})
"""What any supervisor may let somebody be, whatever she is besides."""
_FAIR: Final = text("SELECT name FROM fair WHERE fair = :fair")


def give(node: Node, station: str, asked: CodeRequest) -> CodeReply:
    """Make a code for the laptop beside hers. Nobody gives a role that she doesn't hold.

    Raises:
        WireError: `forbidden` (at a hub; another fair; not her role to give), `revoked`, `unknown-author`,
            `revoked-author`, `unauthorised` (an old challenge), or `bad-signature`.
    """
    if not node.is_centre:
        raise WireError("forbidden", "A hub enrols nobody: the code comes from the centre.")
    auth.check_challenge(node, asked.challenge)
    with node.database.write() as connection:
        roster.active(connection, node, station, asked.fair)
        known = roster.authors(connection, asked.fair, [asked.operator])
        _check(node, station, asked, known.get(asked.operator))
        code, _expires = enrolment.new_code(
            connection, node, Grant(asked.fair, asked.roles, asked.scope), MINUTES
        )
        name = connection.execute(_FAIR, {"fair": asked.fair}).scalar_one_or_none() or ""
    return CodeReply(code=code, fair=name, minutes=MINUTES)


def _check(node: Node, station: str, asked: CodeRequest, who: Author | None) -> None:
    if who is None:
        raise WireError("unknown-author")
    if who.revoked or _ran_out(node, who.valid_until):
        raise WireError("revoked-author")
    signature = bytes.fromhex(asked.signature)
    message = asked.signed_part(node.server, station)
    if not any(signing.check(key, signature, message) for key in who.keys):
        raise WireError("bad-signature", "The request was not signed with the supervisor's key.")
    everything = frozenset(get_args(Role))
    hers = everything if "administrator" in who.roles else who.roles | _COMMON
    if not _ASKERS & who.roles or not hers.issuperset(asked.roles):
        raise WireError("forbidden", "It is not hers to give these roles.")


def _ran_out(node: Node, valid_until: str) -> bool:
    today = datetime.fromtimestamp(node.now_ms() / 1000, UTC).date()
    return bool(valid_until) and date.fromisoformat(valid_until) < today
