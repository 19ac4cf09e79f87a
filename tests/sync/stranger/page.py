"""The tables of docs/protocol.md, read from the page itself: the fields of facts, and the safety fields."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.sync.stranger.notation import Json

PAGE = Path(__file__).parents[3] / "docs" / "protocol.md"
REQUIRED = object()
_HEADING = re.compile(r"^### `(\w+)`$", re.MULTILINE)
_FIELD = re.compile(r"^\| `(\w+)` \| (.+) \| (?:required|`([^`]*)`) \|$", re.MULTILINE)
_SAFETY = re.compile(r"^\| `(\w+)` \| `(\w+)` \| ((?:`[^`]*` ?)+) \|$", re.MULTILINE)
_PART = re.compile(r"array of ([A-Z]\w+)")


class Page:
    """What a client must know of each kind of fact."""

    def __init__(self, text: str) -> None:
        parts = _HEADING.split(_section(text, "Facts"))
        self._tables = {
            kind: {
                name: (value, json.loads(default) if default else REQUIRED)
                for name, value, default in _FIELD.findall(part)
            }
            for kind, part in zip(parts[1::2], parts[2::2], strict=True)
        }
        self.safety = {
            (kind, name): [json.loads(value) for value in re.findall("`([^`]*)`", values)]
            for kind, name, values in _SAFETY.findall(_section(text, "Merging"))
        }

    def knows(self, kind: str) -> bool:
        return kind in self._tables and kind.islower()

    def fields(self, kind: str) -> set[str]:
        return set(self._tables[kind])

    def trimmed(self, kind: str, fact: Json) -> Json:
        """A fact without fields that are unknown or at their default, within its parts as well."""
        found: Json = {}
        for name, (value, default) in self._tables[kind].items():
            if name in fact and (given := self._given(value, fact[name])) != default:
                found[name] = given
        return found

    def _given(self, value: str, found: Any) -> Any:
        part = _PART.match(value)
        return [self.trimmed(part[1], one) for one in found] if part else found


def _section(text: str, heading: str) -> str:
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
