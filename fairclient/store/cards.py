"""Keeping the cards of people known from other fairs, and their places in the index of likeness.

Cards are no part of any journal: they are lent by the centre for a fair, and go with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from fairclient.matching import profile
from fairclient.matching.profile import Profile
from fairclient.store import likeness, meta
from fairclient.store.pieces import in_pieces
from sync.wire.people import Card

CURSOR: Final = "cards_after"
"""Where the next page begins; kept with the cards in one transaction, so that a broken line loses nothing."""

_AT_ONCE: Final = 400


class Prepared(NamedTuple):
    """A card as it is kept and indexed: made before the file is locked, for it takes most of the time."""

    subject: str
    content: str
    entry: likeness.Entry


def prepared(card: Card) -> Prepared:
    """What is kept of a card."""
    return Prepared(card.subject, _content(card), likeness.entry(card.subject, profile_of(card)))


def fresh(connection: Connection, cards: Sequence[Card]) -> list[Card]:
    """Those that are not here, or not as they are now: nothing has to be made of the others."""
    held = dict(_held(connection, [card.subject for card in cards]))
    return [card for card in cards if card.subject not in held or held[card.subject] != _content(card)]


def take(connection: Connection, cards: Sequence[Prepared]) -> int:
    """Keep cards and index them; those of people who are registered here already, or erased, are left aside.

    Gives how many were new or had changed.
    """
    wanted = {card.subject: card for card in cards}
    aside = _among(connection, "attendee", wanted) | _among(connection, "erased", wanted)
    held = dict(_held(connection, wanted))
    fresh = [
        card
        for card in wanted.values()
        if card.subject not in aside and held.get(card.subject) != card.content
    ]
    drop(connection, [card.subject for card in fresh if card.subject in held])
    if fresh:
        connection.exec_driver_sql(
            "INSERT INTO card (subject, content) VALUES (?, ?)",
            [(card.subject, card.content) for card in fresh],
        )
        likeness.add_entries(connection, [card.entry for card in fresh])
    return len(fresh)


def drop(connection: Connection, subjects: Collection[str]) -> int:
    """Take cards out of the table and the index; gives how many there were."""
    found = _held(connection, subjects)
    for subject, content in found:
        likeness.remove_profile(connection, subject, profile_of(Card.model_validate_json(content)))
    if found:
        connection.exec_driver_sql(
            "DELETE FROM card WHERE subject = ?", [(subject,) for subject, _content_ in found]
        )
    return len(found)


def index_all(connection: Connection) -> None:
    """Put every card into an index that was emptied."""
    last = ""
    while rows := connection.exec_driver_sql(
        "SELECT subject, content FROM card WHERE subject > ? ORDER BY subject LIMIT 2000", (last,)
    ).all():
        told = [(subject, profile_of(Card.model_validate_json(content))) for subject, content in rows]
        likeness.add_profiles(connection, told)
        last = rows[-1][0]


def drop_all(connection: Connection) -> None:
    """Take every card out of the table and the index, and begin anew with the first page."""
    while (
        found := connection.exec_driver_sql("SELECT subject FROM card LIMIT ?", (_AT_ONCE,)).scalars().all()
    ):
        drop(connection, found)
    forget_all(connection)


def forget_all(connection: Connection) -> None:
    """Drop every card; the caller empties or rebuilds the index."""
    connection.exec_driver_sql("DELETE FROM card")
    connection.exec_driver_sql("DELETE FROM meta WHERE key = ?", (CURSOR,))


def cursor(connection: Connection) -> str:
    """Where the next page begins."""
    return meta.get(connection, CURSOR) or ""


def reached(connection: Connection, after: str) -> None:
    """Remember where the next page begins."""
    meta.put(connection, CURSOR, after)


def _content(card: Card) -> str:
    return card.model_dump_json(exclude_defaults=True)


def profile_of(card: Card) -> Profile:
    """What is compared of a card."""
    return profile.make(
        (card.given_names, card.first_surname, card.second_surname),
        birth="" if card.birth_date is None else card.birth_date.isoformat().replace("-", ""),
        papers=((document.type, document.number) for document in card.documents),
        municipality=card.municipality,
    )


def _held(connection: Connection, subjects: Collection[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for marks, some in in_pieces(subjects):
        rows = connection.exec_driver_sql(
            f"SELECT subject, content FROM card WHERE subject IN ({marks})", some
        )
        found += [(subject, content) for subject, content in rows]
    return found


def _among(connection: Connection, table: str, subjects: Collection[str]) -> set[str]:
    found: set[str] = set()
    for marks, some in in_pieces(subjects):
        rows = connection.exec_driver_sql(f"SELECT subject FROM {table} WHERE subject IN ({marks})", some)
        found.update(rows.scalars())
    return found
