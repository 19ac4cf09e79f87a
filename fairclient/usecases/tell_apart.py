"""Decide whether two people who look alike are one: an entry, credited to whoever decided."""

from __future__ import annotations

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.usecases.workplace import Workplace
from sync.wire.distinction import Distinction


def tell_apart(place: Workplace, attendee: str, other: str, *, same: bool = False, reason: str = "") -> str:
    """Write the decision and give its id.

    Raises Unauthorised, DiskFull, or BadInput for one person told apart from herself.
    """
    place.require("registrar", "supervisor")
    if attendee == other:
        raise BadInput(
            _("Es la misma ficha: no hay dos personas que comparar."),
            _("No se cambió nada."),
            code="one-person",
        )
    with place.store.write(author=place.operator.id) as work:
        return work.create(Distinction(attendee=attendee, other=other, same=same, reason=reason))
