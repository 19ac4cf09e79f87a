"""Correct a person's data: what was written before stays in the journal, with who changed it and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.usecases.move_to_household import known
from fairclient.usecases.workplace import Workplace
from sync.wire.problem import WireError


def correct_attendee(place: Workplace, attendee: str, changes: Mapping[str, Any], base: str) -> None:
    """Change some fields of an attendee who was seen at revision `base`.

    Nothing is ever written to somebody who didn't want to be known. Raises Unauthorised, or BadInput where a
    value is not allowed, or she isn't known here.
    """
    place.require("registrar", "supervisor")
    try:
        with place.store.write(author=place.operator.id) as work:
            known(work, attendee)
            work.change("attendee", attendee, dict(changes), base=base)
    except WireError as error:
        raise BadInput(
            _("Un dato no se puede guardar así."),
            _("Lo anterior sigue como estaba."),
            _("Revise lo que escribió."),
            code=error.code,
        ) from error
