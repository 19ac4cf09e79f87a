"""Move a person to the household of somebody else, by later entries: who moved her, and when, stays."""

from __future__ import annotations

from typing import Any

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.households import split_off
from fairclient.domain.reserved import without_reserved
from fairclient.store.queries.rows import Kept, one
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.leave_household import home_of, leave_household
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee
from sync.wire.household import Household


def move_to_household(place: Workplace, attendee: str, beside: str, role: str = "") -> str:
    """Move ``attendee`` to the household of the person ``beside`` and give its id.

    Where that person has no household yet, both get a new one. ``role`` is who she is there, "" for unknown.

    Raises Unauthorised, or BadInput: she is there already, or somebody isn't known here.
    """
    place.require("registrar", "supervisor")
    with place.store.write(author=place.operator.id) as work:
        kept, person = known(work, attendee)
        target = _household_of(work, attendee, beside)
        old = home_of(work, person.household)
        if old is not None and old.household == target:
            raise BadInput(
                _("Esta persona ya está en ese hogar."), _("No se cambió nada."), code="same-household"
            )
        if old is not None:
            leave_household(work, old, {attendee})
        changes: dict[str, Any] = {"household": target}
        if role != person.household_role:
            changes["household_role"] = role
        work.change("attendee", attendee, changes, base=kept.revision)
    return target


def known(work: UnitOfWork, attendee: str) -> tuple[Kept, Attendee]:
    """A person and her revision. Raises BadInput where she isn't known here."""
    found = one(work.session, Attendee, attendee)
    if found is None or found[1].anonymous:
        raise BadInput(
            _("Esa persona no está en este equipo."),
            _("No se cambió nada."),
            _("Sincronice, o búsquela en el equipo donde se registró."),
            code="unknown-person",
        )
    return found


def _household_of(work: UnitOfWork, attendee: str, beside: str) -> str:
    """The household that stands for that person's; a new one for both where she has none."""
    kept, other = known(work, beside)
    if beside == attendee:
        raise BadInput(_("Es la misma persona."), _("No se cambió nada."), code="one-person")
    if other.household:
        home = home_of(work, other.household)
        if home is None:
            raise BadInput(
                _("Los datos de ese hogar no han llegado a este equipo."),
                _("No se cambió nada."),
                _("Sincronice (F6) y vuelva a intentarlo."),
                code="unknown-household",
            )
        return home.household
    new: Household = split_off(Household(), [without_reserved(other)], same_place=False)
    household = work.create(new)
    work.change("attendee", beside, {"household": household}, base=kept.revision)
    return household
