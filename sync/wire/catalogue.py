"""The kinds of facts that this version knows, one line each."""

from __future__ import annotations

from typing import Final

from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from sync.wire.day_closed import DayClosed
from sync.wire.desk import Desk
from sync.wire.distinction import Distinction
from sync.wire.draft import Draft
from sync.wire.erasure import Erasure
from sync.wire.fact import Fact
from sync.wire.fair import Fair
from sync.wire.household import Household
from sync.wire.operator import Operator
from sync.wire.operator_key import OperatorKey
from sync.wire.outcome import Outcome
from sync.wire.referral import Referral
from sync.wire.ruling import Ruling
from sync.wire.sealed import Sealed
from sync.wire.service import Service
from sync.wire.slip import Slip
from sync.wire.station import Station
from sync.wire.visit import Visit

KINDS: Final[dict[str, type[Fact]]] = {
    fact.KIND: fact
    for fact in (
        Attendee,
        Household,
        Authorisation,
        Visit,
        Referral,
        Outcome,
        Slip,
        Fair,
        Service,
        Desk,
        Operator,
        Station,
        DayClosed,
        Distinction,
        Draft,
        Sealed,
        Erasure,
        OperatorKey,
        Ruling,
    )
}

REFERENCE: Final = frozenset({"fair", "service", "desk", "operator", "station", "ruling"})
"""Kinds that only the centre writes, in its own journal of each fair."""

PERSONAL: Final = frozenset({"attendee", "household", "authorisation", "draft"})
"""Kinds whose bodies a station of scope `desk` does not receive."""
