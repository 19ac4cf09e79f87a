"""What the roster said a moment ago: batches are examined by it while the database is asked again.

Nothing is believed for longer: whoever examined by it compares with what the roster says in the very
transaction that takes the batch, and starts anew where that is something else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sync.server.database.pipeline import Found, Question
from sync.wire.journal import JournalId

MOST: Final = 4096
"""Questions, and journals, that are remembered; then all are forgotten."""


class Recall:
    """Answers by their questions, and how far journals go. Several threads may use it."""

    def __init__(self) -> None:
        self._said: dict[Question, Found] = {}
        self._reached: dict[JournalId, int] = {}

    def keep(self, said: Mapping[Question, Found]) -> None:
        """Remember answers."""
        if len(self._said) + len(said) > MOST:
            self._said = {}
        self._said.update(said)

    def of(self, questions: Collection[Question]) -> dict[Question, Found] | None:
        """Return what was answered, or None where one of the questions was not asked before."""
        said = self._said
        found = {question: said[question] for question in questions if question in said}
        return found if len(found) == len(questions) else None

    def reached(self, journal: JournalId, seq: int) -> None:
        """Remember how far a journal goes."""
        if len(self._reached) >= MOST:
            self._reached = {}
        self._reached[journal] = seq

    def has(self, journal: JournalId, seq: int) -> bool:
        """Say whether a journal is known to go so far: what repeats it needs no lock."""
        return self._reached.get(journal, 0) >= seq
