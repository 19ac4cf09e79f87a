"""What happens when a desk has no place left: the referral is written, and waits for another day."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from fairclient.base.errors import BadInput
from fairclient.base.words import _, ngettext
from fairclient.store.queries import load
from fairclient.store.queries.repeated import still_open
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.service_names import neutral_names
from fairclient.usecases.walk import Walk
from fairclient.usecases.workplace import Workplace
from sync.wire.outcome import Outcome

NO_PLACE = "FULL"
"""Why somebody was not served who came when the places were gone (catalogue ``not_served_reasons``)."""

STILL_OPEN = "still-open"
"""The code of the refusal to ask again for what a person still waits for."""


def set_aside(work: UnitOfWork, walk: Walk, attendee: str, referrals: Sequence[tuple[str, str]]) -> None:
    """Write for each (referral, service) without a place that it was not given, and why.

    So the day still adds up, nobody is sent to a desk in vain, and the person stands on the list for another
    day. Inside the transaction that writes the referrals.
    """
    for referral, service in referrals:
        if service in walk.full:
            work.create(
                Outcome(
                    service=service,
                    result="not_served",
                    referral=referral,
                    attendee=attendee,
                    reason=NO_PLACE,
                )
            )


def full_words(place: Workplace, services: Sequence[str]) -> str:
    """Say which services have no place left, how many there were, and what became of the request."""
    with place.store.read() as session:
        names = neutral_names(session)
        said = [_one(session, place, names.get(service, service), service) for service in services]
    return " ".join([*said, _("Quedó en la lista para otro día; la ficha no lleva esa mesa.")])


def _one(session: Session, place: Workplace, name: str, service: str) -> str:
    found = load.places(session, place.today(), service)
    if found is None or found.points == 1 or not found.left_of_all:
        return _("Se acabaron los cupos de {service}.").format(service=name)
    words = ngettext(
        "Este punto ya dio su parte de {service}: {share} de {quota} cupo.",
        "Este punto ya dio su parte de {service}: {share} de {quota} cupos.",
        found.quota,
    )
    return words.format(service=name, share=found.share, quota=found.quota)


def refuse_repeated(session: Session, attendee: str, services: Sequence[str]) -> None:
    """Refuse to ask again for what a person still waits for, unless somebody insists.

    Raises BadInput with code ``STILL_OPEN``: it names the services and the turn that she has.
    """
    found = still_open(session, attendee, services)
    if not found:
        return
    names = neutral_names(session)
    said = ", ".join(
        f"{names.get(one.service, one.service)} ({one.turn})"
        if one.turn
        else names.get(one.service, one.service)
        for one in found
    )
    raise BadInput(
        _("Esta persona ya tiene una remisión abierta: {services}.").format(services=said),
        _("No se guardó nada nuevo."),
        _("Dígale que su turno sigue en pie. Si de verdad la necesita otra vez, guarde de nuevo."),
        code=STILL_OPEN,
    )
