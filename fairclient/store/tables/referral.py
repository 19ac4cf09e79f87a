"""The services that people asked for."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.referral import Referral


class ReferralRow(Referral, Projected, table=True):
    """One person sent to one service."""

    __tablename__ = "referral"
    __table_args__ = indexes("referral", "visit")
    model_config = ROW_CONFIG
