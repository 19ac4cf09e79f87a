"""Authorisations, as the entries of each fair leave them."""

from __future__ import annotations

from pydantic import ConfigDict

from sync.server.projections.base import Projected
from sync.wire.authorisation import Authorisation


class AuthorisationRecord(Authorisation, Projected, table=True):
    """A row of the table `authorisation`."""

    model_config = ConfigDict(frozen=False)
    __tablename__ = "authorisation"
