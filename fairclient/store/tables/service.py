"""The services of the fairs."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.service import Service


class ServiceRow(Service, Projected, table=True):
    """A service that a fair offers."""

    __tablename__ = "service"
    __table_args__ = indexes("service")
    model_config = ROW_CONFIG
