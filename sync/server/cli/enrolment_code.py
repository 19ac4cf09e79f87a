"""`fairserver enrolment-code`: a one-time code for a laptop."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, get_args

import typer

from sync.server import enrolment
from sync.server.cli.options import DatabaseOption, FairOption, JsonOption, fair_id, opened, show_json
from sync.server.enrolment import Grant
from sync.server.words import Refusal
from sync.wire.operator import Role
from sync.wire.station import Scope, Station

MAX_MINUTES = 7 * 24 * 60

NameOption = Annotated[
    str, typer.Option(help="The station's name; the laptop says one where this is left out.")
]
PointOption = Annotated[
    str, typer.Option(help="Its registration point, A to ZZ; the next free one where left out.")
]
RolesOption = Annotated[
    str, typer.Option(help="Of its operator, with commas: registrar, desk, supervisor, ...")
]
ScopeOption = Annotated[str, typer.Option(help="fair: sees everything of the fair. desk: no personal data.")]
MinutesOption = Annotated[float, typer.Option(help="How long the code is good for.")]


def enrolment_code(
    database: DatabaseOption,
    fair: FairOption = "",
    name: NameOption = "",
    point: PointOption = "",
    roles: RolesOption = "registrar,desk,supervisor",
    scope: ScopeOption = "fair",
    minutes: MinutesOption = 10,
    as_json: JsonOption = False,
) -> None:
    """Print a code that makes one laptop a station of a fair."""
    if not 0 < minutes <= MAX_MINUTES:
        raise Refusal(f"A code is good for at most {MAX_MINUTES} minutes (a week), and for more than none.")
    point = point.upper()
    _check_station(name, point)
    with opened(database) as node, node.database.write() as connection:
        found = fair_id(connection, fair)
        grant = Grant(found, roles_named(roles), scope_named(scope), name, point)
        code, expires_ms = enrolment.new_code(connection, node, grant, minutes)
    expires = datetime.fromtimestamp(expires_ms / 1000, UTC).isoformat(timespec="seconds")
    if as_json:
        show_json({"code": code, "expires": expires, "fair": found})
    else:
        typer.echo(code)


def _check_station(name: str, point: str) -> None:
    if point and not re.fullmatch(r"[A-Z]{1,2}", point):
        raise Refusal("A point is one or two letters, A to ZZ.")
    try:
        Station(name=name or "-", point=point or "A", public_key="")
    except ValueError as error:
        raise Refusal(
            "The station's name has more than 80 characters, or some that can't be shown."
        ) from error


def roles_named(text: str) -> list[Role]:
    """Return the roles of a list with commas, or refuse it in words."""
    known: dict[str, Role] = {role: role for role in get_args(Role)}
    wanted = [word.strip() for word in text.split(",") if word.strip()]
    wrong = [word for word in wanted if word not in known]
    if wrong or not wanted:
        raise Refusal(f"Not a role: {', '.join(wrong) or 'none given'}. Roles are: {', '.join(known)}.")
    return [known[word] for word in wanted]


def scope_named(text: str) -> Scope:
    """Return the scope of that name, or refuse it in words."""
    known: dict[str, Scope] = {scope: scope for scope in get_args(Scope)}
    if text not in known:
        raise Refusal(f"Not a scope: {text}. Scopes are: {', '.join(known)}.")
    return known[text]
