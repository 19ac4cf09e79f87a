"""Make one household of two, by later entries: the one that is given up says which one it became."""

from __future__ import annotations

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.households import after_merging
from fairclient.store.queries.households import HouseholdPage
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.leave_household import home_of
from fairclient.usecases.workplace import Workplace


def merge_households(place: Workplace, kept: str, given_up: str) -> str:
    """Bring everybody of ``given_up`` into ``kept`` and give the id of the household that stands.

    What the one that stays lacks (address, telephone, representative, absent people) it takes from the other.

    Raises Unauthorised, or BadInput: they are one already, or one isn't known here.
    """
    place.require("registrar", "supervisor")
    with place.store.write(author=place.operator.id) as work:
        stays, goes = _known(work, kept), _known(work, given_up)
        if stays.household == goes.household:
            raise BadInput(_("Ya son un solo hogar."), _("No se cambió nada."), code="same-household")
        work.change("household", goes.household, {"merged_into": stays.household}, base=goes.revision)
        taken = after_merging(stays.fact, goes.fact)
        if stays.fact.merged_into is not None:  # each was merged into the other: this decides it
            taken["merged_into"] = None
        if taken:
            work.change("household", stays.household, taken, base=stays.revision)
        for member in goes.members:
            change = {"household": stays.household}
            work.change("attendee", member.attendee, change, base=member.revision)
    return stays.household


def _known(work: UnitOfWork, household: str) -> HouseholdPage:
    found = home_of(work, household)
    if found is None:
        raise BadInput(
            _("Los datos de un hogar no han llegado a este equipo."),
            _("No se cambió nada."),
            _("Sincronice (F6) y vuelva a intentarlo."),
            code="unknown-household",
        )
    return found
