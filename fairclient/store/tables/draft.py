"""Registrations that were parked."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.draft import Draft


class DraftRow(Draft, Projected, table=True):
    """A parked registration."""

    __tablename__ = "draft"
    __table_args__ = indexes("draft", "token_id", "code")
    model_config = ROW_CONFIG
