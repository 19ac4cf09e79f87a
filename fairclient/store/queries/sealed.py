"""Sealed notes about a referral; what is in them only their recipients can tell."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from fairclient.store.queries.rows import facts
from sync.wire.clock import milliseconds
from sync.wire.sealed import Sealed


@dataclass(frozen=True)
class SealedNote:
    """A note as the journal holds it: who wrote it (an operator's id), when (ms since 1970), the file."""

    author: str
    at_ms: int
    content: str


def notes_about(session: Session, referral: str) -> list[SealedNote]:
    """The notes about a referral, the first one first."""
    found = list(facts(session, Sealed, "about = ?", (referral,)))
    found.sort(key=lambda pair: (pair[0].created, pair[0].subject))
    return [SealedNote(kept.author, milliseconds(kept.created), fact.content) for kept, fact in found]
