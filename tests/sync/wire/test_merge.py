"""Merging: the order of arrival never matters, nothing is lost in silence, safety is never loosened."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from sync.wire import body, clock, merge
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from sync.wire.entry import Header
from sync.wire.journal import JournalId
from tests.sync.wire.samples import EPOCH_MS, SAMPLES, an_id, salt

Entries = list[tuple[Header, bytes]]


def write(number: int, raw: bytes, kind: str = "attendee", station: int = 1) -> tuple[Header, bytes]:
    journal = JournalId(an_id(station), 1, an_id(2))
    return Header(journal, number, clock.pack(EPOCH_MS + number), an_id(9), kind, an_id(3), 1), raw


def change(
    number: int, values: dict[str, object], base: bytes, kind: str = "attendee"
) -> tuple[Header, bytes]:
    raw = body.encode_change(kind, values, body.revision_id(base) if base else "", salt(number))
    return write(number, raw, kind, station=number)


BORN = body.encode_fact(SAMPLES["attendee"], salt(0))


def test_a_correction_that_saw_the_other_replaces_it() -> None:
    first = change(2, {"neighbourhood": "Centro"}, BORN)
    second = change(3, {"neighbourhood": "La Paz"}, first[1])
    folded = merge.fold("attendee", [write(1, BORN), first, second])
    assert folded is not None
    assert isinstance(folded.fact, Attendee)
    assert (folded.fact.neighbourhood, folded.conflicts) == ("La Paz", ())
    assert folded.revision == body.revision_id(second[1])


def test_two_corrections_unaware_of_each_other_are_both_kept_and_the_later_shows() -> None:
    folded = merge.fold(
        "attendee",
        [
            write(1, BORN),
            change(2, {"neighbourhood": "Centro"}, BORN),
            change(3, {"neighbourhood": "La Paz"}, BORN),
        ],
    )
    assert folded is not None
    assert isinstance(folded.fact, Attendee)
    assert folded.fact.neighbourhood == "La Paz"
    assert folded.conflicts == (merge.Conflict("neighbourhood", ("Centro", "La Paz")),)


def test_a_change_that_saw_both_ends_the_conflict() -> None:
    ours, theirs = change(2, {"neighbourhood": "Centro"}, BORN), change(3, {"neighbourhood": "La Paz"}, BORN)
    between = merge.fold("attendee", [write(1, BORN), ours, theirs])
    assert between is not None
    decided = write(4, body.encode_change("attendee", {"neighbourhood": "Centro"}, between.revision, salt(4)))
    folded = merge.fold("attendee", [write(1, BORN), ours, theirs, decided])
    assert folded is not None
    assert isinstance(folded.fact, Attendee)
    assert (folded.fact.neighbourhood, folded.conflicts) == ("Centro", ())


def test_changes_to_different_fields_never_conflict() -> None:
    folded = merge.fold(
        "attendee",
        [write(1, BORN), change(2, {"neighbourhood": "Centro"}, BORN), change(3, {"sex": "I"}, BORN)],
    )
    assert folded is not None
    assert folded.conflicts == ()


def test_a_consent_withdrawn_stays_withdrawn_until_a_person_decides() -> None:
    given_ = Authorisation(attendee=an_id(3), text_version="v1", text_digest="ab", general=True)
    born = body.encode_fact(given_, salt(0))
    withdrawn = change(2, {"general": False}, born, "authorisation")
    renewed = change(3, {"general": True}, born, "authorisation")
    folded = merge.fold("authorisation", [write(1, born, "authorisation"), withdrawn, renewed])
    assert folded is not None
    assert isinstance(folded.fact, Authorisation)
    assert folded.fact.general is False
    assert folded.conflicts[0].field == "general"


def test_a_change_without_its_fact_waits() -> None:
    assert merge.fold("attendee", [change(2, {"sex": "I"}, BORN)]) is None


@st.composite
def histories(draw: st.DrawFn) -> Entries:
    """Some changes, each based on any of the earlier revisions, as several laptops would write them."""
    entries = [write(1, BORN)]
    for number in range(2, draw(st.integers(3, 6))):
        base = draw(st.sampled_from(entries))[1]
        field = draw(st.sampled_from(["neighbourhood", "eps", "safe_contact"]))
        value = draw(st.sampled_from(["", "S", "L", "N"]))
        entries.append(change(number, {field: value}, base))
    return entries


@given(histories())
def test_every_order_of_arrival_gives_the_same_state(entries: Entries) -> None:
    results = {repr(merge.fold("attendee", list(order))) for order in itertools.permutations(entries)}
    assert len(results) == 1


@given(histories())
def test_a_merge_never_loosens_a_safety_field(entries: Entries) -> None:
    folded = merge.fold("attendee", entries)
    assert folded is not None
    assert isinstance(folded.fact, Attendee)
    strictness = merge.RESTRICTIVE["attendee", "safe_contact"]
    for conflict in folded.conflicts:
        if conflict.field == "safe_contact":
            shown = strictness.index(folded.fact.safe_contact)
            assert all(shown >= strictness.index(value) for value in conflict.values)


def test_nothing_makes_an_anonymous_attendee_tell_who_she_is() -> None:
    nobody = body.encode_fact(Attendee(sex="F", profile="VP", anonymous=True, age_band="26-59"), salt(0))
    late = change(2, {"neighbourhood": "Centro", "language": "pt"}, nobody)
    other = change(3, {"neighbourhood": "La Paz"}, nobody)
    folded = merge.fold("attendee", [write(1, nobody), late, other])
    assert folded is not None
    assert isinstance(folded.fact, Attendee)
    assert (folded.fact.neighbourhood, folded.fact.language, folded.conflicts) == ("", "pt", ())
    assert Attendee.model_validate(folded.fact.model_dump()) == folded.fact
