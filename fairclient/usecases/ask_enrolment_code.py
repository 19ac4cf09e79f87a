"""Ask the centre for a code that lets the laptop beside this one enrol at the same fair."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.usecases.centre_line import centre_line
from fairclient.usecases.sync_words import refusal
from fairclient.usecases.workplace import Workplace
from sync.client.codes import CodeLine
from sync.client.trouble import Trouble
from sync.wire import enrolment_ticket
from sync.wire.enrolment_code import as_words
from sync.wire.enrolment_ticket import EnrolmentTicket
from sync.wire.operator import Role

MAY_ENROL = ("supervisor", "administrator")

WORK: tuple[Role, ...] = ("registrar", "desk")
SUPERVISE: tuple[Role, ...] = ("registrar", "desk", "supervisor")


@dataclass(frozen=True)
class AskedCode:
    """A single-use code in its three forms: to type, to dictate, to scan; good for ``minutes``."""

    code: str
    words: str
    ticket: str
    address: str
    minutes: int


def ask_enrolment_code(place: Workplace, roles: tuple[Role, ...] = WORK) -> AskedCode:
    """Have a code made for somebody with these roles. The centre has to be within reach.

    Raises Unauthorised for whoever may not, BadInput on a laptop without a centre (practice), or
    ServerUnreachable or ServerRefused in words.
    """
    place.require(*MAY_ENROL)
    identity = place.identity
    if not identity.server_url:
        raise BadInput(
            _("La feria de práctica no tiene central: a ella no se inscriben otros equipos."),
            _("No se cambió nada."),
            code="practice",
        )
    try:
        with centre_line(CodeLine, identity) as line:
            given = line.code(place.fair, place.operator.id, place.operator.key, roles)
    except Trouble as trouble:
        raise refusal(trouble.told()) from trouble
    ticket = EnrolmentTicket(
        address=identity.server_url,
        key=identity.server_public_key.hex(),
        code=given.code,
        fair=given.fair,
        authority=enrolment_ticket.packed(identity.authority),
    )
    return AskedCode(
        given.code,
        as_words(given.code),
        enrolment_ticket.as_text(ticket),
        identity.server_url,
        int(given.minutes),
    )
