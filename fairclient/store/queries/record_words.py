"""What a record is about in a few words, with nothing sensitive in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlmodel import Session

from fairclient.base.words import _, language
from fairclient.store.queries import reference
from fairclient.store.queries.names import short_name
from fairclient.store.queries.rows import one
from sync.wire.attendee import Attendee
from sync.wire.catalogue import KINDS
from sync.wire.service import Service


def what_of(session: Session, kind: str, subject: str) -> str:
    """A name and an initial, a turn, a service or a day; "" for what has no row here."""
    found = one(session, KINDS[kind], subject) if kind in _WORDS else None
    return "" if found is None else _WORDS[kind](session, found[1])


def _person(session: Session, fact: Any) -> str:
    found = one(session, Attendee, fact.attendee) if fact.attendee else None
    return "" if found is None else short_name(found[1])


def _service(session: Session, fact: Any) -> str:
    for _service_id, service in reference.services(session):
        if service.code == fact.service:
            return _name(service)
    return str(fact.service)


def _operator(session: Session, fact: Any) -> str:
    listed = reference.operator(session, fact.operator)
    return "" if listed is None else listed.name


def _name(service: Service) -> str:
    if service.sensitive:
        return _("ruta reservada")
    return service.name_en if language() == "en" and service.name_en else service.name_es


_WORDS: Final[dict[str, Callable[[Session, Any], str]]] = {
    "attendee": lambda session, fact: short_name(fact),
    "household": lambda session, fact: fact.name,
    "authorisation": _person,
    "visit": _person,
    "distinction": _person,
    "draft": lambda session, fact: str(fact.code),
    "referral": _service,
    "outcome": _service,
    "operator_key": _operator,
    "slip": lambda session, fact: f"{fact.turn} {fact.display_name}",
    "day_closed": lambda session, fact: f"{fact.day:%d/%m/%Y}",
}
