"""The table of each kind of fact, one line each."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table

from fairclient.store.tables.attendee import AttendeeRow
from fairclient.store.tables.authorisation import AuthorisationRow
from fairclient.store.tables.day_closed import DayClosedRow
from fairclient.store.tables.desk import DeskRow
from fairclient.store.tables.distinction import DistinctionRow
from fairclient.store.tables.draft import DraftRow
from fairclient.store.tables.erasure import ErasureRow
from fairclient.store.tables.fair import FairRow
from fairclient.store.tables.household import HouseholdRow
from fairclient.store.tables.operator import OperatorRow
from fairclient.store.tables.operator_key import OperatorKeyRow
from fairclient.store.tables.outcome import OutcomeRow
from fairclient.store.tables.referral import ReferralRow
from fairclient.store.tables.row import Projected, Row
from fairclient.store.tables.ruling import RulingRow
from fairclient.store.tables.sealed import SealedRow
from fairclient.store.tables.service import ServiceRow
from fairclient.store.tables.slip import SlipRow
from fairclient.store.tables.station import StationRow
from fairclient.store.tables.visit import VisitRow

ROWS: Final[dict[str, type[Projected]]] = {
    "attendee": AttendeeRow,
    "household": HouseholdRow,
    "authorisation": AuthorisationRow,
    "visit": VisitRow,
    "referral": ReferralRow,
    "outcome": OutcomeRow,
    "slip": SlipRow,
    "fair": FairRow,
    "service": ServiceRow,
    "desk": DeskRow,
    "operator": OperatorRow,
    "station": StationRow,
    "day_closed": DayClosedRow,
    "distinction": DistinctionRow,
    "draft": DraftRow,
    "sealed": SealedRow,
    "erasure": ErasureRow,
    "operator_key": OperatorKeyRow,
    "ruling": RulingRow,
}


def table_of(row: type[Row]) -> Table:
    """The table behind a row class."""
    return Row.metadata.tables[str(row.__tablename__)]
