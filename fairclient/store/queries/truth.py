"""Where each record really is: only here, at the hub, or at the centre with a verified receipt."""

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
AT_HUB: Final = "hub"
AT_CENTRE: Final = "centre"
QUARANTINED: Final = "quarantined"

_PLACES: Final = "e.place > (j.number << 40) AND e.place < ((j.number + 1) << 40)"
_CODE: Final = (
    "(SELECT v.code FROM verdict v WHERE v.place = e.place AND v.verdict = 'quarantined' "
    "AND v.tier <> 'hub' LIMIT 1)"
)
_FILTERS: Final[dict[str | None, str]] = {
    None: "j.own",
    HERE: "j.own AND e.place > (j.number << 40) + max(j.at_hub, j.at_centre)",
    AT_HUB: "j.own AND e.place > (j.number << 40) + j.at_centre AND e.place <= (j.number << 40) + j.at_hub",
    AT_CENTRE: "j.own AND e.place <= (j.number << 40) + j.at_centre",
    QUARANTINED: "e.place IN (SELECT v.place FROM verdict v "
    "WHERE v.verdict = 'quarantined' AND v.tier <> 'hub')",
}
_RECORDS: Final = (
    "SELECT e.place, e.kind, e.subject, e.hlc, j.number, j.station, j.incarnation, j.fair, "
    f"j.at_hub, j.at_centre, {_CODE} FROM journal j JOIN entry e ON {_PLACES} "
    "WHERE {filter} ORDER BY e.place DESC LIMIT :limit OFFSET :offset"
)


@dataclass(frozen=True)
class Truth:
    """How many of this station's entries are where, and how many of any station were set apart."""

    here: int
    at_hub: int
    at_centre: int
    quarantined: int


@dataclass(frozen=True)
class RecordTruth:
    """One entry: ``what`` in a few words, ``state`` one of this module's, and the receipt that proves it."""

    journal: str
    seq: int
    kind: str
    what: str
    state: str
    code: str
    receipt_number: int | None
    at: datetime | None
    hlc: str


@dataclass(frozen=True)
class StationHeard:
    """A laptop of the fair and how far it has been heard here; ``last_hlc`` is "" where never."""

    station: str
    name: str
    point: str
    last_hlc: str
    entries: int
    own: bool
    revoked: bool


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
    return Truth(here=all_ - hub, at_hub=hub - centre, at_centre=centre, quarantined=apart)


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
        )
        for station_id, station in reference.stations(session)
    )


def last_receipt(session: Session) -> datetime | None:
    """When a centre last proved to hold something of ours (its clock, UTC); None if never."""
    found = session.connection().exec_driver_sql("SELECT max(at) FROM receipt WHERE tier = 'centre'").scalar()
    return None if found is None else moment(found)


def receipts(session: Session) -> int:
    """How many receipts of a centre are kept here."""
    found = session.connection().exec_driver_sql("SELECT count(*) FROM receipt WHERE tier = 'centre'")
    return int(found.scalar() or 0)


def _record(session: Session, row: Any) -> RecordTruth:
    where, kind, subject, hlc, number, *name, at_hub, at_centre, code = row
    seq = seq_at(where)
    state = AT_CENTRE if seq <= at_centre else AT_HUB if seq <= at_hub else HERE
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
    )


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
