"""Who works at the fairs."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.operator import Operator


class OperatorRow(Operator, Projected, table=True):
    """An operator."""

    __tablename__ = "operator"
    __table_args__ = indexes("operator")
    model_config = ROW_CONFIG
