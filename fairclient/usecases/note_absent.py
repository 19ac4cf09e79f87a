"""Note who of a household did not come: a name and an age, no more, since they authorised nothing (DP-05)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.households import MOST_ABSENT
from fairclient.domain.normalise import tidy
from fairclient.usecases.leave_household import home_of
from fairclient.usecases.workplace import Workplace
from sync.wire.household import AbsentMember


def note_absent(place: Workplace, household: str, absent: Sequence[tuple[str, int | None, str]]) -> None:
    """Write the whole list of absent people: (name, age in years or None, role or "").

    Raises Unauthorised, or BadInput: a name is missing or too long, an age can't be, or they are too many.
    """
    place.require("registrar", "supervisor")
    try:
        members = [AbsentMember(name=tidy(name), age=age, role=role) for name, age, role in absent]
    except ValidationError as error:
        raise _refused(
            _("De cada persona ausente se escribe un nombre corto y una edad de 0 a 120.")
        ) from error
    if len(members) > MOST_ABSENT:
        raise _refused(_("Un hogar lleva a lo sumo {most} personas ausentes.").format(most=MOST_ABSENT))
    with place.store.write(author=place.operator.id) as work:
        home = home_of(work, household)
        if home is None:
            raise _refused(_("Los datos de ese hogar no han llegado a este equipo."))
        written = [member.model_dump(mode="json") for member in members]
        work.change("household", home.household, {"absent": written}, base=home.revision)


def _refused(what: str) -> BadInput:
    return BadInput(what, _("La lista anterior sigue como estaba."), code="bad-absent")
