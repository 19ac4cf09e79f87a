"""Send a person on to another service: the outcome, the new referral and its slip, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.base.errors import BadInput
from fairclient.base.ids import new_id
from fairclient.base.words import _
from fairclient.store.queries import desk as desk_queries
from fairclient.store.queries import reference, slips
from fairclient.store.queries.states import OPEN
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.read_slip import ReadSlip
from fairclient.usecases.replace_slip import newer_slip
from fairclient.usecases.reserved import require_for_service
from fairclient.usecases.workplace import Workplace
from sync.wire.outcome import Outcome
from sync.wire.referral import Referral
from sync.wire.slip import Slip


@dataclass(frozen=True)
class ReferredOn:
    """The outcome's id; the new referral, and its slip if it has paper of its own.

    Both are None for a slip that has never been heard of here, and for a service that is owed `already`.
    """

    outcome: str
    referral: str | None
    slip: str | None
    already: bool = False


def refer_on(
    place: Workplace, read: ReadSlip, service: str, to: str, desk: str = "", *, paper: bool = True
) -> ReferredOn:
    """Record that `service` was referred on to the service `to`; the outcome's reason is its code.

    Where the slip is known here, the person gets a referral that continues the old one. With `paper` a newer
    slip with the same turn replaces the one she holds, which stays good: it carries what is still owed and
    the new service, so that a desk without a network knows of it. Without, she keeps her slip, and desks that
    hear of the referral show it on that. Where the slip isn't known, the outcome alone is written and a
    registration point gives the rest.

    Raises Unauthorised, or BadInput where the slip does not ask for `service` or the fair lacks `to`.
    """
    place.require("desk", "supervisor", "protection")
    with place.store.write(author=place.operator.id) as work:
        require_for_service(place, work.session, service)
        _check(work, read, service, to)
        owed = next(item for item in read.owed if item.service == service)
        outcome = work.create(
            Outcome(
                service=service,
                result="referred_on",
                token_id=read.token_id,
                slip=read.view.slip if read.view else None,
                referral=owed.referral,
                attendee=read.view.attendee if read.view else None,
                desk=desk,
                reason=to,
            )
        )
        if any(item.service == to and item.state in OPEN for item in read.owed):
            return ReferredOn(outcome, None, None, already=True)
        held = slips.by_id(work.session, read.view.slip) if read.view else None
        if read.view is None or held is None:
            return ReferredOn(outcome, None, None)
        slip = (read.view.slip, held[0])
        return ReferredOn(outcome, *_add(place, work, slip, (to, owed.referral), paper=paper))


def undo_refer_on(place: Workplace, done: ReferredOn) -> None:
    """Take it back by later entries: the service is owed again, the new referral and its slip are void.

    Raises BadInput where there is no such outcome here.
    """
    place.require("desk", "supervisor", "protection")
    with place.store.write(author=place.operator.id) as work:
        outcome = desk_queries.outcome(work.session, done.outcome)
        if outcome is None:
            raise BadInput(
                _("Esta atención no está en este equipo."), _("No se cambió nada."), code="unknown-outcome"
            )
        require_for_service(place, work.session, outcome.service)
        work.create(outcome.model_copy(update={"result": "reopened", "reason": "", "undoes": done.outcome}))
        if done.referral is not None:
            _void(work, outcome, done)


def _void(work: UnitOfWork, outcome: Outcome, done: ReferredOn) -> None:
    found = slips.by_id(work.session, done.slip) if done.slip else None
    if found is not None and done.slip is not None:
        work.change("slip", done.slip, {"void_reason": "undone"}, base=found[1])
    work.create(
        Outcome(
            service=outcome.reason,
            result="void",
            token_id=found[0].token_id if found else outcome.token_id,
            slip=done.slip or outcome.slip,
            referral=done.referral,
            attendee=outcome.attendee,
        )
    )


def _add(
    place: Workplace, work: UnitOfWork, held: tuple[str, Slip], to: tuple[str, str | None], *, paper: bool
) -> tuple[str, str | None]:
    """Write the referral to the service ``to`` (and where it comes from): (referral id, slip id or None).

    ``held`` is the slip that she holds: id, fact.
    """
    (held_id, old), (service, origin) = held, to
    referral = new_id(place.clock)
    slip = newer_slip(place, work, held, [(referral, service)])[0] if paper else None
    asked = Referral(
        attendee=old.attendee, visit=old.visit, service=service, slip=slip or held_id, origin=origin
    )
    work.create(asked, subject=referral)
    return referral, slip


def _check(work: UnitOfWork, read: ReadSlip, service: str, to: str) -> None:
    if all(item.service != service for item in read.owed):
        raise BadInput(
            _("La ficha {turn} no pide el servicio «{service}».").format(turn=read.turn, service=service),
            _("No se registró nada."),
            code="not-asked",
        )
    offered = {item.code for _item_id, item in reference.services(work.session)}
    if to not in offered or to == service:
        raise BadInput(
            _("No se puede remitir al servicio «{service}».").format(service=to),
            _("No se registró nada."),
            _("Elija otro servicio de esta feria."),
            code="bad-destination",
        )
