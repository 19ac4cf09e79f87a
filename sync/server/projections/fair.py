"""Fairs, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.fair import Fair


class FairRecord(Fair, Projected, table=True):
    """A row of the table `fair`."""

    model_config = Projected.model_config
    __tablename__ = "fair"
