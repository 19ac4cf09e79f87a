"""Notes that only those they are sealed for can read."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.sealed import Sealed


class SealedRow(Sealed, Projected, table=True):
    """A sealed note."""

    __tablename__ = "sealed"
    __table_args__ = indexes("sealed", "about")
    model_config = ROW_CONFIG
