"""The activity report: what a reader finds in it, on a full, a small and an empty day."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from fairclient.base import words
from fairclient.domain.report_rows import DayFigures
from fairclient.reports import activity_report
from tests.fairclient.reports.factory import DAY, EMPTY, HEADING, large_day, person, small_day


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_a_full_day_on_two_pages() -> None:
    found = pages(activity_report.made(large_day()))
    assert len(found) == 2
    for said in (
        "Informe de actividad",
        "Feria de servicios Puente Nuevo",
        "Sábado 24 de octubre de 2026",
        "Alcaldía ficticia de Puente Nuevo",
        "FERIA DE PRÁCTICA",
        "412",
        "personas atendidas",
        "82 %",
        "Vacunación",
        "Página 1 de 2",
    ):
        assert said in found[0]
    for said in (
        "A · Orientación",
        "Cuadre del día",
        "Rosa Elvira Peña",
        "Elaboró",
        "Aprobó",
        "Página 2 de 2",
    ):
        assert said in found[1]
    figures = [int(number) for number in re.findall(r"(?<=[=+] )\d+", found[1])]
    assert figures == [440, 38, 14, 43, 2, 0] and sum(figures) == 537


def test_a_shared_report_names_no_sensitive_service_and_nobody() -> None:
    found = "\n".join(pages(activity_report.made(large_day(), shared=True)))
    for secret in ("VBG", "LGBTI", "Yuleidy", "Urdaneta", "1234567", "V25345090"):
        assert secret not in found
    assert "Orientación especializada" in found and "Cifra menor de 5" in found
    assert "No lleva nombres ni documentos" in found


def test_an_internal_report_shows_all_and_says_that_it_is_internal() -> None:
    found = "\n".join(pages(activity_report.made(large_day(), shared=False)))
    assert "Ruta de atención VBG" in found and "Uso interno" in found
    assert "Cifra menor de" not in found


def test_a_small_day_hides_what_would_point_at_somebody() -> None:
    found = "\n".join(pages(activity_report.made(small_day())))
    assert "3\r\npersonas atendidas" in found or re.search(r"\b3\b", found)
    assert found.count("*") > 10
    assert "El día aún no se ha cerrado" in found


@pytest.mark.parametrize("returning", [1, 11])
def test_the_few_who_came_back_or_did_not_are_not_told_when_shared(returning: int) -> None:
    people = tuple(person(returning=number < returning) for number in range(12))
    day = DayFigures(heading=HEADING, day=DAY, people=people)
    told = ["otra jornada" in " ".join(pages(activity_report.made(day, shared))) for shared in (True, False)]
    assert told == [False, True]


@pytest.mark.parametrize("shared", [True, False])
def test_an_empty_day_is_a_report_too(shared: bool) -> None:
    found = pages(activity_report.made(EMPTY, shared))
    assert len(found) == 1
    assert "Nadie quedó registrado este día." in found[0]
    assert "No se pidió ningún servicio este día." in found[0]


def test_who_closed_alone_is_said() -> None:
    alone = pages(activity_report.made(_closed(four_eyes=False)))[-1]
    assert "que también registró personas" in alone
    assert "que también registró personas" not in pages(activity_report.made(_closed(four_eyes=True)))[-1]


def _closed(four_eyes: bool) -> DayFigures:
    day = small_day()
    return DayFigures(
        heading=day.heading, day=day.day, people=day.people, closed_by="Rosa Peña", four_eyes=four_eyes
    )


def test_names_are_words_and_never_mark_up() -> None:
    day = small_day()
    odd = DayFigures(
        heading=type(day.heading)(name='Feria <b>&amp; "más" </para>', organiser="<a href='x'>A&B</a>"),
        day=day.day,
    )
    found = pages(activity_report.made(odd))[0]
    assert 'Feria <b>&amp; "más" </para>' in found and "<a href='x'>A&B</a>" in found


def test_the_fonts_are_inside_and_the_same_day_gives_the_same_bytes() -> None:
    made = activity_report.made(large_day())
    assert made == activity_report.made(large_day())
    assert len(re.findall(rb"/FontFile2 ", made)) >= 3


def test_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    words.set_language("en")
    assert "Feria de servicios Puente Nuevo" in pages(activity_report.made(large_day()))[0]


def test_it_is_written_whole(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    activity_report.write(EMPTY, out)
    assert out.read_bytes().startswith(b"%PDF") and list(tmp_path.iterdir()) == [out]
