"""Households, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.household import Household


class HouseholdRecord(Household, Projected, table=True):
    """A row of the table `household`."""

    model_config = Projected.model_config
    __tablename__ = "household"
