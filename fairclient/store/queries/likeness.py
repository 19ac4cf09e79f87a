"""The people whom the index of likeness brings up for a query: the rarest shared keys count most."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import Any, Final, NamedTuple, TypeAlias

from sqlmodel import Session

from fairclient.matching.keys import KEY_BITS
from fairclient.store.likeness import BLOCK_BITS, place_of, unpacked
from fairclient.store.queries.rows import by_ids
from fairclient.store.search_keys import DOCUMENT, NAME
from sync.wire.attendee import Attendee

_MOST_COUNTED: Final = 20_000
"""Listed people that one look counts; keys that so many share come last and are left away behind this."""
_LEAST_BEGUN: Final = 3
AFTER: Final = "\U0010ffff"
_MASK: Final = (1 << KEY_BITS) - 1


class Listed(NamedTuple):
    """Somebody the index brought up: her number, her id's bytes and her packed profile."""

    person: int
    subject: bytes
    profile: str

    @property
    def attendee(self) -> str:
        """Her id as everywhere else."""
        text = self.subject.hex()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def bring_up(session: Session, keys: Iterable[int], most: int) -> list[Listed]:
    """At most ``most`` people who share keys with a query: those who share the most telling ones."""
    lists = _lists(session, sorted(keys))
    votes: dict[int, float] = defaultdict(float)
    counted = 0
    for weight, people in _by_rarity(session, lists):
        counted += sum(len(found) for _block, found in people)
        if counted > _MOST_COUNTED and votes:
            break
        for block, found in people:
            for at in found:
                votes[block | at] += weight
    chosen = nlargest(most, votes, key=votes.__getitem__) if len(votes) > most else list(votes)
    return _profiles(session, chosen)


def begun(session: Session, beginning: tuple[str, str], most: int) -> list[tuple[str, Attendee]]:
    """People with a word of a name, or a document, that begins so: ("name" or "document", the beginning)."""
    kind, text = beginning
    prefix = {"name": NAME + text, "document": DOCUMENT + text}.get(kind, "")
    if not prefix or len(text) < _LEAST_BEGUN:
        return []
    found = session.connection().exec_driver_sql(
        f"SELECT subject FROM search_key WHERE key >= ? AND key < ? LIMIT {int(most)}",
        (prefix, prefix + AFTER),
    )
    ids = list(dict.fromkeys(found.scalars()))
    return [(kept.subject, fact) for kept, fact in by_ids(session, Attendee, "subject", ids)]


People: TypeAlias = "list[tuple[int, array[int]]]"


def _lists(session: Session, keys: Sequence[int]) -> dict[int, People]:
    """Who has each key: by block, as numbers within it."""
    lists: dict[int, People] = defaultdict(list)
    if not keys:
        return lists
    blocks = range((_newest(session) >> BLOCK_BITS) + 1)
    places = ",".join(str(place_of(block, key)) for block in blocks for key in keys)
    for place, people in _run(session, f"SELECT place, people FROM likeness_key WHERE place IN ({places})"):
        lists[place & _MASK].append((place >> KEY_BITS << BLOCK_BITS, unpacked(people)))
    return lists


def _by_rarity(session: Session, lists: dict[int, People]) -> list[tuple[float, People]]:
    """The lists with what sharing each is worth in bits, the rarest first."""
    everybody = _newest(session) + 2
    sized = [(sum(len(found) for _block, found in people), people) for people in lists.values()]
    sized.sort(key=lambda pair: pair[0])
    return [(math.log2(everybody / size), people) for size, people in sized]


def _profiles(session: Session, people: Sequence[int]) -> list[Listed]:
    numbers = ",".join(map(str, people))
    rows = _run(session, f"SELECT person, subject, profile FROM likeness WHERE person IN ({numbers})")
    return [Listed(*row) for row in rows]


def _newest(session: Session) -> int:
    (row,) = _run(session, "SELECT max(person) FROM likeness")
    return int(row[0] or 0)


def _run(session: Session, statement: str) -> list[tuple[Any, ...]]:
    """All rows of a statement whose only values are numbers that stand in it."""
    driver = session.connection().connection.driver_connection
    assert driver is not None  # a session that reads has a connection
    found: list[tuple[Any, ...]] = driver.execute(statement).fetchall()
    return found
