"""The table of each kind of fact, one line each."""

from __future__ import annotations

from typing import Final

from sync.server.projections.attendee import AttendeeRecord
from sync.server.projections.authorisation import AuthorisationRecord
from sync.server.projections.base import Projected
from sync.server.projections.day_closed import DayClosedRecord
from sync.server.projections.desk import DeskRecord
from sync.server.projections.distinction import DistinctionRecord
from sync.server.projections.draft import DraftRecord
from sync.server.projections.erasure import ErasureRecord
from sync.server.projections.fair import FairRecord
from sync.server.projections.household import HouseholdRecord
from sync.server.projections.operator import OperatorRecord
from sync.server.projections.operator_key import OperatorKeyRecord
from sync.server.projections.outcome import OutcomeRecord
from sync.server.projections.referral import ReferralRecord
from sync.server.projections.row import Shape
from sync.server.projections.ruling import RulingRecord
from sync.server.projections.sealed import SealedRecord
from sync.server.projections.service import ServiceRecord
from sync.server.projections.slip import SlipRecord
from sync.server.projections.station import StationRecord
from sync.server.projections.visit import VisitRecord
from sync.wire.catalogue import KINDS

RECORDS: Final[dict[str, type[Projected]]] = {
    "attendee": AttendeeRecord,
    "household": HouseholdRecord,
    "authorisation": AuthorisationRecord,
    "visit": VisitRecord,
    "referral": ReferralRecord,
    "outcome": OutcomeRecord,
    "slip": SlipRecord,
    "fair": FairRecord,
    "service": ServiceRecord,
    "desk": DeskRecord,
    "operator": OperatorRecord,
    "station": StationRecord,
    "day_closed": DayClosedRecord,
    "distinction": DistinctionRecord,
    "draft": DraftRecord,
    "sealed": SealedRecord,
    "erasure": ErasureRecord,
    "operator_key": OperatorKeyRecord,
    "ruling": RulingRecord,
}

SHAPES: Final[dict[str, Shape]] = {kind: Shape(KINDS[kind], record) for kind, record in RECORDS.items()}
"""How facts of each kind become rows, and rows facts."""
