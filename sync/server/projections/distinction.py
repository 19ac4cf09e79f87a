"""Decisions about people who look alike, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.distinction import Distinction


class DistinctionRecord(Distinction, Projected, table=True):
    """A row of the table `distinction`."""

    model_config = Projected.model_config
    __tablename__ = "distinction"
