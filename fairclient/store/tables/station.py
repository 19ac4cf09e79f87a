"""The enrolled laptops."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.station import Station


class StationRow(Station, Projected, table=True):
    """An enrolled laptop and its public key."""

    __tablename__ = "station"
    __table_args__ = indexes("station")
    model_config = ROW_CONFIG
