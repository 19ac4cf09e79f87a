"""Read a slip as one desk sees it: what this desk owes, what was done before, and where to go next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from fairclient.base.clock import moment
from fairclient.base.words import language
from fairclient.store.queries import desk as desk_queries
from fairclient.store.queries import reference
from fairclient.store.queries.desk import EarlierOutcome, Owed
from fairclient.usecases.read_slip import ReadSlip, read_slip
from fairclient.usecases.reserved import sees_reserved
from fairclient.usecases.workplace import Workplace
from sync.wire.desk import Desk

ANY_DESK = "*"
"""The letter of a laptop that stands for all desks of a small fair."""

OPEN = frozenset({"issued", "received", "postponed", "reopened", "unknown", "no_show"})
"""States of a referral in which a desk can still do something."""


@dataclass(frozen=True)
class Earlier:
    """What was recorded before for the same slip and service; `station` is the name of a laptop."""

    result: str
    at: datetime
    desk: str
    station: str
    reason: str


@dataclass(frozen=True)
class DeskService:
    """A service that the slip asks of this desk; `earlier` is in time order."""

    service: str
    name: str
    state: str
    earlier: tuple[Earlier, ...]

    @property
    def is_open(self) -> bool:
        """Whether this desk still has something to do."""
        return self.state in OPEN


@dataclass(frozen=True)
class AtDesk:
    """A slip at desk `letter`: its services here, and the letters where something is still owed, in order.

    `reserved` says that there is something here for a protection focal point, and the operator isn't one.
    """

    text: str
    letter: str
    read: ReadSlip
    here: tuple[DeskService, ...]
    next_desks: tuple[str, ...]
    reserved: bool = False


def read_at_desk(place: Workplace, text: str, letter: str) -> AtDesk:
    """Read what was scanned or typed at desk `letter` (`ANY_DESK` for all of them).

    A desk sees only its own services, protected ones only a focal point, and only a supervisor sees all desks
    at once (data protection: role separation).

    Raises SlipRefused as `read_slip` does, or Unauthorised.
    """
    if letter == ANY_DESK:
        place.require("supervisor")
    read = read_slip(place, text)
    with place.store.read() as session:
        desks = [desk for _desk_id, desk in reference.desks(session)]
        names = {station_id: station.name for station_id, station in reference.stations(session)}
        given = {code for desk in desks if letter in (ANY_DESK, desk.letter) for code in desk.services}
        asked = [owed for owed in read.owed if owed.service in given]
        mine = [owed for owed in asked if sees_reserved(place) or not owed.sensitive]
        here = tuple(_service(session, read, owed, names) for owed in mine)
    hidden = {owed.service for owed in asked} - {owed.service for owed in mine}
    return AtDesk(text, letter, read, here, _next_desks(read, given - hidden, desks), bool(hidden))


def _service(session: Session, read: ReadSlip, owed: Owed, names: dict[str, str]) -> DeskService:
    found = desk_queries.outcomes_of(session, read.token_id, owed.service, owed.referral)
    earlier = tuple(_earlier(one, names) for one in found)
    state = owed.state
    if state == "unknown" and earlier:
        # The slip has not arrived, but this laptop may have served it before.
        state = earlier[-1].result
    name = owed.name_en if language() == "en" and owed.name_en else owed.name_es
    return DeskService(owed.service, name, state, earlier)


def _earlier(one: EarlierOutcome, names: dict[str, str]) -> Earlier:
    at = moment(one.at_ms)
    return Earlier(one.result, at, one.desk, names.get(one.station, ""), one.reason)


def _next_desks(read: ReadSlip, given: set[str], desks: list[Desk]) -> tuple[str, ...]:
    """The desks on the slip, in its order, that owe something which this desk does not give."""
    owing = {owed.service for owed in read.owed if owed.state in OPEN} - given
    letters = {desk.letter for desk in desks if not owing.isdisjoint(desk.services)}
    return tuple(letter for letter in read.desks if letter in letters)
