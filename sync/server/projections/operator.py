"""Operators, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.operator import Operator


class OperatorRecord(Operator, Projected, table=True):
    """A row of the table `operator`."""

    model_config = Projected.model_config
    __tablename__ = "operator"
