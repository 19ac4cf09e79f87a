"""Slips, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.slip import Slip


class SlipRecord(Slip, Projected, table=True):
    """A row of the table `slip`."""

    model_config = Projected.model_config
    __tablename__ = "slip"
