"""Registrations that were parked, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.draft import Draft


class DraftRecord(Draft, Projected, table=True):
    """A row of the table `draft`."""

    model_config = Projected.model_config
    __tablename__ = "draft"
