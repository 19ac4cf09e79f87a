"""The fair, its services, desks, stations and operators: what the centre wrote and laptops read all day.

They change rarely, so each is read once and remembered until a batch brings new ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session

from fairclient.base.errors import HomeMissing
from fairclient.base.words import _
from fairclient.store.queries.rows import facts
from fairclient.store.sessions import identity_of, remembered
from sync.wire.desk import Desk
from sync.wire.fact import Fact
from sync.wire.fair import Fair
from sync.wire.operator import Operator
from sync.wire.service import Service
from sync.wire.station import Station

F = TypeVar("F", bound=Fact)


def fair(session: Session) -> Fair:
    """The fair of this station. HomeMissing while its data have not come from the centre."""
    found = dict(_all(session, Fair)).get(identity_of(session).fair)
    if found is None:
        raise HomeMissing(
            _("Los datos de la feria aún no han llegado a este equipo."),
            _("La inscripción está guardada."),
            _("Conéctese a la red y sincronice."),
            code="fair-missing",
        )
    return found


def fairs(session: Session) -> list[tuple[str, Fair]]:
    """This station's fair (id, fair), or nothing while its data have not come."""
    return _sorted(session, Fair, lambda fair: (fair.code,))


def services(session: Session) -> list[tuple[str, Service]]:
    """The fair's services (id, service) in their order."""
    return _sorted(session, Service, lambda service: (service.order, service.code))


def sensitive_codes(session: Session) -> frozenset[str]:
    """The codes of the fair's protected services."""
    return frozenset(service.code for _id, service in services(session) if service.sensitive)


def desks(session: Session) -> list[tuple[str, Desk]]:
    """The fair's desks (id, desk) in their order."""
    return _sorted(session, Desk, lambda desk: (desk.order, desk.letter))


def letters(session: Session) -> dict[str, str]:
    """The letter of the first desk that gives each service, by the service's code."""
    return {service: desk.letter for _id, desk in reversed(desks(session)) for service in desk.services}


def stations(session: Session) -> list[tuple[str, Station]]:
    """The enrolled laptops (id, station), the revoked ones too."""
    return _sorted(session, Station, lambda station: (station.point, station.name))


def operators(session: Session) -> list[tuple[str, Operator]]:
    """Who works at the fair (id, operator), the revoked ones too."""
    return _sorted(session, Operator, lambda operator: (operator.name,))


def operator(session: Session, operator_id: str) -> Operator | None:
    """One operator of the roster, or None."""
    return dict(_all(session, Operator)).get(operator_id)


def _sorted(session: Session, kind: type[F], key: Callable[[F], tuple[object, ...]]) -> list[tuple[str, F]]:
    return sorted(_all(session, kind), key=lambda pair: (*key(pair[1]), pair[0]))


def _all(session: Session, kind: type[F]) -> tuple[tuple[str, F], ...]:
    known = remembered(session)
    if kind not in known:
        fair_id = identity_of(session).fair
        known[kind] = tuple(
            (kept.subject, fact) for kept, fact in facts(session, kind, "fair = ?", (fair_id,))
        )
    found: tuple[tuple[str, F], ...] = known[kind]
    return found
