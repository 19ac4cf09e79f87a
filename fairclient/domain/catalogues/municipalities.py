"""Municipalities by DIVIPOLA code: looked up, and suggested while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice

from fairclient.domain.catalogues.rows import rows
from fairclient.domain.normalise import fold


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality with the department that tells it from its namesakes."""

    code: str
    name: str
    department: str
    kind: str = "municipality"

    @property
    def label(self) -> str:
        """Name and department: "Soledad, Atlántico"."""
        return self.name if self.name == self.department else f"{self.name}, {self.department}"


@dataclass(frozen=True, slots=True)
class _Known:
    """A name that people use for a municipality, folded once.

    `padded` has a blank before each word, so that the beginning of any word is found as one piece of text;
    `whole` has the department too.
    """

    name: str
    padded: str
    whole: str
    place: Municipality


def municipality(code: str) -> Municipality | None:
    """The municipality with this code; a retired code gives its successor, an unknown one None."""
    known = _by_code()
    return known.get(code) or known.get(_retired().get(code, ""))


def is_retired(code: str) -> bool:
    """Whether other registries still carry this code, and DANE no longer does."""
    return code in _retired()


def municipality_label(code: str) -> str:
    """Name and department for a code; the code itself where nobody knows it."""
    found = municipality(code)
    return found.label if found else code


def suggest_municipalities(text: str, limit: int = 8) -> list[Municipality]:
    """The municipalities that ``text`` may mean, likeliest first, each once.

    Every word typed must begin a word of the name or of the department (the first one, of the name); a name
    that begins with what was typed comes before a word within it, capitals of departments before others.
    Figures are the beginning of a code. Accents and capitals don't matter.
    """
    typed = fold(text)
    if not typed:
        return []
    if typed.isdecimal():
        found = [place for code, place in _by_code().items() if code.startswith(typed)]
    else:
        found = _ranked(typed)
    return list(islice(dict.fromkeys(found), max(limit, 0)))


def find_municipality(text: str) -> list[Municipality]:
    """The municipalities that ``text`` names: a code, a name, or a name and its department.

    None, one, or several namesakes. A place that has the name as its own goes before one that has it as
    another name, and a municipality before an area that is not one.
    """
    if text.strip().isdecimal():
        found = municipality(text.strip())
        return [found] if found else []
    typed = fold(text)
    matches = [known for known in _known() if known.name == typed or known.whole == f" {typed}"]
    own = [known for known in matches if fold(known.place.name) == known.name] or matches
    proper = [known for known in own if known.place.kind != "area"] or own
    return list(dict.fromkeys(known.place for known in proper))


def _ranked(typed: str) -> list[Municipality]:
    words = [f" {word}" for word in typed.split()]
    hits = ((_rank(known, typed, words), known) for known in _known())
    return [known.place for _rank_, known in sorted((hit for hit in hits if hit[0]), key=_by_rank)]


def _by_rank(hit: tuple[tuple[int, ...], _Known]) -> tuple[tuple[int, ...], str]:
    return hit[0], hit[1].place.label


def _rank(known: _Known, typed: str, words: list[str]) -> tuple[int, ...]:
    """Return an order (smaller is likelier), or nothing where the name does not fit."""
    if known.name.startswith(typed):
        how = 0 if known.name == typed else 1
    elif words[0] in known.padded and all(word in known.whole for word in words[1:]):
        how = 2 if known.padded.startswith(words[0]) else 3
    else:
        return ()
    return how, 0 if known.place.code.endswith("001") else 1


@cache
def _by_code() -> dict[str, Municipality]:
    departments = {row["code"]: row["name"] for row in rows("departments")}
    return {
        row["code"]: Municipality(row["code"], row["name"], departments[row["department"]], row["kind"])
        for row in rows("municipalities")
    }


@cache
def _known() -> tuple[_Known, ...]:
    own = ((place.name, place) for place in _by_code().values())
    others = ((row["alias"], _by_code()[row["municipality"]]) for row in rows("municipality_aliases"))
    return tuple(_known_as(name, place) for name, place in (*own, *others))


def _known_as(name: str, place: Municipality) -> _Known:
    folded = fold(name)
    return _Known(folded, f" {folded}", f" {folded} {fold(place.department)}", place)


@cache
def _retired() -> dict[str, str]:
    return {row["code"]: row["successor"] for row in rows("municipality_retired")}
