"""Which entries left the centre's quarantine."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.ruling import Ruling


class RulingRow(Ruling, Projected, table=True):
    """The centre's word on one entry."""

    __tablename__ = "ruling"
    __table_args__ = indexes("ruling")
    model_config = ROW_CONFIG
