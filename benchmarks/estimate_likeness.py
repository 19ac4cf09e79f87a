"""Estimate the parameters of likeness on invented people and freeze them in resources/matching/weights.json.

Run by hand (`python -m benchmarks.estimate_likeness`, some minutes) when the comparison changes. It learns on
seeds of its own; the benchmark measures on others.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from benchmarks import people
from benchmarks.people import Told, told
from fairclient.base.resources import path
from fairclient.matching import profile
from fairclient.matching.profile import Profile
from fairclient.matching.score import KIN, Comparer
from fairclient.matching.spanish import sound
from fairclient.matching.weights import FIELDS, RARE_BITS, Weights, read

SEED = 9001
PEOPLE, STRANGERS, BESIDE = 10_000, 240, 3_000
KIN_DOUBT = 3.0
"""What is taken (nats) from one person's likelihood where the family agrees and the own name differs: to take
twins for one costs more than to ask once too often."""
REASONED = {
    # Kinds that weren't said, and one number under two kinds: the invented people don't show these.
    "unknown-other": [-1.2, -0.01, -0.001],
    "same-number": [-3.5, -10.5, -13.5],
}
KNOWN = 200_000
"""How many people a laptop may know: how unlikely it is beforehand that one of them is this one."""
FAMILY = 3.0
EARLIER = 0.6
"""How harsh the first registration was: less than the return, when another desk writes in a hurry."""
LEAST_SEEN = 0.3
"""What is added to every count: a category that was never seen is rare, not impossible."""


def of_told(one: Told) -> Profile:
    """The profile of what a desk wrote."""
    return profile.make(
        (one.given_names, one.first_surname, one.second_surname),
        birth="" if one.birth is None else one.birth.strftime("%Y%m%d"),
        sex=one.sex,
        papers=[(one.kind, one.number)] if one.number else [],
        phones=[one.phone] if one.phone else [],
        municipality=one.municipality,
    )


def main() -> int:
    """Write the parameters."""
    families = people.people(SEED, PEOPLE)
    draw = Random(SEED + 1)
    stored = [[of_told(told(draw, person, EARLIER)) for person in family] for family in families]
    again = [[of_told(told(draw, person)) for person in family] for family in families]
    bits = _bits(one for family in stored for one in family)
    blank = read(
        {"prior_family": 0, "prior_stranger": 0, "sure": 0, "look": 0, "bits": bits, "tables": _empty()}
    )
    counted = {name: {field: Counter[str]() for field in FIELDS} for name in ("match", "family", "stranger")}
    _count(counted["match"], blank, _matches(stored, again))
    _count(counted["family"], blank, _relatives(stored, again))
    _count(counted["stranger"], blank, _strangers(stored, again, draw))
    kept: dict[str, Any] = {
        "prior_family": round(math.log(FAMILY), 4),
        "prior_stranger": round(math.log(KNOWN), 4),
        "sure": 0.0,
        "look": 0.0,
        "bits": {word: round(value, 2) for word, value in sorted(bits.items())},
        "tables": {field: _table(field, counted) for field in FIELDS},
    }
    kept["tables"]["papers"] |= REASONED
    for category, values in kept["tables"]["given"].items():
        if category.startswith("kin-"):
            values[0] = round(values[0] - KIN_DOUBT, 3)
    kept["look"], kept["sure"] = _thresholds(read(kept), stored, again)
    _keep(kept)
    return 0


def _thresholds(
    weights: Weights, stored: list[list[Profile]], again: list[list[Profile]]
) -> tuple[float, float]:
    """The bits that one new person in a hundred, and in five hundred, reaches beside her own family."""
    reached = sorted(
        max(comparer.score(profile.pack(one)).bits for one in family[:-1])
        for family, returns in zip(stored, again, strict=True)
        if len(family) > 1
        for comparer in (Comparer(returns[-1], weights),)
    )
    return round(reached[-(len(reached) // 100)], 2), round(reached[-(len(reached) // 500)], 2)


def _empty() -> dict[str, dict[str, list[float]]]:
    return {field: {} for field in FIELDS}


def _bits(known: Iterable[Profile]) -> dict[str, float]:
    """Bits of the sound of each word that is common enough to be known beforehand."""
    counted: Counter[str] = Counter()
    people_counted = 0
    for one in known:
        people_counted += 1
        counted.update({sound(word) for word in f"{one.given} {one.surnames}".split()})
    bits = {word: -math.log2(many / people_counted) for word, many in counted.items() if many >= 12}
    return {word: value for word, value in bits.items() if value < RARE_BITS}


Pairs = Iterator[tuple[Profile, list[Profile]]]


def _matches(stored: list[list[Profile]], again: list[list[Profile]]) -> Pairs:
    for family, returns in zip(stored, again, strict=True):
        for one, other in zip(family, returns, strict=True):
            yield other, [one]


def _relatives(stored: list[list[Profile]], again: list[list[Profile]]) -> Pairs:
    for family, returns in zip(stored, again, strict=True):
        for place, other in enumerate(returns):
            yield other, family[:place] + family[place + 1 :]


def _strangers(stored: list[list[Profile]], again: list[list[Profile]], draw: Random) -> Pairs:
    flat = [(number, one) for number, family in enumerate(stored) for one in family]
    for number in draw.sample(range(len(again)), STRANGERS):
        other = draw.choice(again[number])
        yield other, [one for home, one in draw.sample(flat, BESIDE) if home != number]


def _count(into: dict[str, Counter[str]], weights: Weights, pairs: Pairs) -> None:
    for query, beside in pairs:
        comparer = Comparer(query, weights)
        for one in beside:
            for field, category in zip(FIELDS, comparer.score(profile.pack(one)).categories, strict=True):
                into[field][category] += 1


def _table(field: str, counted: dict[str, dict[str, Counter[str]]]) -> dict[str, list[float]]:
    """Logarithms of shares among the pairs where the field could be compared."""
    categories = sorted(set().union(*(counts[field] for counts in counted.values())) - {""})
    table = {}
    # Words in the wrong field replace both fields of names: their share is of all pairs.
    whole = {
        name: sum(many for category, many in counts[field].items() if category or field == "moved")
        for name, counts in counted.items()
    }
    kin = {name: _kin(counts["surnames"]) for name, counts in counted.items()}
    for category in categories:
        # A name of one's own beside the family's surnames: its share is of the pairs that have these.
        of = kin if category.startswith("kin-") else whole
        table[category] = [
            round(
                math.log((counts[field][category] + LEAST_SEEN) / (of[name] + LEAST_SEEN * len(categories))),
                3,
            )
            for name, counts in counted.items()
        ]
    return table


def _kin(surnames: Counter[str]) -> int:
    return sum(many for category, many in surnames.items() if category.split(".")[0] in KIN)


def _keep(kept: dict[str, Any]) -> None:
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    one_line = re.sub(r"\[[^\]]*\]", lambda found: " ".join(found[0].split()), text)
    path("matching/weights.json").write_text(one_line + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
