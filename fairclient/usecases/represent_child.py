"""An adult who answers for a child came after all: the child's registration becomes an ordinary one."""

from __future__ import annotations

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.reserved import ALERTED
from fairclient.usecases.check_authorisation import check_authorisation
from fairclient.usecases.move_to_household import known
from fairclient.usecases.workplace import Workplace
from sync.wire.authorisation import Authorisation


def represent_child(place: Workplace, attendee: str, authorisation: Authorisation) -> str:
    """Write who represents a child who had come alone and what she authorised; give the authorisation's id.

    The referral to protection stays: only that desk closes it. Raises Unauthorised, or BadInput where nobody
    is named, or somebody who can't represent a child.
    """
    place.require(*ALERTED)
    with place.store.write(author=place.operator.id) as work:
        kept, child = known(work, attendee)
        if not authorisation.relation or not (
            authorisation.representative or authorisation.representative_name
        ):
            raise BadInput(
                _("Falta decir quién representa a la niña, al niño o adolescente."),
                _("Sigue en la ruta de protección."),
                code="no-representative",
            )
        check_authorisation(work, child, authorisation, place.today())
        proof = work.create(authorisation.model_copy(update={"attendee": attendee}))
        if child.unaccompanied:
            work.change("attendee", attendee, {"unaccompanied": False}, base=kept.revision)
    return proof
