"""Keeping the index of who looks like whom beside the rows: written on every save, receipt and replay."""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from fairclient.matching import profile
from fairclient.matching.keys import KEY_BITS, keys_of
from fairclient.matching.profile import Profile
from sync.wire.attendee import Attendee

TABLES: Final = ("likeness", "likeness_key")
BLOCK_BITS: Final = 16
"""People of one block, as a power of two: their places in it fit two bytes."""

_IN_BLOCK: Final = (1 << BLOCK_BITS) - 1
_ADD: Final = (
    "INSERT INTO likeness_key (place, people) VALUES (?, ?) "
    "ON CONFLICT (place) DO UPDATE SET people = CAST(people || excluded.people AS BLOB)"
)


def add(connection: Connection, people: Sequence[tuple[str, Attendee]]) -> None:
    """Take up people (id and fact) who aren't in the index."""
    add_profiles(connection, [(subject, profile.profile_of(fact)) for subject, fact in people])


class Entry(NamedTuple):
    """Somebody as the index takes her up: her id's bytes, her packed profile, her keys."""

    subject: bytes
    profile: str
    keys: array[int]


def entry(subject: str, told: Profile) -> Entry:
    """What the index takes up of a person; the work of it needs no transaction."""
    return Entry(_bytes(subject), profile.pack(told), array("L", keys_of(told)))


def add_profiles(connection: Connection, people: Sequence[tuple[str, Profile]]) -> None:
    """Take up people (id and profile) who aren't in the index."""
    add_entries(connection, [entry(subject, told) for subject, told in people])


def add_entries(connection: Connection, people: Sequence[Entry]) -> None:
    """Take up people who aren't in the index."""
    if not people:
        return
    person = newest(connection)
    rows = []
    lists: defaultdict[int, bytearray] = defaultdict(bytearray)  # as it is written: a list of each is slow
    for one in people:
        person += 1
        rows.append((person, one.subject, one.profile))
        at = packed((person & _IN_BLOCK,))
        block = person >> BLOCK_BITS
        for key in one.keys:
            lists[place_of(block, key)] += at
    connection.exec_driver_sql("INSERT INTO likeness (person, subject, profile) VALUES (?, ?, ?)", rows)
    if lists:
        connection.exec_driver_sql(_ADD, [(place, lists[place]) for place in sorted(lists)])


def remove(connection: Connection, subject: str, fact: Attendee) -> None:
    """Take a person out who stands in the index with the fact given."""
    remove_profile(connection, subject, profile.profile_of(fact))


def remove_profile(connection: Connection, subject: str, told: Profile) -> None:
    """Take a person out who stands in the index with the profile given."""
    person = _person(connection, _bytes(subject), profile.pack(told))
    if person is None:
        return
    block, at = person >> BLOCK_BITS, person & _IN_BLOCK
    for key in keys_of(told):
        place = place_of(block, key)
        left = [other for other in people_at(connection, place) if other != at]
        connection.exec_driver_sql("DELETE FROM likeness_key WHERE place = ?", (place,))
        if left:
            connection.exec_driver_sql(_ADD, (place, packed(left)))
    connection.exec_driver_sql("DELETE FROM likeness WHERE person = ?", (person,))


def _bytes(subject: str) -> bytes:
    """The sixteen bytes of an id."""
    return bytes.fromhex(subject.replace("-", ""))


def newest(connection: Connection) -> int:
    """The greatest number that a person has in the index; 0 where nobody is in it."""
    return int(connection.exec_driver_sql("SELECT max(person) FROM likeness").scalar() or 0)


def place_of(block: int, key: int) -> int:
    """Where the people of a block who have a key are listed."""
    return (block << KEY_BITS) | key


def people_at(connection: Connection, place: int) -> array[int]:
    """Who is listed at a place, as numbers within its block."""
    found = connection.exec_driver_sql("SELECT people FROM likeness_key WHERE place = ?", (place,)).scalar()
    return unpacked(found or b"")


def packed(people: Iterable[int]) -> bytes:
    """Numbers within a block as the index keeps them: two bytes each, the small one first."""
    numbers = array("H", people)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def unpacked(people: bytes) -> array[int]:
    """The numbers that ``packed`` wrote."""
    numbers = array("H")
    numbers.frombytes(people)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def amiss(connection: Connection, side: str = "main") -> int:
    """How many people are listed wrongly: under a key that isn't theirs, or not under one that is.

    ``side`` is the attached file that is looked at.
    """
    listed: dict[int, int] = defaultdict(int)
    for place, people in connection.exec_driver_sql(f"SELECT place, people FROM {side}.likeness_key"):
        block, key = place >> KEY_BITS, place & ((1 << KEY_BITS) - 1)
        for at in unpacked(people):
            listed[(block << BLOCK_BITS) | at] += _mixed(key)
    for person, text in connection.exec_driver_sql(f"SELECT person, profile FROM {side}.likeness"):
        listed[person] -= sum(_mixed(key) for key in keys_of(profile.unpack(text)))
    return sum(1 for rest in listed.values() if rest)


def _mixed(key: int) -> int:
    """A number so spread that sums of few of them don't meet by chance."""
    return (key + 1) * 0x9E3779B97F4A7C15 & 0xFFFF_FFFF_FFFF


def _person(connection: Connection, subject: bytes, text: str) -> int | None:
    """The number of a person: she is in every list of her keys, so the shortest is looked through."""
    keys = keys_of(profile.unpack(text))
    if not keys:
        found = connection.exec_driver_sql(
            "SELECT person FROM likeness WHERE subject = ?", (subject,)
        ).scalar()
        return None if found is None else int(found)
    for number in _shortest(connection, keys):
        row = connection.exec_driver_sql("SELECT subject FROM likeness WHERE person = ?", (number,)).scalar()
        if row == subject:
            return number
    return None


def _shortest(connection: Connection, keys: frozenset[int]) -> list[int]:
    blocks = range((newest(connection) >> BLOCK_BITS) + 1)
    return min((list(_listed(connection, blocks, key)) for key in keys), key=len)


def _listed(connection: Connection, blocks: range, key: int) -> Iterator[int]:
    for block in blocks:
        yield from ((block << BLOCK_BITS) | at for at in people_at(connection, place_of(block, key)))
