"""The centre's receipts that a hub was handed, for those whose work they cover."""

from __future__ import annotations

from sqlalchemy import BigInteger, Text
from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class HandedReceipt(ServerTable, table=True):
    """A receipt that another server signed: `document` is its JSON, `name` the journal that it is about.

    The journal need not be here (yet), so it stands by its name.
    """

    __tablename__ = "handed_receipt"

    name: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    fair: str = Field(index=True)
    document: str = Field(sa_type=Text)
