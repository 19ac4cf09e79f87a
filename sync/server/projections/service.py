"""Services, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.service import Service


class ServiceRecord(Service, Projected, table=True):
    """A row of the table `service`."""

    model_config = Projected.model_config
    __tablename__ = "service"
