"""Open again what was closed by mistake, or what turned out to be possible after all."""

from __future__ import annotations

from collections.abc import Sequence

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.usecases.read_slip import ReadSlip
from fairclient.usecases.reserved import require_for_services
from fairclient.usecases.workplace import Workplace
from sync.wire.outcome import Outcome

REOPENS = frozenset({"not_served", "referred_on", "no_show", "void"})
"""States that are left by opening again; a service that was given stays given, and may be given twice."""


def reopen(place: Workplace, read: ReadSlip, services: Sequence[str], desk: str = "") -> list[str]:
    """Write that some services of a slip are owed again; what had been recorded stays in the journal.

    Return the entries' ids. Raises Unauthorised, or BadInput where a service is not closed, or was given.
    """
    place.require("desk", "supervisor", "protection")
    owed = {item.service: item for item in read.owed}
    wrong = [code for code in services if code not in owed or owed[code].state not in REOPENS]
    if wrong or not services:
        raise BadInput(
            _("Aquí no hay nada cerrado que se pueda reabrir."), _("No se cambió nada."), code="not-closed"
        )
    with place.store.write(author=place.operator.id) as work:
        require_for_services(place, work.session, services)
        return [
            work.create(
                Outcome(
                    service=code,
                    result="reopened",
                    token_id=read.token_id,
                    slip=read.view.slip if read.view else None,
                    referral=owed[code].referral,
                    attendee=read.view.attendee if read.view else None,
                    desk=desk,
                )
            )
            for code in services
        ]
