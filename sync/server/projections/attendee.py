"""People, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.attendee import Attendee


class AttendeeRecord(Attendee, Projected, table=True):
    """A row of the table `attendee`."""

    model_config = Projected.model_config
    __tablename__ = "attendee"
