"""Merging many changes of one subject: the same as the rules say word by word, in time that grows evenly."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync.wire import body, canonical, merge
from sync.wire.attendee import Attendee
from tests.sync.wire.samples import salt
from tests.sync.wire.test_merge import BORN, Entries, write

FIELDS = ["neighbourhood", "eps", "safe_contact", "of_a_later_version"]


def changed(number: int, values: dict[str, Any], bases: list[bytes]) -> bytes:
    """Return a change's body; fields of later versions are allowed."""
    base = ".".join(sorted({body.revision_id(raw) for raw in bases}))
    return canonical.encode({"base": base, "change": values, "salt": salt(number).hex()})


@st.composite
def webs(draw: st.DrawFn) -> Entries:
    """Changes that saw any number of earlier ones, some of which never arrive."""
    bodies = [BORN]
    for number in range(2, draw(st.integers(3, 12))):
        bases = draw(st.lists(st.sampled_from(bodies), min_size=0, max_size=3))
        names = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3, unique=True))
        values = {name: draw(st.sampled_from(["", "S", "L", "N"])) for name in names}
        bodies.append(changed(number, values, bases))
    kept = [raw for raw in bodies[1:] if draw(st.integers(0, 4))]
    return [write(number, raw, station=number) for number, raw in enumerate([BORN, *kept], 1)]


def seen_by(raw: bytes, bodies: dict[str, bytes]) -> set[str]:
    """Return all revisions that a change's author saw, near or far: rule 2 as it is written."""
    found: set[str] = set()
    waiting = [raw]
    while waiting:
        for revision in str(canonical.decode(waiting.pop()).get("base", "")).split("."):
            if revision and revision not in found:
                found.add(revision)
                waiting += [bodies[revision]] if revision in bodies else []
    return found


@given(webs())
def test_what_stands_is_what_the_rules_say_word_by_word(entries: Entries) -> None:
    bodies = {body.revision_id(raw): raw for _, raw in entries}
    folded = merge.fold("attendee", entries)
    assert folded is not None
    conflicts = dict(folded.conflicts)
    for name in FIELDS:
        naming = [raw for _, raw in entries if name in canonical.decode(raw).get("change", {})]
        replaced = set().union(*(seen_by(raw, bodies) for raw in naming))
        unseen = [raw for raw in naming if body.revision_id(raw) not in replaced]
        standing = {canonical.decode(raw)["change"][name] for raw in unseen}
        assert set(conflicts.get(name, ())) == (standing if len(standing) > 1 else set())
        if len(standing) == 1 and name in Attendee.model_fields:
            assert {getattr(folded.fact, name)} == standing
    tips = set(bodies) - set().union(*(seen_by(raw, bodies) for raw in bodies.values()))
    assert folded.revision == ".".join(sorted(tips))


def test_ten_thousand_changes_of_one_person_are_merged_without_looking_at_pairs() -> None:
    """A chain of so many had fifty million pairs of who saw whom; the walk names each revision once."""
    raw, entries = BORN, [write(1, BORN)]
    for number in range(2, 10_001):
        raw = changed(number, {"neighbourhood": f"Barrio {number}"}, [raw])
        entries.append(write(number, raw))
    folded = merge.fold("attendee", entries)
    assert folded is not None and isinstance(folded.fact, Attendee)
    assert (folded.fact.neighbourhood, folded.conflicts) == ("Barrio 10000", ())
    assert folded.revision == body.revision_id(raw)


def test_what_nests_deep_in_a_field_of_a_later_version_is_no_hindrance() -> None:
    deep = changed(2, {"eps": "X", "of_a_later_version": json.loads("[" * 40 + "]" * 40)}, [BORN])
    assert body.decode("attendee", deep).change
    folded = merge.fold("attendee", [write(1, BORN), write(2, deep)])
    assert folded is not None and isinstance(folded.fact, Attendee) and folded.fact.eps == "X"
