"""The fairs that this laptop carries."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.fair import Fair


class FairRow(Fair, Projected, table=True):
    """A fair."""

    __tablename__ = "fair"
    __table_args__ = indexes("fair")
    model_config = ROW_CONFIG
