"""Correct what a household shares; those who live where the household lives move along with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.households import follows
from fairclient.usecases.leave_household import home_of
from fairclient.usecases.workplace import Workplace
from sync.wire.problem import WireError


def correct_household(place: Workplace, household: str, changes: Mapping[str, Any], base: str) -> int:
    """Change the name, place, address or telephone of a household seen at revision ``base``.

    Gives how many of its people had said the same municipality and neighbourhood and were changed with it.

    Raises Unauthorised, or BadInput where a value isn't allowed or the household isn't known here.
    """
    place.require("registrar", "supervisor")
    try:
        with place.store.write(author=place.operator.id) as work:
            before = home_of(work, household)
            if before is None:
                raise _refused("unknown-household")
            work.change("household", before.household, dict(changes), base=base)
            after = home_of(work, before.household)
            assert after is not None  # it was changed one line above
            moved = 0
            for member in after.members:
                if change := follows(before.fact, after.fact, member.fact):
                    work.change("attendee", member.attendee, change, base=member.revision)
                    moved += 1
            return moved
    except WireError as error:
        raise _refused(error.code) from error


def _refused(code: str) -> BadInput:
    return BadInput(
        _("El hogar no se puede guardar así."),
        _("Lo anterior sigue como estaba."),
        _("Revise lo que escribió."),
        code=code,
    )
