"""Give a visit a newer slip with the same turn: for a lost one, which is void then, or with one more service.

A person has one turn and one list of what is still owed, whatever papers she carries. A slip that was lost is
void, because somebody else may find it. One that lacks a service only because it was printed earlier stays
good: desks that have not heard of the newer one still take it, the others are led from it to the newer one.
"""

from __future__ import annotations

from collections.abc import Sequence

from fairclient.base.ids import new_id, random_bytes
from fairclient.slips.code import human_code, new_token_id
from fairclient.store.queries import desk as desk_queries
from fairclient.store.queries import reference, slips
from fairclient.store.queries.states import OPEN
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.issue_slip import IssuedSlip, issued, standing_slip
from fairclient.usecases.walk import count_in, walking_order
from fairclient.usecases.workplace import Workplace
from sync.wire.slip import Slip

LOST = "reissued"
"""Why a slip is void whose person was given another in its place."""


def reissue_slip(place: Workplace, slip_id: str) -> IssuedSlip:
    """Give a person a new slip and void the lost one, at every station that hears of it.

    Raises BadInput where the slip is unknown or void already.
    """
    place.require("registrar", "supervisor", "desk")
    with place.store.write(author=place.operator.id) as work:
        old, revision = standing_slip(slips.by_id(work.session, slip_id))
        fresh_id, fresh = newer_slip(place, work, (slip_id, old))
        work.change("slip", slip_id, {"void_reason": LOST}, base=revision)
        _void_earlier(work, old)
        return issued(place, reference.fair(work.session), fresh_id, fresh)


def newer_slip(
    place: Workplace, work: UnitOfWork, old: tuple[str, Slip], add: Sequence[tuple[str, str]] = ()
) -> tuple[str, Slip]:
    """Write the slip that replaces ``old`` (id, fact), with further (referral, service) pairs: (id, fact).

    It names the desks where something is still owed, and asks for all that the old one asked for, so that a
    desk still sees what it has done.
    """
    old_id, fact = old
    view = desk_queries.by_token(work.session, fact.token_id)
    owed = view.owed if view is not None else ()
    asked = [*zip(fact.referrals, fact.services, strict=False)]
    asked += [
        (one.referral, one.service) for one in owed if one.referral and one.referral not in fact.referrals
    ]
    asked += add
    closed = {one.service for one in owed if one.state not in OPEN}
    added = {service for _referral, service in add}
    left = [service for _referral, service in asked if service not in closed or service in added]
    # Also somebody who comes back with the slip of another day stands in today's queues.
    today = place.clock.today(reference.fair(work.session).time_zone)
    now = count_in(place, work.session, today, [service for _referral, service in add])
    token_id = new_token_id(random_bytes)
    fresh = fact.model_copy(
        update={
            "token_id": token_id,
            "code": human_code(token_id),
            "desks": walking_order(reference.desks(work.session), left, now) or fact.desks,
            "services": tuple(service for _referral, service in asked),
            "referrals": tuple(referral for referral, _service in asked),
            "replaces": old_id,
            "void_reason": "",
        }
    )
    return work.create(fresh, subject=new_id(place.clock)), fresh


def _void_earlier(work: UnitOfWork, old: Slip) -> None:
    """Void what the lost slip had replaced: nobody knows which of the papers was lost."""
    seen: set[str] = set()
    earlier = old.replaces
    while earlier is not None and earlier not in seen:
        seen.add(earlier)
        found = slips.by_id(work.session, earlier)
        if found is None:
            return
        if not found[0].void_reason:
            work.change("slip", earlier, {"void_reason": LOST}, base=found[1])
        earlier = found[0].replaces
