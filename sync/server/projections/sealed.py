"""Notes that only those they are sealed for can read, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.sealed import Sealed


class SealedRecord(Sealed, Projected, table=True):
    """A row of the table `sealed`."""

    model_config = Projected.model_config
    __tablename__ = "sealed"
