"""A child who came without an adult takes the protection route: as little as possible is written (DP-04).

Her good comes first (Ley 1098 de 2006, art. 8 and 9): nobody has to authorise before she is helped, and
nothing is asked that only makes her easier to find.
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.birth import age_on, is_adult, parse_birth
from fairclient.store.queries import reference
from sync.wire.attendee import Attendee

_CHILDREN = "PRO-CP"
"""The sector of child protection (RMRP); of a service."""

_PROTECTION = "PRO"


def check_child(child: Attendee, today: date) -> None:
    """Raise BadInput for somebody who is of age: the route isn't hers."""
    if is_adult(child.birth_date, today):
        raise BadInput(
            _("Es mayor de edad: no va por la ruta de niñas, niños y adolescentes."),
            _("No se guardó nada de esta persona."),
            _("Revise la fecha de nacimiento, o siga con el registro de siempre."),
            code="adult-unaccompanied",
        )


def least(child: Attendee, today: date) -> Attendee:
    """A first name, the sex, and the age instead of the day of birth."""
    born = {}
    if child.birth_date is not None:
        age = parse_birth(str(age_on(child.birth_date, today)), today)
        born = {"birth_date": age.day, "birth_estimated": True}
    return Attendee(
        given_names=(child.given_names.split() or [""])[0],
        sex=child.sex,
        profile=child.profile,
        language=child.language,
        unaccompanied=True,
        **born,
    )


def protection_services(session: Session) -> tuple[str, ...]:
    """The code of the service that takes care of children alone; none where the fair has no such desk.

    Child protection before any other protected service of the sector of protection.
    """
    offered = [service for _id, service in reference.services(session)]
    children = [service.code for service in offered if service.sector == _CHILDREN]
    others = [
        service.code for service in offered if service.sensitive and service.sector.startswith(_PROTECTION)
    ]
    return tuple((children or others)[:1])
