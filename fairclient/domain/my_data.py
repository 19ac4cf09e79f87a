"""All that is kept about one person, ready to be read by her: «mis datos» (Ley 1581 de 2012, art. 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Lines:
    """A part of the paper: a title, and pairs of what and what it says."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Evidence:
    """One authorisation as proof: when, by whom and at which laptop it was taken, and what was answered."""

    when: str
    recorded_by: str
    station: str
    text_version: str
    text_digest: str
    channel: str
    language: str
    answers: tuple[tuple[str, str], ...]
    represented_by: str = ""


@dataclass(frozen=True)
class MyData:
    """What the paper says, and the same as plain values for a program (`raw`)."""

    name: str
    fair: str
    organiser: str
    help_line: str
    written: str
    parts: tuple[Lines, ...]
    evidence: tuple[Evidence, ...]
    raw: Mapping[str, Any] = field(default_factory=dict)
    fictional: bool = False
