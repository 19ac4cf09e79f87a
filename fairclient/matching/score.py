"""How likely a known person is the one being typed: every field compared once, the evidence added up."""

from __future__ import annotations

from typing import Final, NamedTuple

from fairclient.matching import births, names, papers, profile
from fairclient.matching.names import Compared
from fairclient.matching.profile import Profile
from fairclient.matching.spanish import sound
from fairclient.matching.weights import Odds, Weights

_APART_GIVEN: Final = frozenset({"", "other", "unclear", "one-of-two", "one-unclear"})
_APART_SURNAMES: Final = frozenset({"", "other", "crossed", "first-only", "second-only"})
KIN: Final = frozenset({"same", "misspelt", "swapped", "second-missing", "second-missing-misspelt"})
"""Categories of surnames that brothers and sisters have in common."""
OWN_NAME: Final = frozenset({"other", "one-of-two"})
"""Categories of given names that a twin has; beside the family's surnames they count as ``kin-``."""
_LEAST_TOLD: Final = 4
"""Letters of a word still being typed that are enough to speak against a name that begins otherwise."""


class Scored(NamedTuple):
    """The evidence in bits, and the category of each field (those of ``weights.FIELDS``)."""

    bits: float
    categories: tuple[str, ...]


class Comparer:
    """Compares one query with many packed profiles; what repeats among these is worked out once."""

    def __init__(self, query: Profile, weights: Weights, typing: str = "") -> None:
        self._query = query
        self._weights = weights
        self._given, self._surnames = query.given.split(), query.surnames.split()
        self._beginnings = frozenset(map(_beginning, self._given + self._surnames))
        self._typing = typing
        self._apart: dict[tuple[bool, str], Compared] = {}
        self._told: dict[tuple[str, Compared], tuple[str, Odds]] = {}
        self._births: dict[str, tuple[str, Odds]] = {}

    def score(self, packed: str) -> Scored:
        """Compare with a packed profile."""
        given, first, second, birth, sex, held, phones, municipality = packed.split("|")
        odds = self._weights.odds
        told, of_names = self._compare_names(given, f"{first} {second}")
        born, of_birth = self._compare_births(birth)
        query = self._query
        same_sex = ("same" if query.sex == sex else "other") if query.sex and sex else ""
        paper = self._compare_papers(held) if query.papers and held else ""
        call = papers.phones(query.phones, profile.phones_of(phones)) if query.phones else ""
        there = query.municipality and municipality
        place = ("same" if query.municipality == municipality else "other") if there else ""
        bits = self._weights.total(
            [
                *of_names,
                of_birth,
                odds("sex", same_sex),
                odds("papers", paper),
                odds("phones", call),
                odds("municipality", place),
            ]
        )
        return Scored(bits, (*told, born, same_sex, paper, call, place))

    def _compare_papers(self, held: str) -> str:
        theirs = profile.papers_of(held)
        category = papers.papers(self._query.papers, theirs)
        if self._typing != "document_number" or category in {"same", "near"}:
            return category
        begun = self._query.papers[0].number
        return "begun" if any(paper.number.startswith(begun) for paper in theirs) else ""

    def _compare_births(self, birth: str) -> tuple[str, Odds]:
        known = self._births.get(birth)
        if known is None:
            category = births.births(self._query.birth, birth)
            known = self._births[birth] = category, self._weights.odds("birth", category)
        return known

    def _compare_names(self, given: str, surnames: str) -> tuple[list[str], list[Odds]]:
        one, other = self._field(given, of_given=True), self._field(surnames, of_given=False)
        across = Compared("")
        if one.category in _APART_GIVEN and other.category in _APART_SURNAMES:
            theirs = f"{given} {surnames}".split()
            # Two words in common are the least that may have changed their fields.
            if len(self._beginnings.intersection(map(_beginning, theirs))) > 1:
                across = names.moved(self._given + self._surnames, theirs)
            if across.category:
                one = other = Compared("")
        elif one.category in OWN_NAME and other.category in KIN:
            one = Compared(f"kin-{one.category}", one.shared)
        told = [self._weigh(*pair) for pair in (("given", one), ("surnames", other), ("moved", across))]
        return [category for category, _odds in told], [odds for _category, odds in told]

    def _field(self, beside: str, *, of_given: bool) -> Compared:
        known = self._apart.get((of_given, beside))
        if known is None:
            compare, ours = (names.given_names, self._given) if of_given else (names.surnames, self._surnames)
            theirs = beside.split()
            if self._is_typing(of_given):
                ours = _completed(ours, theirs)
            known = self._apart[of_given, beside] = compare(ours, theirs)
        return known

    def _weigh(self, field: str, compared: Compared) -> tuple[str, Odds]:
        known = self._told.get((field, compared))
        if known is None:
            category = self._category(compared)
            known = self._told[field, compared] = category, self._weights.odds(field, category)
        return known

    def _is_typing(self, of_given: bool) -> bool:
        return (self._typing == "given_names") if of_given else self._typing.endswith("surname")

    def _category(self, compared: Compared) -> str:
        if not compared.shared:
            return compared.category
        return f"{compared.category}.{self._weights.rarity(compared.shared)}"


def _beginning(word: str) -> str:
    return sound(word)[:2]


def _completed(words: list[str], beside: list[str]) -> list[str]:
    """The words typed so far; the last one, while it is being typed, stands for what it begins."""
    if not words:
        return words
    *whole, begun = words
    ends = [word for word in beside if word.startswith(begun) and word not in whole]
    if ends:
        return [*whole, ends[0]]
    return words if len(begun) >= _LEAST_TOLD else whole
