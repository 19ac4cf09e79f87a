"""The index of who looks like whom: packed profiles, and under each key the people who have it."""

from __future__ import annotations

from sqlmodel import Field

from fairclient.store.tables.row import Row


class LikenessRow(Row, table=True):
    """A person as compared: ``profile`` as ``fairclient.matching.profile`` packs it, ``subject`` her id."""

    __tablename__ = "likeness"

    person: int | None = Field(default=None, primary_key=True)
    subject: bytes
    profile: str


class LikenessKeyRow(Row, table=True):
    """Who has a key, within a block of 65,536 people: two bytes each. ``place`` is the block, then the key.

    People come in order, so a save touches only the newest block, however many people are known.
    """

    __tablename__ = "likeness_key"

    place: int | None = Field(default=None, primary_key=True)
    people: bytes
