"""Entries on their way into a journal: a range that follows its head, and what was found in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sync.server.acceptance import Refused
from sync.server.ledger import Journal
from sync.server.projections.project import Accepted
from sync.wire.entry import Entry


class Range(NamedTuple):
    """Entries that follow a journal's head: the digest after each, the seal over the last, what was found."""

    entries: Sequence[Entry]
    digests: Sequence[bytes]
    signature: bytes
    examined: Sequence[Accepted | Refused]

    @property
    def accepted(self) -> list[Accepted]:
        """The entries that give rows."""
        return [item for item in self.examined if isinstance(item, Accepted)]

    @property
    def refused(self) -> list[Refused]:
        """The entries that are put aside."""
        return [item for item in self.examined if isinstance(item, Refused)]


class Piece(NamedTuple):
    """A range and the journal that it makes grow."""

    journal: Journal
    range: Range
