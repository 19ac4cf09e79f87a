"""How a person is called: in full on a screen, in short where others may look on."""

from __future__ import annotations

from fairclient.base.words import _
from fairclient.domain.short_name import display_name
from sync.wire.attendee import Attendee


def full_name(attendee: Attendee) -> str:
    """Given names and surnames in one line; words for who did not want to be known."""
    if attendee.anonymous:
        return _("Sin identificar")
    parts = (attendee.given_names, attendee.first_surname, attendee.second_surname)
    return " ".join(part for part in parts if part)


def short_name(attendee: Attendee) -> str:
    """The first given name and the initial of the surname; words for who did not want to be known."""
    if attendee.anonymous:
        return _("Sin identificar")
    return display_name(attendee.given_names, attendee.first_surname)
