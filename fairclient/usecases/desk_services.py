"""The services that somebody at a desk may know of: those she records, and those she can refer to."""

from __future__ import annotations

from sqlmodel import Session

from fairclient.store.queries import reference, waiting
from fairclient.usecases.reserved import sees_reserved
from fairclient.usecases.service_names import neutral_names, own_name
from fairclient.usecases.workplace import Workplace


def services_seen(place: Workplace, session: Session, letter: str) -> list[str]:
    """The codes of a desk's services that the operator may see; none without a desk."""
    given = set(waiting.services_of_desk(session, letter)) if letter else set()
    return sorted(given if sees_reserved(place) else given - reference.sensitive_codes(session))


def destinations(place: Workplace, session: Session) -> tuple[tuple[str, str], ...]:
    """What one can be referred to, as (code, name): protected services by the letter of their desk, once."""
    names = neutral_names(session)
    sees = sees_reserved(place)
    found: dict[str, str] = {}
    for _id, service in reference.services(session):
        name = own_name(service) if sees or not service.sensitive else names[service.code]
        if name not in found.values():
            found[service.code] = name
    return tuple(found.items())
