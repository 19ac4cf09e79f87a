"""Whose data went, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.erasure import Erasure


class ErasureRecord(Erasure, Projected, table=True):
    """A row of the table `erasure`."""

    model_config = Projected.model_config
    __tablename__ = "erasure"
