"""How services are named on screens that others can see: a protected one is only a desk's letter."""

from __future__ import annotations

from sqlmodel import Session

from fairclient.base.words import _, language
from fairclient.store.queries import reference
from sync.wire.service import Service


def own_name(service: Service) -> str:
    """The service's name in the language in use."""
    return service.name_en if language() == "en" and service.name_en else service.name_es


def neutral_names(session: Session) -> dict[str, str]:
    """The names of the fair's services by code, in their order.

    A sensitive one is called by the letter of its desk (data protection: nobody but that desk learns from a
    screen, a list or a slip what somebody asked for).
    """
    letters = reference.letters(session)
    return {
        service.code: _neutral(service, letters.get(service.code, ""))
        for _service_id, service in reference.services(session)
    }


def _neutral(service: Service, letter: str) -> str:
    if not service.sensitive:
        return own_name(service)
    return _("Mesa {letter} (ruta reservada)").format(letter=letter) if letter else _("Ruta reservada")
