"""Desks, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.desk import Desk


class DeskRecord(Desk, Projected, table=True):
    """A row of the table `desk`."""

    model_config = Projected.model_config
    __tablename__ = "desk"
