"""Split people off from their household into a new one of their own, by later entries."""

from __future__ import annotations

from collections.abc import Sequence

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.households import split_off
from fairclient.usecases.leave_household import home_of, leave_household
from fairclient.usecases.move_to_household import known
from fairclient.usecases.workplace import Workplace


def split_household(place: Workplace, attendees: Sequence[str], *, same_place: bool = False) -> str:
    """Put ``attendees``, all of one household, into a new one and give its id.

    With ``same_place`` they keep the old address; else the new household begins with what they said
    themselves. Nobody represents it yet, and nobody absent goes along.

    Raises Unauthorised, or BadInput: nobody would stay, or they aren't of one household.
    """
    place.require("registrar", "supervisor")
    with place.store.write(author=place.operator.id) as work:
        people = [(subject, *known(work, subject)) for subject in dict.fromkeys(attendees)]
        old = home_of(work, people[0][2].household) if people else None
        together = old is not None and all(person.household in old.ids for _id, _kept, person in people)
        if old is None or not together:
            raise BadInput(
                _("Estas personas no son de un mismo hogar."),
                _("No se cambió nada."),
                code="not-one-household",
            )
        leaving = {subject for subject, _kept, _person in people}
        if all(member.attendee in leaving for member in old.members) and not old.fact.absent:
            raise BadInput(
                _("No quedaría nadie en el hogar."),
                _("No se cambió nada."),
                _("Elija solo a quienes se van."),
                code="nobody-stays",
            )
        leave_household(work, old, leaving)
        household = work.create(
            split_off(old.fact, [person for _id, _kept, person in people], same_place=same_place)
        )
        for subject, kept, _person in people:
            work.change("attendee", subject, {"household": household}, base=kept.revision)
    return household
