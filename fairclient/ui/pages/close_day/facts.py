"""What the Close page reads: a day's count, its approvals, and what has not been heard of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from fairclient.base.clock import moment
from fairclient.base.files import in_words
from fairclient.store.queries import day as day_queries
from fairclient.store.queries import reference, truth
from fairclient.store.queries.day import Reconciliation
from fairclient.store.queries.truth import StationHeard
from fairclient.store.queries.unfinished import Unfinished, unfinished
from fairclient.usecases.service_names import neutral_names
from fairclient.usecases.workplace import Workplace
from fairclient.usecases.write_reports import write_reports


@dataclass(frozen=True)
class Approval:
    """Who closed the day, when, and whether that person had registered nobody."""

    who: str
    at: datetime
    four_eyes: bool


@dataclass(frozen=True)
class DayFacts:
    """A day as its supervisor sees it.

    ``approvals`` is in time order; ``unchanged`` says that nothing has come since the last one. ``mine`` is
    how many people the operator at this laptop registered. ``days`` have visits, the latest first.
    """

    day: date
    today: date
    count: Reconciliation
    approvals: tuple[Approval, ...]
    unchanged: bool
    mine: int
    stations: tuple[StationHeard, ...]
    services: dict[str, str]
    days: tuple[date, ...]
    fair_code: str
    time_zone: str
    unfinished: Unfinished

    def unheard(self) -> list[StationHeard]:
        """The other laptops of the fair of which nothing has come."""
        return [one for one in self.stations if not one.own and not one.revoked and not one.last_hlc]


def read_day(place: Workplace, day: date | None) -> DayFacts:
    """Read a day, today by default; runs on the database's lane."""
    with place.store.read() as session:
        fair = reference.fair(session)
        today = place.clock.today(fair.time_zone)
        day = day or today
        names = {operator_id: operator.name for operator_id, operator in reference.operators(session)}
        approvals = tuple(
            Approval(names.get(one.author, ""), moment(one.at_ms), one.fact.four_eyes)
            for one in day_queries.closings(session, day)
        )
        return DayFacts(
            day=day,
            today=today,
            count=day_queries.reconcile(session, day),
            approvals=approvals,
            unchanged=day_queries.closed_since_last_entry(session, day),
            mine=day_queries.registered_by(session, day, place.operator.id),
            stations=tuple(truth.stations(session)),
            services=neutral_names(session),
            days=tuple(day_queries.days(session)),
            fair_code=fair.code,
            time_zone=fair.time_zone,
            unfinished=unfinished(session, day, place.clock.now_ms()),
        )


def save_reports(place: Workplace, day: date, folder: Path) -> list[Path]:
    """Write the day's reports into ``folder``, which is made when it is missing.

    Raises Unauthorised, HomeNotWritable or DiskFull.
    """
    with in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return write_reports(place, day, folder)
