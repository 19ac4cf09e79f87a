"""Record what a desk did (called, served, not served and why, to come back later), and take it back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store.queries import desk as desk_queries
from fairclient.store.queries import reference
from fairclient.store.queries.desk import EarlierOutcome
from fairclient.usecases.read_slip import ReadSlip
from fairclient.usecases.reserved import require_for_service, sees_reserved
from fairclient.usecases.workplace import Workplace
from sync.wire.outcome import Outcome, Result

DESK_RESULTS: tuple[Result, ...] = (
    "received", "served", "not_served", "referred_on", "postponed", "reopened",
)  # fmt: skip


@dataclass(frozen=True)
class Recorded:
    """The outcome's id, and what had been recorded for the same slip and service before: both are kept."""

    outcome: str
    earlier: tuple[EarlierOutcome, ...]


def record_outcome(
    place: Workplace, slip: ReadSlip, service: str, result: Result, reason: str = "", desk: str = ""
) -> Recorded:
    """Write an outcome for one service of a slip, also of a slip that this laptop has never heard of.

    Raises Unauthorised, or BadInput where the slip does not ask for the service or a reason is missing.
    """
    place.require("desk", "supervisor", "protection")
    with place.store.write(author=place.operator.id) as work:
        require_for_service(place, work.session, service)
        _check(place, slip, service, result, reason)
        owed = next(item for item in slip.owed if item.service == service)
        earlier = desk_queries.outcomes_of(work.session, slip.token_id, service, owed.referral)
        fact = Outcome(
            service=service,
            result=result,
            token_id=slip.token_id,
            slip=slip.view.slip if slip.view else None,
            referral=owed.referral,
            attendee=slip.view.attendee if slip.view else None,
            desk=desk or _desk_of(work.session, service),
            reason=reason,
        )
        return Recorded(
            work.create(fact), tuple(item for item in earlier if item.result in ("served", "not_served"))
        )


def undo_outcome(place: Workplace, outcome: str) -> str:
    """Take back an outcome by a later entry that names it, and return that entry's subject.

    Raises BadInput where there is no such outcome here.
    """
    place.require("desk", "supervisor", "protection")
    with place.store.write(author=place.operator.id) as work:
        found = desk_queries.outcome(work.session, outcome)
        if found is None:
            raise BadInput(
                _("Esta atención no está en este equipo."), _("No se cambió nada."), code="unknown-outcome"
            )
        require_for_service(place, work.session, found.service)
        return work.create(found.model_copy(update={"result": "reopened", "reason": "", "undoes": outcome}))


def _check(place: Workplace, slip: ReadSlip, service: str, result: Result, reason: str) -> None:
    if result not in DESK_RESULTS:
        raise BadInput(_("Una mesa no registra «{result}».").format(result=result), code="bad-result")
    if all(item.service != service for item in slip.owed):
        # What a protected desk owes is told to nobody else, not even in a refusal.
        seen = [item.service for item in slip.owed if sees_reserved(place) or not item.sensitive]
        asked = ", ".join(seen) or _("ninguno")
        raise BadInput(
            _("La ficha {turn} no pide el servicio «{service}».").format(turn=slip.turn, service=service),
            _("No se registró nada."),
            _("Pide: {asked}.").format(asked=asked),
            code="not-asked",
        )
    if result == "not_served" and not reason.strip():
        raise BadInput(
            _("Falta decir por qué no se atendió."),
            _("No se registró nada."),
            _("Elija una razón."),
            code="reason-missing",
        )


def _desk_of(session: Session, service: str) -> str:
    return next((desk.letter for _desk_id, desk in reference.desks(session) if service in desk.services), "")
