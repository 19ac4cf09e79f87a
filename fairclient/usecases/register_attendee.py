"""Register a person: who she is, what she allowed, that she came, her needs, her slip: all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from fairclient.base.errors import BadInput
from fairclient.base.ids import new_id
from fairclient.base.words import _
from fairclient.store.queries import reference
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.check_authorisation import check_authorisation
from fairclient.usecases.issue_slip import IssuedSlip, add_slip
from fairclient.usecases.keep_form import OpenForm, keep_within
from fairclient.usecases.paper_blocks import take_blank, use_blank
from fairclient.usecases.park_registration import end_within
from fairclient.usecases.places import refuse_repeated, set_aside
from fairclient.usecases.print_queue import ask_within
from fairclient.usecases.protect_child import check_child, least, protection_services
from fairclient.usecases.walk import count_waits, next_walk
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from sync.wire.distinction import Distinction
from sync.wire.household import Household
from sync.wire.referral import Referral
from sync.wire.visit import Visit


@dataclass(frozen=True)
class Registration:
    """What the registration desk found out.

    `household` is a new family to be written; to join one that is known, `attendee.household` names it.
    `returning` is the id of a person who is known already: then only the visit, the referrals and the slip
    are written.
    `again` asks once more for what such a person still waits for.
    `not_same` names people who look like a new person and, as the registrar saw, are somebody else.
    `card` is the id of a new person who is known from another fair: she is written under that id.
    `draft` is the parked registration that ends with this one.
    The `attendee` of `authorisation` is filled in here. `on_paper` puts the slip into the print queue.
    `blank` is the token id of the numbered paper that the person was given while no printer worked.
    """

    attendee: Attendee
    services: tuple[str, ...]
    authorisation: Authorisation | None = None
    household: Household | None = None
    returning: str | None = None
    not_same: tuple[str, ...] = ()
    again: bool = False
    card: str | None = None
    draft: str = ""
    on_paper: bool = False
    blank: str = ""


@dataclass(frozen=True)
class Registered:
    """What was written; `household` is None for a person without one.

    `full` are the services that have no place left: she stands on the list for another day.
    """

    attendee: str
    household: str | None
    visit: str
    referrals: tuple[str, ...]
    slip: IssuedSlip
    full: tuple[str, ...] = ()


def register_attendee(
    place: Workplace, registration: Registration, leaves: Callable[[Registered], OpenForm] | None = None
) -> Registered:
    """Write a registration in one transaction; when this returns, it is on the disk.

    `leaves` says what stays open on the page that it came from: a form is either saved or still kept there,
    never both, whenever the power goes. A child who came alone takes the protection route (`protect_child`).
    Raises Unauthorised, BadInput (a service that this fair does not
    offer; a draft that somebody finished elsewhere) or DiskFull.
    """
    place.require("registrar", "supervisor")
    count_waits(place.store)
    with place.store.write(author=place.operator.id) as work:
        today = place.today()
        if registration.attendee.unaccompanied:
            registration = _protected(work, registration, today)
        _check_services(work, registration.services)
        if registration.authorisation is not None:
            check_authorisation(work, registration.attendee, registration.authorisation, today)
        # All reading comes before the first entry: what is written then goes to the database in one piece.
        if registration.returning is not None and not registration.again:
            refuse_repeated(work.session, registration.returning, registration.services)
        walk = next_walk(place, work.session, registration.services, registration.returning)
        if registration.blank:
            walk = take_blank(place, work, walk, registration.blank)
        person, household = _person(work, registration)
        visit = work.create(Visit(attendee=person[0], day=walk.day, point=place.identity.point))
        referrals = [(new_id(place.clock), service) for service in registration.services]
        slip = add_slip(place, work, walk, person[1], (person[0], visit), referrals, registration.blank)
        urgent = "urgent" if person[1].unaccompanied else "normal"
        for referral, service in referrals:
            asked = Referral(
                attendee=person[0], visit=visit, service=service, slip=slip.slip, priority=urgent
            )
            work.create(asked, subject=referral)
        set_aside(work, walk, person[0], referrals)
        ids = tuple(referral for referral, _service in referrals)
        done = Registered(person[0], household, visit, ids, slip, walk.full)
        if registration.blank:
            use_blank(place, work, registration.blank, slip.slip)
        elif registration.on_paper:
            ask_within(place, work, slip.slip)
        if registration.draft:
            end_within(work, registration.draft, person[0])
        if leaves is not None:
            keep_within(place, work, leaves(done))
    return done


def _protected(work: UnitOfWork, registration: Registration, today: date) -> Registration:
    """The registration of a child who came alone, cut down to what helps her.

    She is sent to the protection service and to no other. One who is known already keeps what was written
    of her.
    """
    child = registration.attendee
    check_child(child, today)
    cut = replace(registration, services=protection_services(work.session), authorisation=None)
    if registration.returning is not None:
        return cut
    return replace(cut, attendee=least(child, today), household=None, not_same=())


def _person(work: UnitOfWork, registration: Registration) -> tuple[tuple[str, Attendee], str | None]:
    """Return ((attendee id, attendee), household id), writing what is new."""
    attendee = registration.attendee
    if registration.returning is not None:
        if registration.authorisation is not None:
            _authorise(work, registration.authorisation, registration.returning)
        if attendee.unaccompanied:
            work.change("attendee", registration.returning, {"unaccompanied": True})
        return (registration.returning, attendee), attendee.household
    household = attendee.household
    if registration.household is not None:
        household = work.create(registration.household)
    attendee = attendee.model_copy(update={"household": household})
    person = work.create(attendee, subject=registration.card)
    if registration.authorisation is not None:
        _authorise(work, registration.authorisation, person)
    for other in dict.fromkeys(other for other in registration.not_same if other != person):
        work.create(Distinction(attendee=person, other=other))
    return (person, attendee), household


def _authorise(work: UnitOfWork, authorisation: Authorisation, attendee: str) -> None:
    work.create(authorisation.model_copy(update={"attendee": attendee}))


def _check_services(work: UnitOfWork, services: tuple[str, ...]) -> None:
    offered = {service.code for _service_id, service in reference.services(work.session)}
    unknown = [service for service in services if service not in offered]
    if unknown:
        raise BadInput(
            _("Esta feria no ofrece el servicio «{service}».").format(service=unknown[0]),
            _("No se guardó nada de esta persona."),
            _("Elija uno de: {all}.").format(all=", ".join(sorted(offered))),
            code="unknown-service",
        )
    if len(set(services)) != len(services):
        raise BadInput(
            _("Un servicio está dos veces en la misma ficha."),
            _("No se guardó nada de esta persona."),
            code="repeated-service",
        )
