"""Counts under keys, some of which a shared report shows as "*"."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from fairclient.reports.small_cells import Balance, hidden_cells

HIDDEN = "*"
NONE = "–"

Key = TypeVar("Key", bound=Hashable)


class Cells(Generic[Key]):
    """Counts; a key that was never counted is 0.

    ``sums`` name a total first and then its parts; ``always`` are the totals that are never hidden. ``equal``
    are counts that come to the same in two tables.
    """

    def __init__(
        self,
        values: Mapping[Key, int],
        sums: Iterable[Sequence[Key]],
        always: Collection[Key],
        shared: bool,
        equal: Iterable[Balance[Key]] = (),
    ) -> None:
        known = [tuple(line) for line in sums]
        self._values = {key: 0 for line in known for key in line} | dict(values)
        self.hidden = hidden_cells(self._values, known, always, equal) if shared else frozenset()

    def count(self, key: Key) -> int | None:
        """The count, or None where it must not be shown."""
        return None if key in self.hidden else self._values.get(key, 0)

    def shown(self, key: Key) -> str:
        """The count as it is printed: "–" for nothing, "*" for a hidden one."""
        number = self.count(key)
        return HIDDEN if number is None else grouped(number) if number else NONE


def grouped(number: int) -> str:
    """A number with a blank that doesn't break between thousands, which every language reads alike."""
    return f"{number:,}".replace(",", "\u00a0")
