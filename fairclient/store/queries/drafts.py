"""Registrations that were parked: which are still open, by their paper, and which were finished twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlmodel import Session

from fairclient.store.queries import reference
from fairclient.store.queries.rows import Kept, facts
from sync.wire.clock import milliseconds
from sync.wire.draft import Draft

TAKEN: Final = "taken.station"
"""The key of a parked form that says at which station it was taken up last."""
_NAMES: Final = ("given_names", "first_surname", "second_surname")


@dataclass(frozen=True)
class Parked:
    """One parked registration; ``at`` is when it was parked (ms since 1970), ``by`` the operator's name.

    ``taken`` is the point at which somebody took it up, "" while nobody has; ``twice`` says that two
    laptops finished it, each with a person of its own.
    """

    draft: str
    fact: Draft
    revision: str
    name: str
    by: str
    at: int
    taken: str
    twice: bool

    @property
    def open(self) -> bool:
        """Whether it still waits to be finished."""
        return not self.fact.ended


def open_drafts(session: Session, day: date | None = None) -> list[Parked]:
    """What waits to be finished, the oldest first; of one day, or of all."""
    where, values = ("ended = ''", ()) if day is None else ("ended = '' AND day = ?", (day.isoformat(),))
    return _found(session, where, values)


def taken_twice(session: Session) -> list[Parked]:
    """What two laptops finished, each for itself: the two people may be one."""
    return [one for one in _found(session, "conflicted", ()) if one.twice]


def abandoned(session: Session) -> list[str]:
    """The ids of what was given up and not finished anywhere else, as far as is known here."""
    found = session.connection().exec_driver_sql(
        "SELECT subject FROM draft WHERE ended = 'abandoned' AND attendee IS NULL AND NOT conflicted "
        "ORDER BY subject"
    )
    return [str(subject) for subject in found.scalars()]


def by_id(session: Session, draft: str) -> Parked | None:
    """One parked registration, or None where it isn't known here."""
    return next(iter(_found(session, "subject = ?", (draft,))), None)


def by_token(session: Session, token_id: str) -> Parked | None:
    """The parked registration whose paper carries this token, or None."""
    return next(iter(_found(session, "token_id = ?", (token_id,))), None)


def by_code(session: Session, code: str) -> Parked | None:
    """The parked registration with this human code, or None."""
    return next(iter(_found(session, "code = ?", (code,))), None)


def _found(session: Session, where: str, values: Sequence[Any]) -> list[Parked]:
    kept = list(facts(session, Draft, where, values))
    if not kept:
        return []
    operators = dict(reference.operators(session))
    points = {station_id: station.point for station_id, station in reference.stations(session)}
    twice = _conflicts(session)
    found = [
        _parked(row, fact, operators[row.author].name if row.author in operators else "", points, twice)
        for row, fact in kept
    ]
    return sorted(found, key=lambda one: (one.at, one.draft))


def _parked(row: Kept, fact: Draft, by: str, points: dict[str, str], twice: frozenset[str]) -> Parked:
    name = " ".join(filter(None, (fact.form.get(key, "").strip() for key in _NAMES)))
    taken = fact.form.get(TAKEN, "")
    return Parked(
        draft=row.subject,
        fact=fact,
        revision=row.revision,
        name=name,
        by=by,
        at=milliseconds(row.created),
        taken=points.get(taken, taken),
        twice=row.subject in twice,
    )


def _conflicts(session: Session) -> frozenset[str]:
    rows = session.connection().exec_driver_sql(
        "SELECT subject FROM conflict WHERE kind = 'draft' AND field = 'attendee'"
    )
    return frozenset(str(subject) for subject in rows.scalars())
