"""Which numbers of a table must be hidden before it is shared, so that nobody can be picked out (DP-16).

A count from 1 to 4 is hidden, and with it as many others as it takes that no sum, and no sums taken together,
give it away; where nothing else is left, a nought. Hidden counts of one sum may still be narrowed down to a
range; that is the usual limit of this method. Totals of the whole day say nothing about anybody and are never
hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias, TypeVar

SMALLEST_SHOWN = 5

Key = TypeVar("Key", bound=Hashable)
Balance: TypeAlias = tuple[tuple[Key, ...], tuple[Key, ...]]
"""Counts that give the same sum on both sides, as everybody knows who reads the table."""

_MODULUS: Final = (1 << 61) - 1
"""Equations are solved modulo this prime: exact, and quick with whole numbers."""


def hidden_cells(
    values: Mapping[Key, int],
    sums: Iterable[Sequence[Key]],
    always: Collection[Key] = (),
    equal: Iterable[Balance[Key]] = (),
) -> frozenset[Key]:
    """The keys of ``values`` to hide; each of ``sums`` names a total first and then its parts.

    ``always`` are shown whatever they are. ``equal`` are further balances, such as what some services and the
    only desks that give them count up to.
    """
    lines: list[Balance[Key]] = [((line[0],), tuple(line[1:])) for line in sums]
    lines += [(tuple(left), tuple(right)) for left, right in equal]
    small = {key for key, value in values.items() if 0 < value < SMALLEST_SHOWN and key not in always}
    hidden = set(small)
    can_go = frozenset(key for key in values if key not in always)
    hopeless = worked_out(can_go, lines)
    while True:
        _hide_companions(values, hidden, can_go, lines)
        told = (small & worked_out(hidden, lines)) - hopeless
        also = _beside(values, can_go - hidden, lines, told, hidden)
        if also is None:
            return frozenset(hidden)
        hidden.add(also)


def worked_out(hidden: Collection[Key], lines: Iterable[Balance[Key]]) -> set[Key]:
    """The hidden counts that follow exactly from those that are shown, all balances taken together.

    Gauss and Jordan's elimination: a row with one unknown left tells it.
    """
    solved: dict[Key, dict[Key, int]] = {}
    for left, right in lines:
        row = _row(hidden, left, right)
        for lead in [key for key in row if key in solved]:
            _subtract(row, solved[lead], row[lead])
        if not row:
            continue
        lead, factor = next(iter(row.items()))
        inverse = pow(factor, -1, _MODULUS)
        row = {key: number * inverse % _MODULUS for key, number in row.items()}
        for other in solved.values():
            if lead in other:
                _subtract(other, row, other[lead])
        solved[lead] = row
    return {lead for lead, row in solved.items() if len(row) == 1}


def _row(hidden: Collection[Key], left: Sequence[Key], right: Sequence[Key]) -> dict[Key, int]:
    row: dict[Key, int] = {}
    for side, sign in ((left, 1), (right, _MODULUS - 1)):
        for key in side:
            if key in hidden:
                row[key] = (row.get(key, 0) + sign) % _MODULUS
    return {key: number for key, number in row.items() if number}


def _subtract(row: dict[Key, int], other: Mapping[Key, int], times: int) -> None:
    for key, number in other.items():
        left = (row.get(key, 0) - times * number) % _MODULUS
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def _hide_companions(
    values: Mapping[Key, int], hidden: set[Key], can_go: Collection[Key], lines: Sequence[Balance[Key]]
) -> None:
    """Hide what it takes that no single balance gives a hidden count away."""
    grown = True
    while grown:
        grown = False
        for line in lines:
            also = _companion(values, hidden, can_go, line)
            if also is not None:
                hidden.add(also)
                grown = True


def _companion(
    values: Mapping[Key, int], hidden: set[Key], can_go: Collection[Key], line: Balance[Key]
) -> Key | None:
    """The count to hide along with those of a balance: the smallest part, else the total, else a nought."""
    if not _tells(values, hidden, line):
        return None
    shown = [[key for key in side if key in can_go and key not in hidden] for side in reversed(line)]
    for side in shown:
        if counted := [key for key in side if values[key]]:
            return min(counted, key=lambda key: values[key])
    is_small = any(0 < values[key] < SMALLEST_SHOWN for key in _all(line) if key in hidden)
    return next((key for side in shown for key in side), None) if is_small else None


def _tells(values: Mapping[Key, int], hidden: Collection[Key], line: Balance[Key]) -> bool:
    """Whether a balance gives away what is hidden of it: one count, or some of which each can only be one."""
    left, right = ([key for key in side if key in hidden] for side in line)
    if len(left) + len(right) == 1:
        return True
    on_one_side = left or right if not (left and right) else []
    return bool(on_one_side) and all(values[key] == 1 for key in on_one_side)


def _beside(
    values: Mapping[Key, int],
    shown: Collection[Key],
    lines: Sequence[Balance[Key]],
    told: Collection[Key],
    hidden: Collection[Key],
) -> Key | None:
    """The smallest count in a balance with one that is told, else a nought there, else anywhere near."""
    if not told:
        return None
    near, far = (
        [
            key
            for line in lines
            if not set(wanted).isdisjoint(_all(line))
            for key in _all(line)
            if key in shown
        ]
        for wanted in (told, hidden)
    )
    counted = [key for key in near if values[key]]
    for there in (counted, near, far):
        if there:
            return min(there, key=lambda key: values[key])
    return None


def _all(line: Balance[Key]) -> tuple[Key, ...]:
    return (*line[0], *line[1])
