"""One-time enrolment codes, kept only as digests."""

from __future__ import annotations

from sqlalchemy import BigInteger, Text
from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class EnrolmentCode(ServerTable, table=True):
    """A code's SHA-256 (128 random bits need no salt), what it grants, and what became of it.

    `public_key` and `reply` are set when it is used: the same laptop that asks again gets the same reply.
    """

    __tablename__ = "enrolment_code"

    digest: str = Field(primary_key=True)
    fair: str
    name: str
    point: str
    roles: str
    scope: str
    expires_ms: int = Field(sa_type=BigInteger)
    public_key: str | None = None
    reply: str | None = Field(default=None, sa_type=Text)
