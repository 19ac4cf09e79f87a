"""What one pass teaches the next: how large a batch the line carries, and which journals gave trouble."""

from __future__ import annotations

from collections.abc import Iterable

from sync.wire.batch import MAX_ENTRIES
from sync.wire.journal import JournalId


class Lessons:
    """Keep one of these for each server as long as the program runs.

    A batch that times out or is refused as too large makes the next ones half as long. Each one that arrives
    lets them double, up to the length that went well before; beyond it they grow by an eighth. Journals that
    gave trouble are tried last, so that they never hold up the others. What a server gave without its body
    it is not asked for again.
    """

    def __init__(self, entries: int = MAX_ENTRIES) -> None:
        """Begin with batches of up to `entries`."""
        self._entries = entries
        self._steady = MAX_ENTRIES
        self._troubled: set[str] = set()
        self._vain: set[tuple[str, int]] = set()

    @property
    def entries(self) -> int:
        """How many entries a batch may hold now: 1 to `MAX_ENTRIES`."""
        return self._entries

    def arrived(self) -> None:
        """Take note that a batch arrived."""
        doubled = min(self._entries * 2, self._steady)
        gently = self._entries + max(1, self._entries // 8)
        self._entries = min(MAX_ENTRIES, max(doubled, gently))

    def too_much(self, tried: int) -> bool:
        """Take note that a batch of `tried` entries was too much; say whether a smaller one can be made."""
        self._steady = self._entries = max(1, min(self._entries, tried) // 2)
        return tried > 1

    def troubled(self, journal: JournalId) -> None:
        """Take note that a journal gave trouble."""
        self._troubled.add(str(journal))

    def went_well(self, journal: JournalId) -> None:
        """Take note that a journal gave none."""
        self._troubled.discard(str(journal))

    def in_vain(self, journal: JournalId, seq: int) -> None:
        """Take note that an entry was asked for again and came without its body."""
        self._vain.add((str(journal), seq))

    def is_vain(self, journal: JournalId, seq: int) -> bool:
        """Say whether asking for an entry again would be in vain."""
        return (str(journal), seq) in self._vain

    def in_order(self, journals: Iterable[JournalId]) -> list[JournalId]:
        """Return the journals, those without trouble first, otherwise as they were."""
        return sorted(journals, key=lambda journal: str(journal) in self._troubled)
