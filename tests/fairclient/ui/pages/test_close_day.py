"""The supervisor's page: count, look, approve with a word, and take the reports along."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from fairclient.base.clock import FixedClock
from fairclient.base.errors import DiskFull
from fairclient.base.settings import REPORT_FOLDER, Settings
from fairclient.store.queries import day as day_queries
from fairclient.ui.pages.close_day import page as close_day_module
from fairclient.ui.pages.close_day.page import CloseDayPage
from fairclient.usecases.close_day import close_day
from fairclient.usecases.paper_blocks import reserve_block
from fairclient.usecases.park_registration import HalfDone, park_registration
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.workplace import Workplace
from sync.wire.day_closed import DayClosed
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import OTHER_AUTHOR, Hands, carry, laptop, register


def at_close(open_page: Open, place: Workplace) -> tuple[CloseDayPage, Hands]:
    """The page and hands on it."""
    hands = open_page(CloseDayPage, place)
    assert isinstance(hands.page, CloseDayPage)
    return hands.page, hands


def serve(place: Workplace, text: str, service: str, result: str = "served", reason: str = "") -> None:
    """Record an outcome at a desk."""
    read = read_slip(place, text)
    assert result in ("served", "not_served")
    record_outcome(place, read, service, "served" if result == "served" else "not_served", reason, "B")


def approvals(place: Workplace) -> list[DayClosed]:
    """The day's approvals."""
    with place.store.read() as session:
        return [one.fact for one in day_queries.closings(session, place.today())]


@pytest.fixture
def a_day(point_a: Workplace) -> Workplace:
    """Three people: one served and not served, one served twice, one who waits."""
    slips = [register(point_a, given=name).slip for name in ("Luz", "Óscar", "Sol")]
    serve(point_a, slips[0].token, "ORI")
    serve(point_a, slips[0].token, "SAL", "not_served", "FULL")
    serve(point_a, slips[1].token, "ORI")
    serve(point_a, slips[1].token, "ORI")
    return point_a


def test_a_day_without_slips_has_nothing_to_close(open_page: Open, point_a: Workplace) -> None:
    page, _hands = at_close(open_page, point_a)
    assert page.equation.isHidden() and page.approve.isHidden() and page.reports.isHidden()
    assert "no tiene fichas" in page.nothing.accessibleName()


def test_the_count_reads_as_an_equation(open_page: Open, a_day: Workplace) -> None:
    page, _hands = at_close(open_page, a_day)
    assert page.equation.words().startswith(
        "6 remisiones = 2 atendidas + 1 no atendida + 0 remitidas + 0 no vinieron + 0 anuladas + 3 abiertas"
    )
    assert "Cuadra. 3 siguen abiertas" in page.equation.words()


def test_what_is_odd_has_its_reason(open_page: Open, a_day: Workplace, point_b: Workplace) -> None:
    page, _hands = at_close(open_page, a_day)
    words = page.odd.words()
    assert words[0].startswith("De 1 equipo no ha llegado nada. Punto B.")
    assert words[1].startswith("1 persona queda para otro día.")  # she found no place
    assert words[2].startswith("A-002  ·  Servicio ORI. Está atendida dos veces.")
    assert words[3] == "3 remisiones sin atención registrada. A-002, A-003"
    assert point_b.identity.name == "Punto B"


def test_what_is_unfinished_is_said_with_what_to_do(
    open_page: Open, a_day: Workplace, clock: FixedClock
) -> None:
    reserve_block(a_day, 2)
    park_registration(a_day, HalfDone({"given_names": "Ensayo"}, ()))
    register(a_day, given="Nico", birth_date=a_day.today() - timedelta(days=9 * 365), unaccompanied=True)
    clock.advance(3700)
    page, _hands = at_close(open_page, a_day)
    words = page.odd.words()
    assert words[0].startswith("1 niña o niño llegó sin un adulto. A-006 Nico. Nadie ha registrado")
    assert words[1].startswith("1 registro sin terminar. Ensayo (")
    assert words[2].startswith("2 personas esperan hace más de una hora")
    assert "mesa B: A-003" in words[2] and "mesa C: A-002, A-003" in words[2]
    assert any(one.startswith("2 fichas de papel numeradas sin usar. A-004, A-005.") for one in words)


def test_closing_takes_the_word_and_not_just_a_key(open_page: Open, a_day: Workplace) -> None:
    page, hands = at_close(open_page, a_day)
    assert hands.focus() is page.approve.word
    hands.enter()
    hands.control(Qt.Key.Key_Return)
    hands.type("cerra")
    hands.enter()
    assert approvals(a_day) == []
    hands.type("r")
    hands.enter()
    (approval,) = approvals(a_day)
    assert approval.totals["no_show"] == 3 and approval.totals["open"] == 0
    assert page.approve.isHidden()
    assert hands.focus() is page.reports.save
    assert "0 abiertas" in page.equation.words()


def test_a_note_goes_to_the_centre(open_page: Open, a_day: Workplace) -> None:
    page, hands = at_close(open_page, a_day)
    page.approve.note.setFocus()
    hands.type("Falta la mesa C")
    hands.press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert hands.focus() is page.approve.word
    hands.type("CERRAR")
    hands.control(Qt.Key.Key_Return)
    assert approvals(a_day)[0].note == "Falta la mesa C"


def test_four_eyes_are_told(
    open_page: Open, a_day: Workplace, tmp_path: Path, clock: FixedClock, fair: Fair
) -> None:
    page, _hands = at_close(open_page, a_day)
    assert any("Usted registró 3 personas" in one for one in page.approve.words())
    other = laptop(tmp_path / "other", clock, fair, "D", OTHER_AUTHOR)
    carry(a_day, other, fair)
    page, hands = at_close(open_page, other)
    assert any("Cuatro ojos" in one for one in page.approve.words())
    hands.type("cerrar")
    hands.enter()
    assert approvals(other)[0].four_eyes
    other.close()


def test_the_reports_go_into_a_folder_of_the_day(
    open_page: Open, a_day: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_day(a_day)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "informes"))
    page, hands = at_close(open_page, a_day)
    hands.press(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert Settings(a_day.home.settings).get(REPORT_FOLDER) == str(tmp_path / "informes")
    hands.control(Qt.Key.Key_S)
    folder = tmp_path / "informes" / f"ENSAYO {a_day.today():%Y-%m-%d}"
    assert {file.name for file in folder.iterdir()} == {"attendance.xlsx", "report.pdf", "carry-over.xlsx"}
    assert len(page.reports.words()) == 3
    assert not page.reports.open_folder.isHidden()


def test_what_came_afterwards_is_told_and_closed_again(
    open_page: Open, a_day: Workplace, clock: FixedClock
) -> None:
    close_day(a_day)
    page, _hands = at_close(open_page, a_day)
    assert "Cerrado el" in page.bar.words() and "Ana de Ensayo" in page.bar.words()
    assert page.approve.isHidden() and not page.reports.isHidden()
    clock.advance(60)
    register(a_day, given="Zoe")
    page, hands = at_close(open_page, a_day)
    assert "después llegaron cosas nuevas" in page.bar.words()
    assert any("cosas nuevas" in one for one in page.approve.words())
    hands.type("cerrar")
    hands.enter()
    assert len(approvals(a_day)) == 2
    assert len(page.closed.words()) == 2


def test_days_of_the_fair_are_a_key_away(open_page: Open, a_day: Workplace, clock: FixedClock) -> None:
    clock.advance(24 * 3600)
    page, hands = at_close(open_page, a_day)
    assert "no tiene fichas" in page.nothing.accessibleName()
    hands.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert "6 remisiones" in page.equation.words()
    hands.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.equation.isHidden()


def test_a_full_disk_closes_nothing_and_keeps_the_word(
    open_page: Open, a_day: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise DiskFull("No queda espacio en el disco.")

    monkeypatch.setattr(close_day_module, "close_day", full)
    page, hands = at_close(open_page, a_day)
    hands.type("cerrar")
    hands.enter()
    assert isinstance(hands.trouble[0], DiskFull)
    assert page.approve.word.text() == "cerrar" and page.approve.close_day.isEnabled()
    assert approvals(a_day) == []


def test_reports_that_cannot_be_written_say_so(open_page: Open, a_day: Workplace, tmp_path: Path) -> None:
    close_day(a_day)
    (tmp_path / "in the way").write_text("a file, not a folder")
    Settings(a_day.home.settings).set(REPORT_FOLDER, str(tmp_path / "in the way"))
    page, hands = at_close(open_page, a_day)
    hands.control(Qt.Key.Key_S)
    assert "No se puede escribir" in str(hands.trouble[0])
    assert page.reports.save.isEnabled() and page.reports.words() == []
