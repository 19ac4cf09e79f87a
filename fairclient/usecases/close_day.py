"""Close a day: count, mark who did not come, approve what was seen, and sign it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store import journal
from fairclient.store.queries import day as day_queries
from fairclient.store.queries.day import Reconciliation
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.attest_key import refuse_unpublished
from fairclient.usecases.forget_abandoned import forget_abandoned
from fairclient.usecases.workplace import Workplace
from sync.wire.day_closed import DayClosed
from sync.wire.outcome import Outcome


@dataclass(frozen=True)
class Closed:
    """The approval's id, the count approved, and whether the approver had registered nobody that day."""

    day_closed: str
    day: date
    reconciliation: Reconciliation
    four_eyes: bool


def close_day(place: Workplace, day: date | None = None, note: str = "") -> Closed:
    """Close a day (today at the fair by default).

    Referrals that are still open become no-shows, and what was said in registrations that were given up is
    forgotten. The approval names the heads of all journals that this
    laptop knows, so that what was approved is bound by digest; what is corrected later is a later entry.

    Raises Unauthorised, or BadInput where there is nothing to close or nothing was added since the last time.
    """
    place.require("supervisor")
    day = day or place.today()
    with place.store.write(author=place.operator.id) as work:
        _check(work, day)
        refuse_unpublished(work.session.connection(), place)
        for referral in day_queries.open_referrals(work.session, day):
            work.create(
                Outcome(
                    service=referral.service,
                    result="no_show",
                    token_id=referral.token_id,
                    slip=referral.slip,
                    referral=referral.referral,
                    attendee=referral.attendee,
                )
            )
        forgot = forget_abandoned(place, work)
        counted = day_queries.reconcile(work.session, day)
        four_eyes = not day_queries.registered_by(work.session, day, place.operator.id)
        approval = DayClosed(
            day=day,
            heads=journal.heads(work.session),
            totals=counted.totals(),
            four_eyes=four_eyes,
            note=note,
        )
        signature = place.operator.key.sign(approval.signed_part()).hex()
        approved = work.create(approval.model_copy(update={"signature": signature}))
    if forgot:
        place.store.scrub()
    return Closed(approved, day, counted, four_eyes)


def _check(work: UnitOfWork, day: date) -> None:
    if day_queries.reconcile(work.session, day).slips == 0:
        raise BadInput(
            _("El {day} no tiene fichas: no hay nada que cerrar.").format(day=f"{day:%d/%m/%Y}"),
            do=_("Revise la fecha, o sincronice si las fichas están en otro equipo."),
            code="nothing-to-close",
        )
    if day_queries.closed_since_last_entry(work.session, day):
        raise BadInput(
            _("El {day} ya está cerrado y no ha pasado nada desde entonces.").format(day=f"{day:%d/%m/%Y}"),
            _("El cierre anterior vale."),
            code="already-closed",
        )
