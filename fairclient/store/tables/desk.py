"""The desks of the fairs."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.desk import Desk


class DeskRow(Desk, Projected, table=True):
    """A desk at a fair."""

    __tablename__ = "desk"
    __table_args__ = indexes("desk")
    model_config = ROW_CONFIG
