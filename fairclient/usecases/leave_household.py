"""What a household shares is put right when people leave it: a step of moving, splitting and erasing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from fairclient.store.queries import households
from fairclient.store.queries.households import HouseholdPage
from fairclient.store.unit_of_work import UnitOfWork
from sync.wire.leaving import after_leaving


def leave_household(work: UnitOfWork, home: HouseholdPage, leaving: Collection[str]) -> None:
    """Take the telephone and the representation of those who leave out of what the others share.

    Inside a transaction that is under way, before the people themselves are changed.
    """
    staying = [member.fact for member in home.members if member.attendee not in leaving]
    changes: dict[str, Any] = {}
    for member in home.members:
        if member.attendee in leaving:
            changes |= after_leaving(home.fact, member.fact, member.attendee, staying)
    if changes:
        work.change("household", home.household, changes, base=home.revision)


def home_of(work: UnitOfWork, household: str | None) -> HouseholdPage | None:
    """The household that stands for ``household``; None for none, or where its data haven't come here."""
    return households.page(work.session, household) if household else None
