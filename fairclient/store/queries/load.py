"""How long one would wait at each desk, and how many places it has left, as far as this laptop has heard.

A desk's pace is what it did in the last hour, where that says anything, else what its capacity for a day
promises. All desks follow the same rule, the protected ones too, so that no letter stands out by its place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from sqlmodel import Session

from fairclient.store.queries import reference, waiting
from fairclient.store.queries.waiting import Pending
from fairclient.store.sessions import identity_of, remembered
from sync.wire.clock import milliseconds
from sync.wire.desk import Desk

DAY_MINUTES: Final = 420
"""How long desks work: eight in the morning to three in the afternoon."""
USUAL_MINUTES: Final = 6.0
"""How long a person takes at a desk whose capacity nobody stated and that has not served yet."""
STEP_MINUTES: Final = 10
"""Waits within one step are taken for equal: then the shorter walk is better."""
OLD_MS: Final = 150_000
"""After so long waits are counted anew before a slip is given; while the window is open, each minute."""
_HOUR_MS: Final = 3_600_000
_ENOUGH: Final = 4
_FINAL: Final = frozenset({"served", "not_served", "referred_on"})


@dataclass
class DeskLoad:
    """A desk's queue: how many wait, and how many minutes one person takes. It grows as slips are issued."""

    letter: str
    waiting: int
    minutes_each: float

    @property
    def minutes(self) -> float:
        """How long somebody would wait who came now."""
        return self.waiting * self.minutes_each

    @property
    def step(self) -> int:
        """The wait in steps that are worth a longer walk."""
        return int(self.minutes // STEP_MINUTES)


class Counted(NamedTuple):
    """The loads of a day as they were counted at a moment."""

    day: date
    at_ms: int
    loads: dict[str, DeskLoad]


@dataclass(frozen=True)
class Places:
    """The places of a service on a day.

    ``share`` is what this laptop may give without asking the others; ``points`` how many laptops share.
    """

    quota: int
    given: int
    own: int
    share: int
    points: int

    @property
    def left(self) -> int:
        """How many this laptop may still give."""
        return max(0, min(self.quota - self.given, self.share - self.own))

    @property
    def left_of_all(self) -> int:
        """How many are left as far as is known, whoever's share they are."""
        return max(0, self.quota - self.given)


def loads(session: Session, day: date, now_ms: int) -> dict[str, DeskLoad]:
    """The load of each desk by its letter, as it was counted last, and what was issued since.

    Counting reads the whole day, so a save that holds the file's lock never does (see ``count_again``), but
    for the first of a day where nobody has.
    """
    found = _counted(session)
    if found is None or found.day != day:
        found = count_again(session, day, now_ms)
    return found.loads


def are_old(session: Session, day: date, now_ms: int) -> bool:
    """Whether the loads of a day were never counted, or ``OLD_MS`` ago or earlier; asks no database."""
    found = _counted(session)
    return found is None or found.day != day or not 0 <= now_ms - found.at_ms < OLD_MS


def was_counted(session: Session) -> bool:
    """Whether anybody has asked for the loads since the store was opened."""
    return _counted(session) is not None


def count_again(session: Session, day: date, now_ms: int) -> Counted:
    """Count the loads of a day and remember them for the saves to come."""
    found = Counted(day, now_ms, _count(session, day, now_ms))
    remembered(session)[Counted] = found
    return found


def places(session: Session, day: date, service: str) -> Places | None:
    """The places of a service today, None where its desks have no quota.

    Without a network nobody knows what the others give at this moment. So a quota is shared: every laptop of
    the fair that may register and is not revoked has the same part, and what doesn't divide goes to the first
    ones by point. Together they can't give more than there is.
    """
    quota = _quota([desk for _id, desk in reference.desks(session)], service)
    if quota is None:
        return None
    identity = identity_of(session)
    stations = sorted(
        (station.point, station_id)
        for station_id, station in reference.stations(session)
        if station.scope == "fair" and not station.revoked
    )
    points = max(len(stations), 1)
    own_place = (identity.point, identity.station)
    rank = stations.index(own_place) if own_place in stations else points
    share = quota // points + (rank < quota % points)
    given, own = _given(session, day, service, identity.station)
    return Places(quota, given, own, share, points)


def _quota(desks: Sequence[Desk], service: str) -> int | None:
    """The places of a service a day; a desk of several services shares its places among them as they come."""
    giving = [desk for desk in desks if service in desk.services]
    if not giving or any(desk.quota == 0 for desk in giving):
        return None
    return sum(desk.quota for desk in giving)


def _given(session: Session, day: date, service: str, station: str) -> tuple[int, int]:
    """How many places were given on a day, and how many of them by this laptop.

    A place that was given back counts no more: void, or not served because there were none.
    """
    desks = [desk for _id, desk in reference.desks(session) if service in desk.services]
    services = sorted({code for desk in desks for code in desk.services})
    marks = ",".join("?" * len(services))
    rows = session.connection().exec_driver_sql(
        "SELECT count(*), coalesce(sum(r.station = ?), 0) FROM visit v JOIN referral r "
        f"ON r.visit = v.subject WHERE v.day = ? AND r.service IN ({marks}) AND NOT EXISTS (SELECT 1 "
        "FROM outcome o WHERE o.referral = r.subject AND (o.result = 'void' OR o.reason = 'FULL'))",
        (station, day.isoformat(), *services),
    )
    given, own = rows.one()
    return int(given), int(own)


def _counted(session: Session) -> Counted | None:
    found: Counted | None = remembered(session).get(Counted)
    return found


def _count(session: Session, day: date, now_ms: int) -> dict[str, DeskLoad]:
    desks = [desk for _id, desk in reference.desks(session)]
    giving = Counter(service for desk in desks for service in desk.services)
    of_day = waiting.of_day(session, day)
    waits = Counter(one.service for one in of_day if one.is_open)
    pace = _pace(of_day, now_ms)
    return {
        desk.letter: DeskLoad(
            desk.letter,
            sum(-(-waits[service] // giving[service]) for service in desk.services),
            pace.get(desk.letter) or (DAY_MINUTES / desk.capacity if desk.capacity else USUAL_MINUTES),
        )
        for desk in desks
    }


def _pace(of_day: Sequence[Pending], now_ms: int) -> Mapping[str, float]:
    """Minutes a person of each desk that did enough in the last hour to tell.

    The middle one of the pauses between what it recorded: a desk for which nobody waited is not a slow one.
    """
    lately: dict[str, list[int]] = defaultdict(list)
    for outcome in (outcome for one in of_day for outcome in one.standing if outcome.result in _FINAL):
        at = milliseconds(outcome.created)
        if outcome.desk and now_ms - at < _HOUR_MS:
            lately[outcome.desk].append(at)
    return {
        desk: max(median(later - earlier for earlier, later in pairwise(sorted(times))) / 60_000, 1.0)
        for desk, times in lately.items()
        if len(times) > _ENOUGH
    }
