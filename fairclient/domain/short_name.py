"""How a person is called where others may look on: a first name and one initial."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 40
"""Letters of a first name: the longest that anybody has, and less than a slip may carry."""


def display_name(given_names: str, first_surname: str) -> str:
    """A first name and the initial of the first surname: "Yuleidy U."; no more may stand on paper (DP-06)."""
    first = "".join(given_names.split()[:1])[:_LONGEST]
    initial = next((letter.upper() for letter in first_surname if letter.isalpha()), "")
    return " ".join(filter(None, (first, f"{initial}." if initial else "")))
