"""Who this server is: one row."""

from __future__ import annotations

from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class ServerRow(ServerTable, table=True):
    """The server's own id, name and public key; its private keys are never here.

    `centre` and `centre_key` name the centre that a hub collects for; both are empty at a centre.
    `incarnation` is that of the journals of its own that it writes now.
    """

    __tablename__ = "server"

    id: str = Field(primary_key=True)
    name: str
    tier: str
    public_key: str
    centre: str = ""
    centre_key: str = ""
    incarnation: int = 1
