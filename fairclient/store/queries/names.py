"""How a person is called: in full on a screen, in short where others may look on."""

from __future__ import annotations

from fairclient.base.words import _
from sync.wire.attendee import Attendee


def full_name(attendee: Attendee) -> str:
    """Given names and surnames in one line; words for who did not want to be known."""
    if attendee.anonymous:
        return _("Sin identificar")
    parts = (attendee.given_names, attendee.first_surname, attendee.second_surname)
    return " ".join(part for part in parts if part)


def short_name(attendee: Attendee) -> str:
    """The first given name and the first letter of the surname."""
    first = (attendee.given_names.split() or [""])[0]
    return f"{first} {attendee.first_surname[0]}." if attendee.first_surname else first
