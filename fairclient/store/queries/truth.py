"""Where each record really is: only here, on a stick, at the hub, or at the centre, proved by a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from fairclient.base.clock import moment
from fairclient.store.queries import reference
from fairclient.store.queries.record_words import what_of
from fairclient.store.sessions import identity_of
from fairclient.store.tables.journal import seq_at
from sync.wire.journal import JournalId

HERE: Final = "here"
ON_STICK: Final = "stick"
AT_HUB: Final = "hub"
AT_CENTRE: Final = "centre"
QUARANTINED: Final = "quarantined"

_PLACES: Final = "e.place > (j.number << 40) AND e.place < ((j.number + 1) << 40)"
_CODE: Final = (
    "(SELECT v.code FROM verdict v WHERE v.place = e.place AND v.verdict = 'quarantined' "
    "AND v.tier <> 'hub' LIMIT 1)"
)
_STICK: Final = (
    "(SELECT max(s.stick) FROM stick_range s "
    "WHERE s.journal = j.number AND e.place - (j.number << 40) BETWEEN s.first AND s.last)"
)
_UNSENT: Final = "j.own AND e.place > (j.number << 40) + max(j.at_hub, j.at_centre)"
_FILTERS: Final[dict[str | None, str]] = {
    None: "j.own",
    HERE: f"{_UNSENT} AND {_STICK} IS NULL",
    ON_STICK: f"{_UNSENT} AND {_STICK} IS NOT NULL",
    AT_HUB: "j.own AND e.place > (j.number << 40) + j.at_centre AND e.place <= (j.number << 40) + j.at_hub",
    AT_CENTRE: "j.own AND e.place <= (j.number << 40) + j.at_centre",
    QUARANTINED: "e.place IN (SELECT v.place FROM verdict v "
    "WHERE v.verdict = 'quarantined' AND v.tier <> 'hub')",
}
_COUNT_ON_STICK: Final = (
    f"SELECT count(*) FROM journal j JOIN entry e ON {_PLACES} WHERE {_UNSENT} AND {_STICK} IS NOT NULL"
)
_RECORDS: Final = (
    "SELECT e.place, e.kind, e.subject, e.hlc, j.number, j.station, j.incarnation, j.fair, "
    f"j.at_hub, j.at_centre, {_CODE}, {_STICK} FROM journal j JOIN entry e ON {_PLACES} "
    "WHERE {filter} ORDER BY e.place DESC LIMIT :limit OFFSET :offset"
)


@dataclass(frozen=True)
class Truth:
    """How many of this station's entries are where, and how many of any station were set apart.

    ``here`` are those that are nowhere else: what is ``on_stick`` may be lost with the stick, but is not
    among them.
    """

    here: int
    at_hub: int
    at_centre: int
    quarantined: int
    on_stick: int = 0

    @property
    def unsent(self) -> int:
        """How many no server has."""
        return self.here + self.on_stick


@dataclass(frozen=True)
class Stick:
    """The last bundle that was saved: its number, when, and the folder and name of its file."""

    number: int
    at: datetime
    place: str
    entries: int


@dataclass(frozen=True)
class RecordTruth:
    """One entry: ``what`` in a few words, ``state`` one of this module's, and the receipt that proves it.

    ``stick`` is the number of the newest bundle that holds it, None where none does.
    """

    journal: str
    seq: int
    kind: str
    what: str
    state: str
    code: str
    receipt_number: int | None
    at: datetime | None
    hlc: str
    stick: int | None = None


@dataclass(frozen=True)
class StationHeard:
    """A laptop of the fair and how far it has been heard here; ``last_hlc`` is "" where never.

    ``open_ranges`` are what is here of it, from and to, and has no centre's receipt that is known here.
    """

    station: str
    name: str
    point: str
    last_hlc: str
    entries: int
    own: bool
    revoked: bool
    open_ranges: tuple[tuple[int, int], ...] = ()


def summary(session: Session) -> Truth:
    """Where this station's entries are."""
    connection = session.connection()
    all_, centre, hub = connection.exec_driver_sql(
        "SELECT coalesce(sum(seq), 0), coalesce(sum(at_centre), 0), coalesce(sum(max(at_hub, at_centre)), 0) "
        "FROM journal WHERE own"
    ).one()
    apart = connection.exec_driver_sql(
        "SELECT count(DISTINCT place) FROM verdict WHERE verdict = 'quarantined' AND tier <> 'hub'"
    ).scalar_one()
    on_stick = connection.exec_driver_sql(_COUNT_ON_STICK).scalar_one() if last_stick(session) else 0
    return Truth(
        here=all_ - hub - on_stick,
        at_hub=hub - centre,
        at_centre=centre,
        quarantined=apart,
        on_stick=on_stick,
    )


def records(
    session: Session, where: str | None = None, limit: int = 200, offset: int = 0
) -> tuple[RecordTruth, ...]:
    """This station's entries, the newest first; ``where`` keeps to one state (quarantined: any station's)."""
    values = {"limit": limit, "offset": offset}
    rows = session.connection().exec_driver_sql(_RECORDS.format(filter=_FILTERS[where]), values).all()
    return tuple(_record(session, row) for row in rows)


def stations(session: Session) -> tuple[StationHeard, ...]:
    """The fair's laptops by registration point, and how far each was heard."""
    rows = session.connection().exec_driver_sql(
        "SELECT station, max(hlc), sum(seq) FROM journal GROUP BY station"
    )
    heard = {station: (hlc, entries) for station, hlc, entries in rows}
    ranges = _open_ranges(session)
    own = identity_of(session).station
    return tuple(
        StationHeard(
            station=station_id,
            name=station.name,
            point=station.point,
            last_hlc=heard.get(station_id, ("", 0))[0],
            entries=heard.get(station_id, ("", 0))[1],
            own=station_id == own,
            revoked=station.revoked,
            open_ranges=tuple(ranges.get(station_id, ())),
        )
        for station_id, station in reference.stations(session)
    )


def _open_ranges(session: Session) -> dict[str, list[tuple[int, int]]]:
    """What is held of each station beyond the centre's receipts, journal by journal."""
    rows = session.connection().exec_driver_sql(
        "SELECT station, at_centre + 1, seq FROM journal WHERE seq > at_centre ORDER BY incarnation"
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for station, first, last in rows:
        found.setdefault(station, []).append((first, last))
    return found


def last_stick(session: Session) -> Stick | None:
    """The bundle that was saved last, or None."""
    found = (
        session.connection()
        .exec_driver_sql(
            "SELECT k.number, k.at, k.place, coalesce(sum(max(s.last - s.first + 1, 0)), 0) FROM stick k "
            "LEFT JOIN stick_range s ON s.stick = k.number WHERE k.digest <> '' "
            "GROUP BY k.number ORDER BY k.number DESC LIMIT 1"
        )
        .first()
    )
    return None if found is None else Stick(found[0], moment(found[1]), found[2], found[3])


def receipts(session: Session) -> int:
    """How many receipts of a centre are kept here."""
    found = session.connection().exec_driver_sql("SELECT count(*) FROM receipt WHERE tier = 'centre'")
    return int(found.scalar() or 0)


def _record(session: Session, row: Any) -> RecordTruth:
    where, kind, subject, hlc, number, *name, at_hub, at_centre, code, stick = row
    seq = seq_at(where)
    state = _where(seq, at_hub, at_centre, stick)
    receipt, at = _receipt(session, number, state, seq)
    return RecordTruth(
        journal=str(JournalId(*name)),
        seq=seq,
        kind=kind,
        what=what_of(session, kind, subject),
        state=QUARANTINED if code else state,
        code=code or "",
        receipt_number=receipt,
        at=at,
        hlc=hlc,
        stick=stick,
    )


def _where(seq: int, at_hub: int, at_centre: int, stick: int | None) -> str:
    if seq <= at_centre:
        return AT_CENTRE
    if seq <= at_hub:
        return AT_HUB
    return HERE if stick is None else ON_STICK


def _receipt(session: Session, journal: int, tier: str, seq: int) -> tuple[int | None, datetime | None]:
    found = (
        session.connection()
        .exec_driver_sql(
            "SELECT number, at FROM receipt WHERE journal = ? AND tier = ? AND seq >= ? ORDER BY seq LIMIT 1",
            (journal, tier, seq),
        )
        .first()
    )
    return (None, None) if found is None else (found[0], moment(found[1]))
