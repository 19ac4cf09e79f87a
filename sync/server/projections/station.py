"""Stations, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.station import Station


class StationRecord(Station, Projected, table=True):
    """A row of the table `station`."""

    model_config = Projected.model_config
    __tablename__ = "station"
