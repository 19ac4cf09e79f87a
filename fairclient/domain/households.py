"""What a household shares stays right when people leave it, move, or two households turn out to be one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sync.wire.attendee import Attendee
from sync.wire.household import AbsentMember, Household

MOST_ABSENT: Final = 24
"""People who did not come, that a household may name."""

PLACE: Final = ("municipality", "neighbourhood")
"""Where somebody lives: said by each person, and by the household for all."""

_GIVEN: Final = ("address", "municipality", "neighbourhood", "phone")


def after_merging(kept: Household, given_up: Household) -> dict[str, Any]:
    """What the household that stays takes from the one that was given up: only what it has not itself.

    The place is taken whole or not at all, so that no street ends up in another town.
    """
    changes: dict[str, Any] = {}
    if not any((kept.address, kept.municipality, kept.neighbourhood)):
        changes |= {name: getattr(given_up, name) for name in _GIVEN[:3] if getattr(given_up, name)}
    elif not kept.address and given_up.address and _same_place(kept, given_up):
        changes["address"] = given_up.address
    if not kept.phone and given_up.phone:
        changes["phone"] = given_up.phone
    if kept.representative is None and given_up.representative is not None:
        changes["representative"] = given_up.representative
    if absent := _together(kept.absent, given_up.absent):
        changes["absent"] = [member.model_dump(mode="json") for member in absent]
    return changes


def follows(before: Household, after: Household, member: Attendee) -> dict[str, Any]:
    """What changes of a member when the household's place does: whoever said the same place moved along."""
    lived_there = all(getattr(member, name) in ("", getattr(before, name)) for name in PLACE)
    if not lived_there:
        return {}
    return {name: getattr(after, name) for name in PLACE if getattr(after, name) != getattr(member, name)}


def split_off(old: Household, leaving: Sequence[Attendee], *, same_place: bool) -> Household:
    """The new household of people who leave an old one; at the same place only if they say so."""
    first = leaving[0]
    place = old if same_place else first
    phones = [phone.number for one in leaving for phone in one.phones]
    return Household(
        name=first.first_surname or first.given_names[:60],
        address=old.address if same_place else "",
        municipality=place.municipality,
        neighbourhood=place.neighbourhood,
        phone=phones[0] if phones else "",
    )


def _same_place(one: Household, other: Household) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in PLACE)


def _together(kept: Sequence[AbsentMember], others: Sequence[AbsentMember]) -> tuple[AbsentMember, ...]:
    """Both lists, everybody once; nothing where the other one adds nobody."""
    everybody = tuple(dict.fromkeys((*kept, *others)))[:MOST_ABSENT]
    return everybody if len(everybody) > len(kept) else ()
