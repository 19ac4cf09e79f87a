"""Whose data went."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.erasure import Erasure


class ErasureRow(Erasure, Projected, table=True):
    """An erasure."""

    __tablename__ = "erasure"
    __table_args__ = indexes("erasure", "attendee")
    model_config = ROW_CONFIG
