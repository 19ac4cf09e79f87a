"""Send a person on to another service: the outcome, the new referral and its slip, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.base.errors import BadInput
from fairclient.base.ids import new_id, random_bytes
from fairclient.base.words import _
from fairclient.slips.code import human_code, new_token_id
from fairclient.store.queries import desk as desk_queries
from fairclient.store.queries import reference, slips
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.issue_slip import walking_order
from fairclient.usecases.read_slip import ReadSlip
from fairclient.usecases.workplace import Workplace
from sync.wire.outcome import Outcome
from sync.wire.referral import Referral
from sync.wire.slip import Slip


@dataclass(frozen=True)
class ReferredOn:
    """The outcome's id; the new referral and its slip, None for a slip that has never been heard of here."""

    outcome: str
    referral: str | None
    slip: str | None


def refer_on(place: Workplace, read: ReadSlip, service: str, to: str, desk: str = "") -> ReferredOn:
    """Record that `service` was referred on to the service `to`; the outcome's reason is its code.

    Where the slip is known here, the person gets a referral that continues the old one and a further slip
    with the same turn. Where it isn't, the outcome alone is written and a registration point gives the slip.

    Raises Unauthorised, or BadInput where the slip does not ask for `service` or the fair lacks `to`.
    """
    place.require("desk", "supervisor", "protection")
    with place.store.write(author=place.operator.id) as work:
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
        found = slips.by_id(work.session, read.view.slip) if read.view else None
        if found is None:
            return ReferredOn(outcome, None, None)
        return ReferredOn(outcome, *_add(place, work, found[0], to, owed.referral))


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
        work.create(outcome.model_copy(update={"result": "reopened", "reason": "", "undoes": done.outcome}))
        found = slips.by_id(work.session, done.slip) if done.slip else None
        if found is not None and done.slip is not None:
            slip, revision = found
            work.change("slip", done.slip, {"void_reason": "undone"}, base=revision)
            work.create(
                Outcome(
                    service=outcome.reason,
                    result="void",
                    token_id=slip.token_id,
                    slip=done.slip,
                    referral=done.referral,
                    attendee=slip.attendee,
                )
            )


def _add(place: Workplace, work: UnitOfWork, old: Slip, to: str, origin: str | None) -> tuple[str, str]:
    """Write the new slip and its referral, and return (referral id, slip id)."""
    token_id = new_token_id(random_bytes)
    referral = new_id(place.clock)
    slip = work.create(
        old.model_copy(
            update={
                "token_id": token_id,
                "code": human_code(token_id),
                "desks": walking_order(reference.desks(work.session), [to]),
                "services": (to,),
                "referrals": (referral,),
                "day": place.today(),
                "replaces": None,
                "void_reason": "",
            }
        )
    )
    work.create(
        Referral(attendee=old.attendee, visit=old.visit, service=to, slip=slip, origin=origin),
        subject=referral,
    )
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
