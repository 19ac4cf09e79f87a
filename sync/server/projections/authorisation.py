"""Authorisations, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.authorisation import Authorisation


class AuthorisationRecord(Authorisation, Projected, table=True):
    """A row of the table `authorisation`."""

    model_config = Projected.model_config
    __tablename__ = "authorisation"
