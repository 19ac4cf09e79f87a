"""Nothing of a person is forgotten or asked twice, and what is sensitive can be left unsaid."""

from __future__ import annotations

from datetime import date

import pytest

from fairclient.base import words
from fairclient.domain.answers import Answers
from fairclient.domain.catalogues import PREFERS_NOT
from fairclient.domain.questions import (
    EDITORS,
    QUESTIONS,
    SECTIONS,
    SET_BY_PROGRAM,
    Question,
    of_section,
    question,
)
from sync.wire.attendee import Attendee
from sync.wire.catalogue import KINDS
from sync.wire.fact import Fact
from sync.wire.household import Household

TODAY = date(2026, 3, 14)
SHORTCUTS_OF_THE_PAGE = set("SAM")
"""Alt+S, Alt+A and Alt+M open the services, the authorisation and the other questions."""


def _applies(key: str, **form: str) -> bool:
    return question(key).applies(Answers(form, TODAY))


@pytest.mark.parametrize("fact", [Attendee, Household])
def test_every_field_is_asked_or_set_by_the_program(fact: type[Fact]) -> None:
    asked = {one.key for one in QUESTIONS if one.fact == fact.KIND}
    own = SET_BY_PROGRAM[fact.KIND]
    assert asked | own == set(fact.model_fields)
    assert not asked & own


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.key)
def test_every_question_can_be_shown(asked: Question) -> None:
    assert asked.editor in EDITORS
    assert asked.key in KINDS[asked.fact].model_fields
    assert asked.section in {section.key for section in SECTIONS}
    assert asked.columns in {2, 3, 4, 6}
    assert asked.words
    needs_choices = asked.editor in {"segments", "choice", "many", "document", "country", "functioning"}
    assert bool(asked.choices) == needs_choices
    assert bool(asked.offered()) == needs_choices
    if asked.editor == "segments":
        assert len(asked.offered()) <= 7


def test_keys_and_shortcuts_are_unique() -> None:
    keys = [asked.key for asked in QUESTIONS]
    shortcuts = [asked.shortcut for asked in QUESTIONS if asked.shortcut]
    openers = [section.shortcut for section in SECTIONS if section.shortcut]
    assert len(keys) == len(set(keys))
    assert len(shortcuts) == len(set(shortcuts))
    assert len(openers) == len(set(openers))
    assert not set(shortcuts) & SHORTCUTS_OF_THE_PAGE


def test_everybody_is_asked_only_for_names_sex_birth_and_profile() -> None:
    assert {asked.key for asked in QUESTIONS if asked.everybody} == {
        "given_names", "first_surname", "second_surname", "birth_date", "sex", "profile",
    }  # fmt: skip
    assert {asked.key for asked in QUESTIONS if asked.required} == {"given_names", "sex", "profile"}
    assert not any(asked.sensitive for asked in QUESTIONS if asked.everybody or asked.required)


def test_the_document_comes_first() -> None:
    assert QUESTIONS[0].key == "documents"
    assert of_section("person")[0].key == "documents"


def test_sections_are_short_and_none_is_empty() -> None:
    for section in SECTIONS[1:]:
        assert 1 <= len(of_section(section.key)) <= 4


@pytest.mark.parametrize("asked", [one for one in QUESTIONS if one.sensitive], ids=lambda asked: asked.key)
def test_a_sensitive_question_says_why_and_takes_no_for_an_answer(asked: Question) -> None:
    assert asked.why
    assert PREFERS_NOT in {choice.code for choice in asked.offered()}


def test_the_law_s_sensitive_data_are_marked() -> None:
    assert {asked.key for asked in QUESTIONS if asked.sensitive} == {
        "migration_status", "pregnant", "functioning", "disability", "ethnicity", "gender_identity",
        "specific_needs",
    }  # fmt: skip


def test_limits_are_those_of_the_contract() -> None:
    for asked in QUESTIONS:
        if asked.editor not in {"text", "paragraph"}:
            continue
        fact = KINDS[asked.fact]
        field = fact.model_fields[asked.key]
        limits = [part.max_length for part in field.metadata if getattr(part, "max_length", None)]
        assert limits == [asked.longest], asked.key


def test_nobody_is_asked_what_does_not_concern_them() -> None:
    assert not _applies("pregnant", sex="M", birth_date="30")
    assert not _applies("pregnant", sex="F", birth_date="8")
    assert _applies("pregnant", sex="F", birth_date="30") and _applies("pregnant")
    assert not _applies("functioning", birth_date="4") and _applies("functioning", birth_date="5")
    assert not _applies("gender_identity", birth_date="12")
    assert not _applies("eps", health_regime="N") and _applies("eps", health_regime="S")


def test_questions_are_asked_in_the_language_in_use() -> None:
    asked = question("pregnant")
    assert asked.words == "¿Está embarazada?"
    words.set_language("en")
    assert question("documents").hint_words
