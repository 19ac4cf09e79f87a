"""Names that a scanner ran together because it dropped what stood between them.

GONZALEZMARINMARIAGABRIELA can be told apart only by knowing names. Where exactly one way fits the names that
we know, it is offered for comparison; where none or several fit, nobody guesses.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from fairclient.domain.catalogues import names
from fairclient.domain.normalise import fold

Names = tuple[str, str, str]
"""First surname, second surname, given names."""

_LISTS: Final = {
    "surname": ("names_co_surnames", "names_ve_surnames"),
    "given": (
        "names_co_given_female",
        "names_co_given_male",
        "names_ve_given_female",
        "names_ve_given_male",
    ),
}
_SHAPES: Final = (
    ("surname", "surname", "given", "given"),
    ("surname", "surname", "given"),
    ("surname", "given", "given"),
    ("surname", "given"),
)
_LONGEST: Final = 92
"""Signs of four fields of 23."""


def tell_apart(block: str) -> Names | None:
    """The names in ``block`` (capitals); None where it isn't certain which they are."""
    if not 0 < len(block) <= _LONGEST:
        return None
    found = {_names(shape, parts) for shape in _SHAPES for parts in _ways(block, shape)}
    return found.pop() if len(found) == 1 else None


def by_parts(parts: list[str]) -> Names | None:
    """The names where the parts are known and one or two are missing; None where it isn't certain which."""
    if len(parts) == 4:
        return _names(_SHAPES[0], tuple(parts))
    if len(parts) == 2:
        return _names(_SHAPES[3], tuple(parts))
    if len(parts) == 3:
        shapes = [shape for shape in _SHAPES[1:3] if _key(parts[1]) in _known(shape[1])]
        return _names(shapes[0], tuple(parts)) if len(shapes) == 1 else None
    return None


def _ways(block: str, shape: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every way to cut ``block`` into known names of this shape."""
    if not shape:
        if not block:
            yield ()
        return
    known = _known(shape[0])
    for end in range(2, len(block) + 1):
        if _key(block[:end]) in known:
            for rest in _ways(block[end:].lstrip(" "), shape[1:]):
                yield (block[:end].strip(), *rest)


def _names(shape: tuple[str, ...], parts: tuple[str, ...]) -> Names:
    surnames = [part for kind, part in zip(shape, parts, strict=True) if kind == "surname"]
    given = [part for kind, part in zip(shape, parts, strict=True) if kind == "given"]
    return surnames[0], " ".join(surnames[1:]), " ".join(given)


@cache
def _known(kind: str) -> frozenset[str]:
    return frozenset(_key(name) for catalogue in _LISTS[kind] for name, _weight in names(catalogue))


def _key(name: str) -> str:
    return fold(name).replace(" ", "")
