"""From which number on receipts are given after a restore."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class ReceiptFloor(ServerTable, table=True):
    """A number that receipts stay above: what was given after an older backup is never given again."""

    __tablename__ = "receipt_floor"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False}, sa_type=BigInteger)
