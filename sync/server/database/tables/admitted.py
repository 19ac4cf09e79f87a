"""Which stations joined a hub."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class AdmittedStation(ServerTable, table=True):
    """A station that brought the hub's code once."""

    __tablename__ = "admitted"

    station: str = Field(primary_key=True)
    at_ms: int = Field(sa_type=BigInteger)
