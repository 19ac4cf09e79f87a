"""The words that are read out before data are written down, in versions that never change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from fairclient.base import resources
from fairclient.base.words import SOURCE
from sync.wire.fair import Fair

PURPOSES: Final = ("general", "sensitive", "sharing", "follow_up", "image", "statistics")
"""What is asked for, each by itself and in this order: the flags of an `Authorisation` (Ley 1581 de 2012)."""

_FILE: Final = re.compile(r"(?P<language>[a-z]{2})-v(?P<number>[0-9]{1,4})")
_PART: Final = re.compile(r"^\[([a-z_.]+)\]$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AuthorisationText:
    """One version in one language.

    `digest` is the SHA-256 (hex) of the text as it stands in its file, before a fair's own words are filled
    in: what was filled in is known from the fair. `parts` holds the paragraphs by name, the questions as
    `general.question`.
    """

    version: str
    language: str
    digest: str
    parts: Mapping[str, str]

    def question(self, purpose: str) -> str:
        """What is asked for one of `PURPOSES`, to be answered by yes or no."""
        return self.parts[f"{purpose}.question"]

    def for_fair(self, fair: Fair) -> AuthorisationText:
        """The same text with the fair, its organiser and its channel for claims filled in."""
        filled = {
            "fair": fair.name,
            "organiser": fair.organiser or self.parts["nobody"],
            "channel": fair.help_line or self.parts["no_channel"],
        }
        parts = {name: _fill(words, filled) for name, words in self.parts.items()}
        return AuthorisationText(self.version, self.language, self.digest, MappingProxyType(parts))


def current_text(language: str) -> AuthorisationText:
    """The latest version in a language; in Spanish where it was never written in that one."""
    versions = _versions()
    return text_of(f"{language}-v{versions[language]}" if language in versions else _spanish(versions))


@cache
def text_of(version: str) -> AuthorisationText:
    """The text of a version such as ``es-v1``: what somebody was read. KeyError where there is none."""
    found = _FILE.fullmatch(version)
    file = resources.path(f"authorisation/{version}.txt")
    if found is None or not file.is_file():
        raise KeyError(version)
    # Read as text: a checkout on Windows may have other line ends, and the digest is of the words.
    text = file.read_text("utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return AuthorisationText(version, found["language"], digest, _parts(text))


def languages() -> tuple[str, ...]:
    """The languages in which the authorisation can be read out, Spanish first."""
    return tuple(sorted(_versions(), key=lambda code: (code != SOURCE, code)))


@cache
def _versions() -> dict[str, int]:
    """The latest number of each language."""
    latest: dict[str, int] = {}
    for file in resources.path("authorisation").glob("*.txt"):
        if found := _FILE.fullmatch(file.stem):
            code, number = found["language"], int(found["number"])
            latest[code] = max(number, latest.get(code, 0))
    return latest


def _spanish(versions: Mapping[str, int]) -> str:
    return f"{SOURCE}-v{versions[SOURCE]}"


def _parts(text: str) -> Mapping[str, str]:
    pieces = _PART.split(text)
    return MappingProxyType(
        {name: words.strip() for name, words in zip(pieces[1::2], pieces[2::2], strict=True)}
    )


def _fill(words: str, filled: Mapping[str, str]) -> str:
    # One pass, so that a fair called "{channel}" stays what it is called.
    return re.sub(r"\{(fair|organiser|channel)\}", lambda found: filled[found[1]], words)
