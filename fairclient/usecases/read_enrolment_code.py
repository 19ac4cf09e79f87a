"""Reads what lets a laptop enrol: letters to type, twelve words that were dictated, or the text of a QR."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.base.errors import CodeRefused
from fairclient.base.words import _
from sync.wire import enrolment_code, enrolment_ticket
from sync.wire.problem import WireError


@dataclass(frozen=True)
class EnrolmentCode:
    """A code as the server knows it; of a QR also where the server is, its key, and the fair's name.

    ``authority`` is the only certificate authority (PEM) to be trusted there; "" for the public ones.
    """

    code: str
    address: str = ""
    server_key: bytes | None = None
    fair: str = ""
    authority: str = ""


def is_ticket(text: str) -> bool:
    """Whether this is the text of a QR, whole or cut off."""
    return text.lstrip().startswith(enrolment_ticket.PREFIX)


def read_enrolment_code(text: str) -> EnrolmentCode:
    """Read a code in any of its forms. Raises CodeRefused for words or a QR that were misread.

    Letters are taken as they are: only the server can say whether they are right.
    """
    tidy = text.strip()
    try:
        if is_ticket(tidy):
            ticket = enrolment_ticket.decode(tidy)
            key, authority = bytes.fromhex(ticket.key), ticket.authority_pem()
            return EnrolmentCode(ticket.code, ticket.address, key, ticket.fair, authority)
        if enrolment_code.are_words(tidy):
            return EnrolmentCode(enrolment_code.from_words(tidy))
    except WireError as error:
        raise _misread(is_ticket(tidy)) from error
    return EnrolmentCode(tidy)


def _misread(ticket: bool) -> CodeRefused:
    if ticket:
        return CodeRefused(
            _("El código QR de inscripción llegó cortado o dañado."),
            do=_("Escanéelo otra vez, o escriba las letras o las doce palabras que lo acompañan."),
        )
    return CodeRefused(
        _("Esas palabras no forman un código de inscripción: falta, sobra o se oyó mal alguna."),
        do=_("Pida que se las dicten otra vez, despacio. Bastan las cuatro primeras letras de cada una."),
    )
