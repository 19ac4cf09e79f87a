"""The people who came."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.attendee import Attendee


class AttendeeRow(Attendee, Projected, table=True):
    """A person."""

    __tablename__ = "attendee"
    __table_args__ = indexes("attendee", "household")
    model_config = ROW_CONFIG
