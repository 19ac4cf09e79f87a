"""The keys that operators have on single laptops, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.operator_key import OperatorKey


class OperatorKeyRecord(OperatorKey, Projected, table=True):
    """A row of the table `operator_key`."""

    model_config = Projected.model_config
    __tablename__ = "operator_key"
