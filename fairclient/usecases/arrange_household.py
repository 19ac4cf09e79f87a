"""Say who everybody is in a household and who represents it, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.birth import is_minor
from fairclient.domain.catalogues import choices
from fairclient.store.queries.households import HouseholdPage
from fairclient.usecases.leave_household import home_of
from fairclient.usecases.workplace import Workplace


def arrange_household(
    place: Workplace, household: str, *, roles: Mapping[str, str], representative: str | None
) -> None:
    """Write the roles (person to a code of the catalogue) and the representative, None for nobody.

    The representative is whom a desk asks for; she authorises nothing for other adults (DP-05). What stands
    so already is not written again.

    Raises Unauthorised, or BadInput: a role that isn't in the catalogue, or somebody who isn't a grown-up of
    this household.
    """
    place.require("registrar", "supervisor")
    with place.store.write(author=place.operator.id) as work:
        home = home_of(work, household)
        people = {member.attendee: member for member in home.members} if home else {}
        if home is None or not set(roles) <= set(people):
            raise _refused(_("Esa persona no es de este hogar."), "not-a-member")
        if not set(roles.values()) <= {"", *(choice.code for choice in choices("household_roles"))}:
            raise _refused(_("Ese papel en el hogar no existe."), "unknown-role")
        if representative is not None and not _grown_up(place, home, representative):
            raise _refused(
                _("Un hogar lo representa una persona adulta que es de ese hogar."), "not-an-adult-member"
            )
        for person, role in roles.items():
            if role != people[person].fact.household_role:
                work.change("attendee", person, {"household_role": role}, base=people[person].revision)
        if representative != home.fact.representative or "representative" in home.conflicts:
            work.change("household", home.household, {"representative": representative}, base=home.revision)


def _grown_up(place: Workplace, home: HouseholdPage, attendee: str) -> bool:
    """Whether somebody is of the household and not known to be under age."""
    today = place.today()
    return any(
        member.attendee == attendee and not is_minor(member.fact.birth_date, today) for member in home.members
    )


def _refused(what: str, code: str) -> BadInput:
    return BadInput(what, _("No se cambió nada."), _("Elija otra cosa de la lista."), code=code)
