"""Say who somebody is in the household."""

from __future__ import annotations

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.catalogues import choices
from fairclient.usecases.move_to_household import known
from fairclient.usecases.workplace import Workplace


def set_household_role(place: Workplace, attendee: str, role: str) -> None:
    """Write the role (a code of the catalogue of roles, "" for not known) of a person in her household.

    Raises Unauthorised, or BadInput for a role that isn't in the catalogue.
    """
    place.require("registrar", "supervisor")
    if role and role not in {choice.code for choice in choices("household_roles")}:
        raise BadInput(
            _("Ese papel en el hogar no existe."),
            _("No se cambió nada."),
            _("Elija uno de la lista."),
            code="unknown-role",
        )
    with place.store.write(author=place.operator.id) as work:
        kept, _person = known(work, attendee)
        work.change("attendee", attendee, {"household_role": role}, base=kept.revision)
