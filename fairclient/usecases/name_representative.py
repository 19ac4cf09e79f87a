"""Say who represents a household, or that nobody does any more."""

from __future__ import annotations

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.birth import ADULT, age_on
from fairclient.store.queries.households import HouseholdPage
from fairclient.usecases.leave_household import home_of
from fairclient.usecases.workplace import Workplace


def name_representative(place: Workplace, household: str, attendee: str | None) -> None:
    """Make ``attendee`` the one who represents the household; None for nobody.

    It is whom a desk asks for; it authorises nothing for other adults (DP-05).

    Raises Unauthorised, or BadInput: not of this household, or under age.
    """
    place.require("registrar", "supervisor")
    with place.store.write(author=place.operator.id) as work:
        home = home_of(work, household)
        if home is None or (attendee is not None and not _grown_up(place, home, attendee)):
            raise BadInput(
                _("Un hogar lo representa una persona adulta que es de ese hogar."),
                _("No se cambió nada."),
                _("Elija a otra persona del hogar, o a nadie."),
                code="not-an-adult-member",
            )
        work.change("household", home.household, {"representative": attendee}, base=home.revision)


def _grown_up(place: Workplace, home: HouseholdPage, attendee: str) -> bool:
    """Whether somebody is of the household and not known to be under age."""
    today = place.clock.today()
    return any(
        member.attendee == attendee
        and (member.fact.birth_date is None or age_on(member.fact.birth_date, today) >= ADULT)
        for member in home.members
    )
