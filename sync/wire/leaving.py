"""What a household shares when somebody leaves it or is erased: one rule at laptops and at the centre."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sync.wire.attendee import Attendee
from sync.wire.household import Household


def after_leaving(
    household: Household, leaver: Attendee, leaver_id: str, staying: Sequence[Attendee]
) -> dict[str, Any]:
    """Return what changes of a household that somebody leaves.

    Who left represents it no more; a telephone that only she had gives way to one of those who stay.
    """
    changes: dict[str, Any] = {}
    if household.representative == leaver_id:
        changes["representative"] = None
    hers = {phone.number for phone in leaver.phones}
    theirs = [phone.number for one in staying for phone in one.phones]
    if household.phone and household.phone in hers and household.phone not in theirs:
        changes["phone"] = theirs[0] if theirs else ""
    return changes
