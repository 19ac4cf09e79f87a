"""The keys that operators have on single laptops."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.operator_key import OperatorKey


class OperatorKeyRow(OperatorKey, Projected, table=True):
    """A key that was attested, or withdrawn."""

    __tablename__ = "operator_key"
    __table_args__ = indexes("operator_key")
    model_config = ROW_CONFIG
