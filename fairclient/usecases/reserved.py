"""Protected services (GBV, children, mental health): whose eyes and hands they are for.

What stands about them on a slip or a screen is the letter of their desk; what was asked for and what was done
there is shown to operators with the role of protection only, and written by them only (data protection
requirements DP-15 and DP-17).
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from fairclient.base.errors import Unauthorised
from fairclient.base.words import _
from fairclient.store.queries import reference
from fairclient.usecases.workplace import Workplace

ROLE = "protection"


def sees_reserved(place: Workplace) -> bool:
    """Whether the operator at work may see what protected desks do."""
    return ROLE in place.operator.roles


def require_for_service(place: Workplace, session: Session, service: str) -> None:
    """Refuse to record something about a protected service for anybody but a focal point.

    Raises Unauthorised.
    """
    require_for_services(place, session, (service,))


def require_for_services(place: Workplace, session: Session, services: Iterable[str]) -> None:
    """The same for several services. Raises Unauthorised."""
    if not sees_reserved(place) and not reference.sensitive_codes(session).isdisjoint(services):
        raise Unauthorised(
            _("Esta mesa la atiende su punto focal de protección."),
            _("No se registró nada."),
            _("Pida a esa persona que entre en este equipo con su contraseña."),
            code="reserved",
        )
