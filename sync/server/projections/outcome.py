"""Outcomes, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.outcome import Outcome


class OutcomeRecord(Outcome, Projected, table=True):
    """A row of the table `outcome`."""

    model_config = Projected.model_config
    __tablename__ = "outcome"
