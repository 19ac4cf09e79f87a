"""What people authorised."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.authorisation import Authorisation


class AuthorisationRow(Authorisation, Projected, table=True):
    """One authorisation of one person."""

    __tablename__ = "authorisation"
    __table_args__ = indexes("authorisation", "attendee")
    model_config = ROW_CONFIG
