"""Who lives together: a household that was given up leads to the one that stands, however many steps on.

Two laptops may merge the same households in opposite directions before they hear of each other. Then each
leads to the other; the one with the smaller id stands, on every laptop, and everybody is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from fairclient.domain.reserved import without_reserved
from fairclient.store.queries.names import full_name
from fairclient.store.queries.rows import by_ids, one
from sync.wire.attendee import Attendee
from sync.wire.household import Household


@dataclass(frozen=True)
class Member:
    """Somebody of a household, at the revision that was read; what is reserved in `fact` is covered."""

    attendee: str
    fact: Attendee
    revision: str

    @property
    def name(self) -> str:
        """Names and surnames in one line."""
        return full_name(self.fact)


@dataclass(frozen=True)
class HouseholdPage:
    """A household that stands, with its people by age, the oldest first.

    `ids` are its own id and those of the households that were merged into it. `conflicts` are fields of it
    of which two laptops wrote different values.
    """

    household: str
    fact: Household
    revision: str
    members: tuple[Member, ...]
    ids: tuple[str, ...]
    conflicts: tuple[str, ...] = ()


def standing(session: Session, household: str) -> str:
    """The household that stands for ``household``; itself where it was merged into none."""
    way = [household]
    while (following := _merged_into(session, way[-1])) is not None:
        if following in way:
            return min(way[way.index(following) :])
        way.append(following)
    return way[-1]


def given_up(session: Session) -> dict[str, str]:
    """Every household that was merged into another, and the one that stands for it; they are few."""
    rows = _run(session, "SELECT subject FROM household WHERE merged_into IS NOT NULL", ())
    return {household: standing(session, household) for household in rows}


def all_of(session: Session, household: str) -> tuple[str, ...]:
    """A household that stands and all those that lead to it."""
    found = {household}
    waiting = [household]
    while waiting:
        rows = _run(session, "SELECT subject FROM household WHERE merged_into = ?", (waiting.pop(),))
        new = [subject for subject in rows if subject not in found]
        found.update(new)
        waiting += new
    return tuple(sorted(found))


def members(session: Session, household: str) -> tuple[Member, ...]:
    """The people of the household that stands for ``household``, the oldest first."""
    return _members(session, all_of(session, standing(session, household)))


def page(session: Session, household: str) -> HouseholdPage | None:
    """The household that stands for ``household``, or None where its data have not come here."""
    stands = standing(session, household)
    found = one(session, Household, stands)
    if found is None:
        return None
    kept, fact = found
    ids = all_of(session, stands)
    conflicts = _run(
        session,
        "SELECT field FROM conflict WHERE kind = 'household' AND subject = ? ORDER BY field",
        (stands,),
    )
    return HouseholdPage(stands, fact, kept.revision, _members(session, ids), ids, tuple(conflicts))


def name_of(session: Session, household: str) -> str:
    """What the household that stands for ``household`` is called; "" where it isn't known here."""
    found = one(session, Household, standing(session, household))
    return "" if found is None else found[1].name


def _members(session: Session, ids: Sequence[str]) -> tuple[Member, ...]:
    found = (
        Member(kept.subject, without_reserved(fact), kept.revision)
        for kept, fact in by_ids(session, Attendee, "household", ids)
    )
    return tuple(sorted(found, key=_by_age))


def _by_age(member: Member) -> tuple[bool, str, str, str]:
    born = member.fact.birth_date
    return born is None, born.isoformat() if born else "", member.name, member.attendee


def _merged_into(session: Session, household: str) -> str | None:
    found = list(_run(session, "SELECT merged_into FROM household WHERE subject = ?", (household,)))
    return found[0] if found else None


def _run(session: Session, statement: str, values: tuple[Any, ...]) -> Sequence[Any]:
    return session.connection().exec_driver_sql(statement, values).scalars().all()
