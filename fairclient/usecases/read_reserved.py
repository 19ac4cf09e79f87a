"""Read what is sensitive about a person: for focal points only, and written down first (DP-15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fairclient.base.errors import BadInput, Unauthorised
from fairclient.base.words import _
from fairclient.domain.questions import QUESTIONS
from fairclient.domain.reserved import READERS, told_in_reserve
from fairclient.store.queries.rows import one
from fairclient.store.reserved_reads import write_down
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee

EXPORT = "export"
"""The section of a reading that takes everything, for the person herself."""


def reserved_sections(fields: Iterable[str]) -> tuple[str, ...]:
    """The sections of the form in which these reserved fields are asked, in order."""
    wanted = set(fields)
    found = (asked.section for asked in QUESTIONS if asked.sensitive and asked.key in wanted)
    return tuple(dict.fromkeys(found))


def read_reserved(place: Workplace, attendee: str, section: str) -> dict[str, Any]:
    """Return the sensitive answers of one section of the form, by field; who read them is kept.

    Raises Unauthorised, or BadInput where the person isn't known here.
    """
    require_reader(place)
    with place.store.write(author=place.operator.id) as work:
        found = one(work.session, Attendee, attendee)
        if found is None:
            raise BadInput(
                _("Esta persona no está en este equipo."),
                do=_("Sincronice, o búsquela en el equipo donde se registró."),
                code="unknown-person",
            )
        now = place.clock.now_ms()
        write_down(work.session.connection(), place.operator.id, attendee, (section,), now)
        fact = found[1]
        dumped = fact.model_dump(mode="json")
        asked = {one_.key for one_ in QUESTIONS if one_.section == section and one_.sensitive}
        return {name: dumped[name] for name in sorted(asked & told_in_reserve(fact))}


def require_reader(place: Workplace) -> None:
    """Refuse whoever may not read what is sensitive. Raises Unauthorised."""
    if place.operator.roles.isdisjoint(READERS):
        raise Unauthorised(
            _("Lo reservado solo lo lee el punto focal de protección."),
            _("No se mostró nada."),
            _("Para cambiar una respuesta, pregúntela de nuevo en «Corregir»."),
            code="reserved",
        )
