"""Which numbers of a table must be hidden before it is shared, so that nobody can be picked out (DP-16).

A count from 1 to 4 is hidden, and with it as many others as it takes that no sum gives it away. Two hidden
counts of one sum may still be narrowed down to a range; that is the usual limit of this method. Totals of the
whole day say nothing about anybody and are never hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

SMALLEST_SHOWN = 5

Key = TypeVar("Key", bound=Hashable)


def hidden_cells(
    values: Mapping[Key, int], sums: Iterable[Sequence[Key]], always: Collection[Key] = ()
) -> frozenset[Key]:
    """The keys of ``values`` to hide; each of ``sums`` names a total first and then its parts.

    ``always`` are shown whatever they are.
    """
    hidden = {key for key, value in values.items() if 0 < value < SMALLEST_SHOWN and key not in always}
    lines = [tuple(line) for line in sums]
    grown = True
    while grown:
        grown = False
        for line in lines:
            also = _companion(values, hidden, always, line)
            if also is not None:
                hidden.add(also)
                grown = True
    return frozenset(hidden)


def _companion(
    values: Mapping[Key, int], hidden: set[Key], always: Collection[Key], line: tuple[Key, ...]
) -> Key | None:
    """The cell to hide along with the only hidden one of a sum: the smallest part, the total at the last."""
    if sum(key in hidden for key in line) != 1:
        return None
    total, *parts = line
    open_parts = [key for key in parts if key not in hidden and key not in always and values[key] > 0]
    if open_parts:
        return min(open_parts, key=lambda key: values[key])
    return total if total not in hidden and total not in always else None
