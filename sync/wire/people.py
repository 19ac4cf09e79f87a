"""Known people: cards by which somebody of another fair is recognised offline, page by page."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import ConfigDict, Field, StringConstraints

from sync.wire.attendee import Document
from sync.wire.fact import Id, Part, Short
from sync.wire.messages import Message

MAX_CARDS: Final = 2000
"""Cards on a page at most."""
MAX_GONE: Final = 50_000
MAX_BYTES: Final = 4 * 1024 * 1024
"""Bytes of a page at most, after unpacking."""


class Card(Part):
    """What recognises a person, and no more: names, birth date, documents, and where she lives."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    subject: Id
    given_names: Annotated[str, StringConstraints(max_length=80)] = ""
    first_surname: Short = ""
    second_surname: Short = ""
    birth_date: date | None = None
    documents: Annotated[tuple[Document, ...], Field(max_length=12)] = ()
    municipality: Annotated[str, StringConstraints(pattern=r"^([0-9]{5})?$")] = ""


class PeoplePage(Message):
    """Some cards; `next` is to be given as `after` for what follows, `last` says that nothing does yet.

    The last page also names all who were erased anywhere: whoever holds a card of one of them drops it.
    """

    cards: Annotated[tuple[Card, ...], Field(max_length=MAX_CARDS)] = ()
    next: Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{0,36}(\.[0-9a-f-]{36})?$")] = ""
    last: bool = False
    gone: Annotated[tuple[Id, ...], Field(max_length=MAX_GONE)] = ()
