"""Households."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.household import Household


class HouseholdRow(Household, Projected, table=True):
    """A household."""

    __tablename__ = "household"
    __table_args__ = indexes("household", "merged_into")
    model_config = ROW_CONFIG
