"""Notes of protection desks: sealed for the focal points of the fair, read by nobody else.

No registrar, supervisor or administrator of a server can open them (data protection requirement DP-17): what
the journal, the stick and the server hold is an age file for the keys of the focal points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from fairclient.base.clock import moment
from fairclient.base.errors import BadInput, Unauthorised
from fairclient.base.words import _
from fairclient.store import operator_keys, sealing
from fairclient.store.queries import reference
from fairclient.store.queries import sealed as sealed_queries
from fairclient.store.queries.rows import one
from fairclient.store.reserved_reads import write_down
from fairclient.usecases.permission import access_holds
from fairclient.usecases.reserved import ROLE
from fairclient.usecases.workplace import Workplace
from sync.wire.referral import Referral
from sync.wire.sealed import Sealed

SECTION = "notes"
"""What was read, in the list of who read what is sensitive."""
_MOST_RECIPIENTS = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Note:
    """A note: who wrote it and when; ``text`` is None where it wasn't sealed for the operator at work."""

    author: str
    at: datetime
    text: str | None


def seal_note(place: Workplace, referral: str | None, text: str) -> str:
    """Write a note about a referral, sealed for every focal point of the fair, and return its id.

    Raises Unauthorised for anybody but a focal point, or BadInput for an empty or too long note, and for a
    referral that has not come here.
    """
    place.require(ROLE)
    words = _CONTROL.sub("", text).strip()
    if referral is None:
        raise BadInput(
            _("Esta ficha aún no ha llegado a este equipo: la nota no tendría a qué unirse."),
            _("Lo escrito sigue en la pantalla."),
            _("Sincronice (F6) y guárdela después."),
            code="unknown-referral",
        )
    if not words or len(words) > sealing.LONGEST:
        raise BadInput(
            _("La nota está vacía.") if not words else _("La nota es muy larga."),
            _("Lo escrito sigue en la pantalla."),
            _("Escriba entre 1 y {n} caracteres.").format(n=sealing.LONGEST),
            code="bad-note",
        )
    with place.store.write(author=place.operator.id) as work:
        today = place.clock.today(reference.fair(work.session).time_zone)
        recipients = _recipients(place, work.session, today)
        content = sealing.seal(words, recipients)
        return work.create(Sealed(about=referral, recipients=recipients, content=content))


def read_notes(place: Workplace, referral: str | None) -> tuple[Note, ...]:
    """Open the notes about a referral, in memory only, with the key of the focal point at work.

    Who read them is written down first (DP-15). Raises Unauthorised for anybody else.
    """
    if ROLE not in place.operator.roles:
        raise Unauthorised(
            _("Estas notas son solo para el punto focal de protección."),
            _("No se abrió ninguna."),
            _("Pida a esa persona que entre en este equipo con su contraseña."),
            code="reserved",
        )
    if referral is None:
        return ()
    with place.store.write(author=place.operator.id) as work:
        names = {operator_id: operator.name for operator_id, operator in reference.operators(work.session)}
        found = sealed_queries.notes_about(work.session, referral)
        about = one(work.session, Referral, referral)
        if found and about is not None:
            connection, now = work.session.connection(), place.clock.now_ms()
            write_down(connection, place.operator.id, about[1].attendee, (SECTION,), now)
    return tuple(
        Note(names.get(note.author, ""), moment(note.at_ms), sealing.unseal(note.content, place.operator.key))
        for note in found
    )


def _recipients(place: Workplace, session: Session, today: date) -> tuple[str, ...]:
    """Who can open a note: the one who writes it, and the focal points whose access holds, on any laptop."""
    keys = operator_keys.believed(session.connection())
    others = [
        key.age_recipient
        for operator_id, operator in reference.operators(session)
        if ROLE in operator.roles and access_holds(operator, today)
        for key in keys[operator_id]
        if key.age_recipient and sealing.is_recipient(key.age_recipient)
    ]
    own = sealing.recipient_of(place.operator.key)
    return tuple(dict.fromkeys((own, *others)))[:_MOST_RECIPIENTS]
