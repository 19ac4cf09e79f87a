"""Known people: cards of the municipalities that a fair is told to carry, page by page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, distinct, func, select, text, tuple_

from sync.server.projections.catalogue import SHAPES
from sync.wire.fact import UUID_PATTERN
from sync.wire.fair import Fair
from sync.wire.people import MAX_CARDS, MAX_GONE, Card, PeoplePage
from sync.wire.problem import WireError

_ID: Final = re.compile(UUID_PATTERN)
_ATTENDEE: Final = SHAPES["attendee"].table
_FAIR: Final = SHAPES["fair"].table
_ERASURE: Final = SHAPES["erasure"].table
_NAMED: Final = tuple(name for name in Card.model_fields)
_OTHERS = text("SELECT subject FROM fair WHERE fictional = :fictional AND subject <> :fair")


def page(connection: Connection, fair: str, after: str, most: int = MAX_CARDS) -> PeoplePage:
    """Return the cards that follow the place `after` ("" for the first ones) for a fair.

    People come in the order of fair and id, each as she stands at that fair; a person of two fairs comes
    twice, the latter being the one that counts. Nobody of the asking fair itself, nobody anonymous or
    erased, and no fictional people among real ones.

    Raises:
        WireError: `unknown-fair`, or `garbled` for a place that is none.
    """
    asking = _asking(connection, fair)
    place = _place(after)
    found = _cards(connection, fair, asking, place, most) if asking.known_people else []
    last = len(found) < most
    reached = f"{found[-1]['fair']}.{found[-1]['subject']}" if found else after
    cards = tuple(Card.model_validate({name: row[name] for name in _NAMED}) for row in found)
    return PeoplePage(cards=cards, next=reached, last=last, gone=_gone(connection) if last else ())


def count(connection: Connection, fair: str) -> int:
    """Return how many people of other fairs laptops of a fair carry at most."""
    asking = _asking(connection, fair)
    if not asking.known_people:
        return 0
    return int(
        connection.execute(
            select(func.count(distinct(_ATTENDEE.c.subject))).where(*_carried(connection, fair, asking))
        ).scalar_one()
    )


def _place(after: str) -> tuple[str, str]:
    fair, _, subject = after.partition(".")
    if after and not (_ID.fullmatch(fair) and _ID.fullmatch(subject)):
        raise WireError("garbled", "The place from which to go on is not one of ours.")
    return fair, subject


def _cards(
    connection: Connection, fair: str, asking: Fair, after: tuple[str, str], most: int
) -> Sequence[dict[str, Any]]:
    query = (
        select(_ATTENDEE.c.fair, *(_ATTENDEE.c[name] for name in _NAMED))
        .where(tuple_(_ATTENDEE.c.fair, _ATTENDEE.c.subject) > tuple_(*after))
        .where(*_carried(connection, fair, asking))
        .order_by(_ATTENDEE.c.fair, _ATTENDEE.c.subject)
        .limit(most)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _asking(connection: Connection, fair: str) -> Fair:
    row = connection.execute(select(_FAIR).where(_FAIR.c.subject == fair)).mappings().first()
    if row is None:
        raise WireError("unknown-fair")
    asking = SHAPES["fair"].fact_of(dict(row))
    assert isinstance(asking, Fair)  # what the table of fairs holds
    return asking


def _carried(connection: Connection, fair: str, asking: Fair) -> tuple[ColumnElement[bool], ...]:
    """Whom a fair carries: of its municipalities, known elsewhere, neither anonymous nor erased."""
    others = connection.execute(_OTHERS, {"fictional": asking.fictional, "fair": fair}).scalars().all()
    return (
        _ATTENDEE.c.fair.in_(others),
        _ATTENDEE.c.municipality.in_(asking.known_people),
        ~_ATTENDEE.c.anonymous,
        _ATTENDEE.c.subject.not_in(select(_ERASURE.c.attendee)),
    )


def _gone(connection: Connection) -> tuple[str, ...]:
    query = select(_ERASURE.c.attendee).distinct().order_by(_ERASURE.c.attendee).limit(MAX_GONE)
    return tuple(connection.execute(query).scalars())
