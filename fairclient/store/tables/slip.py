"""The slips."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.slip import Slip


class SlipRow(Slip, Projected, table=True):
    """One slip."""

    __tablename__ = "slip"
    __table_args__ = indexes("slip", "attendee", ("day", "turn"), "token_id", "code")
    model_config = ROW_CONFIG
