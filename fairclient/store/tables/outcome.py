"""What desks did."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.outcome import Outcome


class OutcomeRow(Outcome, Projected, table=True):
    """What one desk did about one service."""

    __tablename__ = "outcome"
    __table_args__ = indexes("outcome", "token_id", "referral")
    model_config = ROW_CONFIG
