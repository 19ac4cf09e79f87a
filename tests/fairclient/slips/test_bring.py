"""What a slip asks people to bring: by service, in their language, and never telling."""

from __future__ import annotations

import csv

from fairclient.base import resources
from fairclient.slips.bring import to_bring
from fairclient.slips.layout import words
from tests.fairclient.slips.factory import content

with resources.path("catalogues/services.csv").open(encoding="utf-8", newline="") as _file:
    SERVICES = list(csv.DictReader(_file))
PRIVATE = {"HEA", "PRO-GBV", "PRO-CP"}


def test_each_thing_once_and_first_what_everybody_brings() -> None:
    assert to_bring(("VIV", "SISBEN", "EMP")) == (
        "Documento de identidad, si tiene",
        "Recibo de un servicio público",
        "Hoja de vida",
    )
    assert to_bring(("UNKNOWN",)) == to_bring(())


def test_protected_services_and_those_of_health_ask_for_nothing_of_their_own() -> None:
    telling = [one["code"] for one in SERVICES if one["sensitive"] == "yes" or one["sector"] in PRIVATE]
    assert set(telling) >= {"VBG", "NNA", "LGBTI", "PSI", "SAL-SSR", "SAL-VAC"}
    assert [code for code in telling if to_bring((code,)) != to_bring(())] == []


def test_the_languages_of_slips_ask_in_their_own_words() -> None:
    things = to_bring(one["code"] for one in SERVICES)
    assert words(content(bring=things)).things == things
    for language in ("pt", "fr"):
        assert not set(words(content(bring=things, language=language)).things) & set(things), language
