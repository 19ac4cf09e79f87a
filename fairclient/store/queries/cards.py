"""Cards of people known from other fairs, as they are asked for by the pages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from fairclient.store.pieces import in_pieces
from sync.wire.people import Card


def by_ids(session: Session, subjects: Sequence[str]) -> dict[str, Card]:
    """The cards of some people, those that are here."""
    found: dict[str, Card] = {}
    for marks, some in in_pieces(subjects):
        rows = session.connection().exec_driver_sql(
            f"SELECT subject, content FROM card WHERE subject IN ({marks})", some
        )
        found |= {subject: Card.model_validate_json(content) for subject, content in rows}
    return found


def count(session: Session) -> int:
    """How many cards are here."""
    return int(session.connection().exec_driver_sql("SELECT count(*) FROM card").scalar_one())
