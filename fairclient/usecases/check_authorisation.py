"""Whether somebody may authorise for somebody else: only for a child, or where the law gives her support."""

from __future__ import annotations

from datetime import date
from typing import Final

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.birth import is_adult, is_minor
from fairclient.store.queries.rows import one
from fairclient.store.unit_of_work import UnitOfWork
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation

SUPPORT: Final = "APO"
"""The relation of a support person or curator: the only one that speaks for a grown-up (Ley 1996 de 2019)."""


def check_authorisation(
    work: UnitOfWork, attendee: Attendee, authorisation: Authorisation, today: date
) -> None:
    """Refuse an authorisation that somebody gave who can't give it (DP-04, DP-05).

    Each grown-up authorises for himself; the head of a family covers only the minors whom he represents; a
    representative is a grown-up who is known here, and somebody else than the child.

    Raises BadInput.
    """
    if not (authorisation.representative or authorisation.relation or authorisation.representative_name):
        return
    if is_adult(attendee.birth_date, today) and authorisation.relation != SUPPORT:
        raise _refused(
            _("Cada persona adulta autoriza por sí misma; nadie de su familia lo hace por ella."),
            _("Léale la autorización a ella y marque su respuesta."),
            "adult-represented",
        )
    if authorisation.representative is None:
        return
    found = one(work.session, Attendee, authorisation.representative)
    if found is None or found[1].anonymous or is_minor(found[1].birth_date, today):
        raise _refused(
            _(
                "Por una niña, un niño o adolescente autoriza una persona adulta, registrada o nombrada."
            ),
            _("Elija a otra persona, o escriba el nombre y el documento de quien está presente."),
            "bad-representative",
        )


def _refused(what: str, do: str, code: str) -> BadInput:
    return BadInput(what, _("No se guardó nada de esta persona."), do, code=code)
