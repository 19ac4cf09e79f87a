"""Stations and operators whose last day was set by a person: no session renews those."""

from __future__ import annotations

from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class FixedTerm(ServerTable, table=True):
    """A subject of a fair's roster that works until a day that somebody chose."""

    __tablename__ = "fixed_term"

    fair: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
