"""Call the next person to a desk: the board shows the turn, and no other desk calls her meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store.queries import reference, waiting
from fairclient.store.queries.board import CALL_HOLDS_MS
from fairclient.store.queries.waiting import Pending
from fairclient.usecases.reserved import sees_reserved
from fairclient.usecases.workplace import Workplace
from sync.wire.clock import milliseconds
from sync.wire.outcome import Outcome


@dataclass(frozen=True)
class Called:
    """Who was called, and how many still wait for this desk."""

    turn: str
    display_name: str
    code: str
    left: int


def call_next(place: Workplace, letter: str) -> Called:
    """Call whoever has waited longest for the desk with that letter and is at no other desk.

    Only a supervisor calls for all desks at once.

    What other laptops called without being heard here may be called twice; the second call does no harm.

    Raises Unauthorised, or BadInput where nobody waits.
    """
    place.require(*(("supervisor",) if letter == waiting.ANY else ("desk", "supervisor", "protection")))
    with place.store.write(author=place.operator.id) as work:
        day = place.clock.today(reference.fair(work.session).time_zone)
        line = waiting.queue(work.session, day, _free(place, work.session, letter, day))
        if not line:
            raise BadInput(
                _("Nadie espera en esta mesa."),
                do=_("Las fichas impresas en otro equipo se escanean sin llamarlas."),
                code="nobody-waits",
            )
        person = next(waiting.named(work.session, line[:1]))
        work.create(
            Outcome(
                service=person.services[0],
                result="received",
                token_id=person.token_id,
                slip=person.slip,
                referral=person.referrals[0],
                attendee=person.attendee,
                desk=letter,
            )
        )
    return Called(person.turn, person.display_name, person.code, len(line) - 1)


def _free(place: Workplace, session: Session, letter: str, day: date) -> list[Pending]:
    """What is open at a desk of people whom no desk has called a moment ago."""
    services = frozenset(waiting.services_of_desk(session, letter))
    if not sees_reserved(place):
        services -= reference.sensitive_codes(session)
    everywhere = waiting.still_open(session, day)
    earliest = place.clock.now_ms() - CALL_HOLDS_MS
    busy = {one.visit for one in everywhere if (call := one.called_at()) and milliseconds(call[1]) > earliest}
    return [one for one in everywhere if one.service in services and one.visit not in busy]
