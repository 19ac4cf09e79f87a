"""Which entries left quarantine, as the centre's journal of each fair says."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.ruling import Ruling


class RulingRecord(Ruling, Projected, table=True):
    """A row of the table `ruling`."""

    model_config = Projected.model_config
    __tablename__ = "ruling"
