"""What is sensitive about a person (Ley 1581 de 2012, art. 5): kept, counted, and hidden once written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fairclient.domain.questions import QUESTIONS
from sync.wire.attendee import Attendee

READERS: Final = ("protection",)
"""Roles that may read sensitive answers (the protection focal point); each reading is written down."""

ALERTED: Final = ("supervisor", "protection")
"""Roles that are told of a child who came without an adult."""

UNACCOMPANIED: Final = "unaccompanied"

RESERVED: Final = frozenset(
    {asked.key for asked in QUESTIONS if asked.sensitive and asked.fact == "attendee"} | {UNACCOMPANIED}
)
"""Fields of a person that nobody sees after saving, but who may read them one by one."""


def without_reserved(fact: Attendee) -> Attendee:
    """The person with every reserved field as if it had never been asked."""
    return fact.model_copy(
        update={name: Attendee.model_fields[name].default for name in told_in_reserve(fact)}
    )


def told_in_reserve(fact: Attendee) -> frozenset[str]:
    """The reserved fields that hold an answer."""
    return frozenset(name for name in RESERVED if getattr(fact, name) != Attendee.model_fields[name].default)


def covered(values: Mapping[str, Any]) -> dict[str, Any]:
    """Changed fields with the values of the reserved ones taken away: that they changed stays to be seen."""
    return {name: None if name in RESERVED else value for name, value in values.items()}
