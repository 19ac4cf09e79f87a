"""`fairserver enrolment-code`: a one-time code for a laptop, to type, to dictate or to scan."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, get_args

import qrcode
import typer
from pydantic import ValidationError
from sqlalchemy import Connection, text

from sync.server import enrolment
from sync.server.cli.options import DatabaseOption, FairOption, JsonOption, fair_id, opened, show_json
from sync.server.enrolment import Grant
from sync.server.node import Node
from sync.server.words import Refusal
from sync.wire import enrolment_ticket
from sync.wire.enrolment_code import as_words
from sync.wire.enrolment_ticket import EnrolmentTicket
from sync.wire.operator import Role
from sync.wire.problem import WireError
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
WordsOption = Annotated[bool, typer.Option("--words", help="Print it as twelve words to dictate, too.")]
AddressOption = Annotated[
    str,
    typer.Option(
        envvar="FAIRSERVER_ADDRESS", help="Where laptops find this server, for the QR: https://..."
    ),
]
QrOption = Annotated[
    Path | None,
    typer.Option(
        help="Write a QR with address, key and code to this PNG file; - shows it here. Needs --address."
    ),
]
AuthorityOption = Annotated[
    Path | None,
    typer.Option(
        envvar="FAIRSERVER_AUTHORITY",
        help="The certificate (PEM) of this server's own authority, for the QR; a public one needs none.",
    ),
]
_FAIR = text("SELECT name FROM fair WHERE fair = :fair")


def enrolment_code(
    database: DatabaseOption,
    fair: FairOption = "",
    name: NameOption = "",
    point: PointOption = "",
    roles: RolesOption = "registrar,desk,supervisor",
    scope: ScopeOption = "fair",
    minutes: MinutesOption = 10,
    words: WordsOption = False,
    address: AddressOption = "",
    authority: AuthorityOption = None,
    qr: QrOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a code that makes one laptop a station of a fair."""
    if not 0 < minutes <= MAX_MINUTES:
        raise Refusal(f"A code is good for at most {MAX_MINUTES} minutes (a week), and for more than none.")
    point = point.upper()
    _check_station(name, point)
    if qr is not None and not address:
        raise Refusal("A QR tells where this server is: give --address https://... as laptops find it.")
    with opened(database) as node, node.database.write() as connection:
        found = fair_id(connection, fair)
        grant = Grant(found, roles_named(roles), scope_named(scope), name, point)
        ticket = _ticket(address, authority, node, _name_of(connection, found)) if address else None
        code, expires_ms = enrolment.new_code(connection, node, grant, minutes)
        shown = _shown(ticket.model_copy(update={"code": code})) if ticket else ""
        if qr is not None:
            _draw(shown, qr)  # within the transaction: no code is left behind that nobody was shown
    expires = datetime.fromtimestamp(expires_ms / 1000, UTC).isoformat(timespec="seconds")
    if as_json:
        more = {"ticket": shown} if shown else {}
        show_json({"code": code, "words": as_words(code), "expires": expires, "fair": found, **more})
    elif str(qr) != "-":
        typer.echo(code)
        if words:
            typer.echo(as_words(code))


def _ticket(address: str, authority: Path | None, node: Node, fair: str) -> EnrolmentTicket:
    try:
        packed = enrolment_ticket.packed(authority.read_text(encoding="ascii")) if authority else ""
    except (OSError, ValueError) as error:
        raise Refusal(f"{authority} is no certificate in PEM that can be read.") from error
    try:
        return EnrolmentTicket(
            address=address.rstrip("/"), key=node.keys.public_key, code="-", fair=fair, authority=packed
        )
    except ValidationError as error:
        raise Refusal(f"Not an address that laptops can use: {address}") from error


def _shown(ticket: EnrolmentTicket) -> str:
    try:
        return enrolment_ticket.as_text(ticket)
    except WireError as error:
        raise Refusal(f"{error.detail} An authority with a key on an elliptic curve fits.") from error


def _name_of(connection: Connection, fair: str) -> str:
    return str(connection.execute(_FAIR, {"fair": fair}).scalar_one_or_none() or "")


def _draw(shown: str, where: Path) -> None:
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4, box_size=8)
    made.add_data(shown)
    if str(where) == "-":
        made.print_ascii(out=sys.stdout, invert=sys.stdout.isatty())
        return
    try:
        made.make_image().save(str(where))
    except (OSError, ValueError) as error:
        raise Refusal(f"The QR could not be written to {where}: {error}") from error


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
