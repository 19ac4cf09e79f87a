"""The turns of a day: letters of the registration point, and a number that grows.

Laptops give turns without asking each other, so each has numbers of its own: the first laptop of a point
counts from 001; a further one at the same point, and a laptop that was restored from a copy (whose other self
may have gone on counting), count in a block of a hundred of their own from 2000 on. Who has used up what was
his goes on in a thousand of his own from 10000 on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from sqlmodel import Session

from fairclient.store.identity import StationIdentity
from fairclient.store.queries import reference
from fairclient.store.sessions import identity_of


class _Range(NamedTuple):
    """Numbers of one width from ``low`` up to, but without, ``high``."""

    low: int
    high: int


TABLES: Final = ("slip", "paper_block")
"""Where turns stand that have been given or promised, in columns ``turn`` and ``day``."""

OWN_BLOCKS: Final = 2000
"""The first laptop of a point counts up to here; above are the blocks of the others."""
BEYOND: Final = 10_000
"""Where the first laptop of a point goes on that has used up what was its own."""
_ANYBODY: Final = _Range(15_000, 20_000)
"""For who has used up that as well: more than anybody registers on a day, but a program may."""
_OTHERS: Final = 20_000
"""Where the others go on, each in a part of its own."""
_BLOCK: Final = 100
_PART: Final = 1000
_HALF: Final = (BEYOND - OWN_BLOCKS) // _BLOCK // 2


def next_turn(session: Session, day: date) -> str:
    """The turn after the last one that this laptop gave on ``day``: "A-001" first, "A-1000" after "A-999".

    Ask inside the transaction that writes the slip, so that no turn is given twice.
    """
    identity = identity_of(session)
    for numbers in ranges(session, identity):
        last = _last(session, identity.point, day, numbers)
        if last + 1 < numbers.high:
            return f"{identity.point}-{max(last + 1, numbers.low, 1):03d}"
    raise RuntimeError("a laptop gave thousands of turns on one day")


def ranges(session: Session, identity: StationIdentity) -> Iterator[_Range]:
    """The numbers that belong to this laptop, in the order in which it uses them up."""
    rank = _rank(session, identity)
    if rank == 0 and identity.incarnation == 1:
        yield from (_Range(0, 1000), _Range(1000, OWN_BLOCKS), _Range(BEYOND, _ANYBODY.low))
    else:
        block = (rank - 1) % _HALF
        if identity.incarnation > 1:
            block = _HALF + (identity.incarnation + rank) % _HALF
        yield _Range(OWN_BLOCKS + block * _BLOCK, OWN_BLOCKS + (block + 1) * _BLOCK)
        yield _Range(_OTHERS + block * _PART, _OTHERS + (block + 1) * _PART)
    yield _ANYBODY


def _rank(session: Session, identity: StationIdentity) -> int:
    """How many laptops were at this point before this one; ids grow with the time of enrolment."""
    return sum(
        station.point == identity.point and station_id < identity.station
        for station_id, station in reference.stations(session)
    )


def _last(session: Session, point: str, day: date, numbers: _Range) -> int:
    """The greatest number given in a range; the index on day and turn leads straight to it."""
    width = max(3, len(str(numbers.high - 1)))
    # The sign after "9": past all numbers of this width, where the next width begins.
    top = f"{numbers.high:03d}" if len(str(numbers.high)) == width else "9" * width + ":"
    found = [
        session.connection()
        .exec_driver_sql(
            f"SELECT turn FROM {table} WHERE day = ? AND turn >= ? AND turn < ? AND length(turn) = ? "
            "ORDER BY turn DESC LIMIT 1",
            (day.isoformat(), f"{point}-{numbers.low:03d}", f"{point}-{top}", len(point) + 1 + width),
        )
        .scalar()
        for table in TABLES
    ]
    return max((int(str(turn).removeprefix(f"{point}-")) for turn in found if turn), default=numbers.low - 1)
