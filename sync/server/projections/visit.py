"""Visits, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.visit import Visit


class VisitRecord(Visit, Projected, table=True):
    """A row of the table `visit`."""

    model_config = Projected.model_config
    __tablename__ = "visit"
