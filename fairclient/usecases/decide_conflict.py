"""Decide which of two values stands that laptops wrote without knowing of each other: a later entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store.queries.person import choices
from fairclient.usecases.move_to_household import known
from fairclient.usecases.workplace import Workplace


def decide_conflict(place: Workplace, attendee: str, decided: Mapping[str, Any]) -> None:
    """Write, for each field of a person that is open, the value that a person chose among those kept.

    The entry has seen all values, so nothing is open after it, on any laptop. What is reserved is never
    chosen from a list: it is asked again.

    Raises Unauthorised, or BadInput where a field isn't open (any more) or the value isn't one of its own.
    """
    place.require("registrar", "supervisor")
    with place.store.write(author=place.operator.id) as work:
        kept, _person = known(work, attendee)
        kept_values = choices(work.session, attendee)
        if not decided or any(value not in kept_values.get(field, ()) for field, value in decided.items()):
            raise BadInput(
                _("Ese dato ya no tiene dos valores: alguien lo decidió, o llegó otro."),
                _("No se cambió nada."),
                _("Mire otra vez la ficha de la persona."),
                code="nothing-to-decide",
            )
        work.change("attendee", attendee, dict(decided), base=kept.revision)
