"""Names as they sound, and how two of them compare."""

from __future__ import annotations

import pytest

from fairclient.matching.names import given_names, likeness, moved, surnames
from fairclient.matching.spanish import sound, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vásquez", "Básques"),
        ("Yuleidy", "Lluleidi"),
        ("Jonathan", "Yonatan"),
        ("Ionathan", "Yonathan"),
        ("Hernández", "Ernandes"),
        ("Quintero", "Kintero"),
        ("Cecilia", "Sesilia"),
        ("Ximena", "Simena"),
        ("Gerónimo", "Jerónimo"),
        ("Guillermo", "Guiyermo"),
        ("Muñoz", "Munos"),
        ("Sofía", "Sophia"),
        ("Yvonne", "Ivone"),
        ("Benavides", "Venabides"),
    ],
)
def test_what_sounds_alike_has_one_spelling(one: str, other: str) -> None:
    assert [sound(word) for word in words(one)] == [sound(word) for word in words(other)]


@pytest.mark.parametrize(("one", "other"), [("Chávez", "Cavez"), ("Rosa", "Rocha"), ("Luis", "Luisa")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert sound(words(one)[0]) != sound(words(other)[0])


def test_particles_say_nothing_unless_they_are_all_there_is() -> None:
    assert words("María de los Ángeles") == ("maria", "angeles")
    assert words("De la") == ("de", "la")
    assert len(words("a b c d e f g h i")) == 6
    assert words("") == ()


@pytest.mark.parametrize(
    ("one", "other", "category"),
    [
        ("luz marina", "luz marina", "same"),
        ("lus marina", "luz marina", "misspelt"),
        ("marina", "luz marina", "first-missing"),
        ("luz", "luz marina", "one-more"),
        ("luz m", "luz marina", "short"),
        ("paty", "patricia", "short"),
        ("luz elena", "luz marina", "one-of-two"),
        ("luz mxarxyna", "luz marina", "one-unclear"),
        ("rosa", "luz marina", "other"),
        ("", "luz marina", ""),
    ],
)
def test_given_names(one: str, other: str, category: str) -> None:
    assert given_names(one.split(), other.split()).category == category


@pytest.mark.parametrize(
    ("one", "other", "category"),
    [
        ("rojas urdaneta", "rojas urdaneta", "same"),
        ("rojaz urdaneta", "rojas urdaneta", "misspelt"),
        ("urdaneta rojas", "rojas urdaneta", "swapped"),
        ("rojas", "rojas urdaneta", "second-missing"),
        ("urdaneta", "rojas urdaneta", "first-missing"),
        ("rojas gil", "rojas urdaneta", "first-only"),
        ("gil urdaneta", "rojas urdaneta", "second-only"),
        ("urdaneta gil", "rojas urdaneta", "crossed"),
        ("gil mora", "rojas urdaneta", "other"),
    ],
)
def test_surnames(one: str, other: str, category: str) -> None:
    assert surnames(one.split(), other.split()).category == category


def test_words_in_the_wrong_fields() -> None:
    assert moved(["lopez", "isabella", "lopez"], ["isabella", "lopez", "lopez"]).category == "all"
    assert moved(["rivas", "javier", "nieto"], ["javier", "hernan", "rivas", "nieto"]).category == "some"
    assert moved(["rosa", "gil"], ["isabella", "lopez", "lopez"]).category == ""


def test_likeness_is_the_same_both_ways() -> None:
    for one, other in (("yulimar", "julimar"), ("jose", "josue"), ("ana", "anna"), ("mari", "maria")):
        assert likeness(one, other) == likeness(other, one)
