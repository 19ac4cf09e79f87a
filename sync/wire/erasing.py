"""What an erasure takes away: the bodies of entries that tell something of somebody, and nothing else.

An erased subject keeps its headers and digests, so that every chain still proves itself, and what names
nobody: an `anonymous` attendee and a slip without a name stand in for what went, so that counts stay.
The rule looks at one entry at a time, so that it gives the same in whatever order entries arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sync.wire import canonical
from sync.wire.age import age_on, band_of
from sync.wire.attendee import ANONYMOUS_FIELDS, Attendee
from sync.wire.problem import WireError
from sync.wire.slip import Slip

ERASABLE: Final = frozenset(
    {"attendee", "household", "authorisation", "slip", "draft", "sealed", "distinction"}
)
"""Kinds whose bodies an erasure clears; visits, referrals and outcomes name nobody and stay for counting."""

GRANTED: Final = frozenset({"supervisor", "administrator"})
"""The roles of which one is needed to erase."""

_SLIP_FIELDS: Final = frozenset(Slip.model_fields)
_SLIP_CHANGES: Final = frozenset({"void_reason"})


def goes(kind: str, body: bytes) -> bool:
    """Say whether an erasure of its subject clears this body."""
    return kind in ERASABLE and not _names_nobody(kind, body)


def nameless(person: Attendee, day: date) -> Attendee:
    """Return what counts go by of a person who is erased on a day: the same at a laptop and at the centre."""
    return Attendee(
        anonymous=True,
        sex=person.sex,
        profile=person.profile,
        language=person.language,
        unaccompanied=person.unaccompanied,
        age_band=band_of(age_on(person.birth_date, day)) if person.birth_date else "",
    )


def homes(bodies: Iterable[bytes], merged: Mapping[str, str]) -> list[frozenset[str]]:
    """Return the households that entries about a person put her in, now or earlier.

    Each comes with those that became one with it: `merged` says into which one each was given up. A household
    in which nobody else is any more tells only of her, and goes with her.
    """
    found: list[frozenset[str]] = []
    for household in dict.fromkeys(home for body in bodies for home in _home_in(body)):
        if not any(household in group for group in found):
            found.append(_with_it(household, merged))
    return found


def _home_in(body: bytes) -> list[str]:
    try:
        content = canonical.decode(body)
    except WireError:
        return []
    parts = [content.get(part) for part in ("fact", "change")] if isinstance(content, dict) else []
    named = [part.get("household") for part in parts if isinstance(part, dict)]
    return [home for home in named if isinstance(home, str)]


def _with_it(household: str, merged: Mapping[str, str]) -> frozenset[str]:
    group, grown = {household}, True
    while grown:
        more = {other for pair in merged.items() if not group.isdisjoint(pair) for other in pair} - group
        group |= more
        grown = bool(more)
    return frozenset(group)


def _names_nobody(kind: str, body: bytes) -> bool:
    """Say whether a body about an erased subject tells nothing of anybody, unknown fields included."""
    try:
        content = canonical.decode(body)
    except WireError:
        return False
    if not isinstance(content, dict) or not set(content) <= {"base", "change", "fact", "salt"}:
        return False
    fact, change = content.get("fact"), content.get("change")
    if kind == "attendee":
        return change is None and _is_anonymous(fact)
    if kind == "slip":
        return _is_nameless(fact) if change is None else fact is None and _within(change, _SLIP_CHANGES)
    return False


def _is_anonymous(fact: Any) -> bool:
    return _within(fact, ANONYMOUS_FIELDS) and fact.get("anonymous") is True


def _is_nameless(fact: Any) -> bool:
    return _within(fact, _SLIP_FIELDS) and fact.get("display_name") == ""


def _within(part: Any, fields: frozenset[str]) -> bool:
    return isinstance(part, dict) and set(part) <= fields
