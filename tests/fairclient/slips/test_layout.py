"""What stands on a slip, in every language that a slip speaks."""

from __future__ import annotations

import dataclasses

import pytest

from fairclient.slips.layout import SlipContent, code_groups, words
from tests.fairclient.slips.factory import content


def test_spanish_words() -> None:
    said = words(content())
    assert said.day == "sábado 24 de octubre de 2026"
    assert said.turn == "Su turno"
    assert (said.edition, said.practice, said.no_route) == ("", "", "")
    assert code_groups(content()) == ("030", "FZV", "GJ4")


def test_what_is_not_there_is_not_announced() -> None:
    assert words(content(help_line="")).help_line == ""
    assert words(content(desks=())).no_route


def test_a_copy_is_told_apart_from_a_reissue() -> None:
    first, copy, reissue = (words(content(edition=edition)) for edition in ("first", "copy", "reissue"))
    assert len({first.edition, copy.edition, reissue.edition}) == 3
    assert first.keep == copy.keep != reissue.keep


def test_a_language_that_we_do_not_speak_falls_back_to_spanish() -> None:
    assert words(content(language="xx")) == words(content())


def test_the_painters_see_nothing_that_may_not_stand_on_paper() -> None:
    """DP-06: whoever adds a field here has to say why it may lie on a bench."""
    assert {field.name for field in dataclasses.fields(SlipContent)} == {
        "fair",
        "day",
        "turn",
        "display_name",
        "desks",
        "code",
        "token",
        "help_line",
        "place",
        "language",
        "bring",
        "edition",
        "fictional",
    }


@pytest.mark.parametrize(
    ("language", "day", "turn"),
    [
        ("en", "Saturday 24 October 2026", "Your turn"),
        ("pt", "sábado, 24 de outubro de 2026", "Sua senha"),
        ("fr", "samedi 24 octobre 2026", "Votre numéro"),
    ],
)
def test_every_sentence_is_in_the_attendees_language(language: str, day: str, turn: str) -> None:
    for changes in ({}, {"edition": "reissue", "fictional": True}, {"edition": "copy", "desks": ()}):
        here, spanish = words(content(language=language, **changes)), words(content(**changes))
        assert (here.day, here.turn) == (day, turn)
        pairs = zip(dataclasses.astuple(here), dataclasses.astuple(spanish), strict=True)
        assert not [one for one, other in pairs if one and one == other]
