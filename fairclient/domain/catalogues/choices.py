"""A choice among a few, with its words in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from fairclient.base.words import SOURCE, language
from fairclient.domain.catalogues.rows import Row, rows
from fairclient.domain.normalise import fold

PREFERS_NOT: Final = "97"
"""The answer of somebody who was asked and would rather not say; not asked at all is the empty text."""

DOES_NOT_KNOW: Final = "99"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a catalogue; `extra` holds the columns that only its catalogue has."""

    code: str
    names: Mapping[str, str]
    shorts: Mapping[str, str]
    extra: Row

    @property
    def name(self) -> str:
        """The whole answer in the language in use, Spanish where there is none."""
        return self.name_in(language())

    @property
    def short(self) -> str:
        """The answer for a button or a table, in the language in use."""
        return self.shorts.get(language()) or self.shorts.get(SOURCE) or self.name

    def name_in(self, code: str) -> str:
        """The whole answer in the language ``code``, Spanish where there is none."""
        return self.names.get(code) or self.names[SOURCE]


@cache
def choices(catalogue: str) -> tuple[Choice, ...]:
    """The answers of a catalogue, in the order in which they are offered."""
    return tuple(_choice(row) for row in rows(catalogue))


def find(catalogue: str, code: str) -> Choice | None:
    """The answer with this code; None where the catalogue has none."""
    return _by_code(catalogue).get(code)


def read_choice(catalogue: str, text: str) -> str:
    """The code that ``text`` means, be it a code or the words of an answer in any language; "" for none."""
    folded = fold(text)
    if not folded:
        return ""
    return _by_words(catalogue).get(folded, "")


def name_of(catalogue: str, code: str) -> str:
    """The words for a code in the language in use; a code that the catalogue does not know stays as it is."""
    found = find(catalogue, code)
    return found.name if found else code


def sexes() -> tuple[Choice, ...]:
    """Sex as identity papers write it."""
    return choices("sexes")


def profiles() -> tuple[Choice, ...]:
    """Population profiles."""
    return choices("profiles")


def services() -> tuple[Choice, ...]:
    """The services that a new fair starts its own list from."""
    return choices("services")


def not_served_reasons() -> tuple[Choice, ...]:
    """Why a desk did not serve somebody: nine at most, in the order of their number keys."""
    return choices("not_served_reasons")


@cache
def names(catalogue: str) -> tuple[tuple[str, int], ...]:
    """The (name, weight) pairs of one of the `names_*` lists."""
    return tuple((row["name"], int(row["weight"])) for row in rows(catalogue))


@cache
def _by_words(catalogue: str) -> dict[str, str]:
    meant: dict[str, str] = {}
    for said in (_code, _names, _shorts, _also):  # a code means itself, whatever else is written like it
        for choice in choices(catalogue):
            for words in said(choice):
                meant.setdefault(fold(words), choice.code)
    return meant


def _code(choice: Choice) -> tuple[str, ...]:
    return (choice.code,)


def _names(choice: Choice) -> tuple[str, ...]:
    return tuple(choice.names.values())


def _shorts(choice: Choice) -> tuple[str, ...]:
    return tuple(choice.shorts.values())


def _also(choice: Choice) -> tuple[str, ...]:
    return tuple(words for words in choice.extra.get("also", "").split("|") if words)


@cache
def _by_code(catalogue: str) -> dict[str, Choice]:
    return {choice.code: choice for choice in choices(catalogue)}


def _choice(row: Row) -> Choice:
    if "name" in row:  # a proper name, the same in every language
        return Choice(row["code"], {SOURCE: row["name"]}, {}, row)
    return Choice(row["code"], _spoken(row, "name_"), _spoken(row, "short_"), row)


def _spoken(row: Row, column: str) -> Row:
    return {key.removeprefix(column): words for key, words in row.items() if key.startswith(column)}
