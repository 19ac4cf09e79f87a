"""Draws the desk and the board of turns in their states, and the close of a day with loose ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from fairclient.base.clock import FixedClock
from fairclient.ui.pages.desk.notes import NotesSheet
from fairclient.ui.pages.desk.page import DeskPage
from fairclient.usecases.paper_blocks import reserve_block
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from tests.fairclient.ui.pages.tent import NOBODY, as_role

if TYPE_CHECKING:
    from tests.fairclient.ui.pictures import Studio

NAMES = (("Yuleidy del Carmen", "Urdaneta"), ("José Gregorio", "Urdaneta"), ("Luz Marina", "Ensayo"),
         ("Óscar", "Práctica"), ("Ana", "Ficticia"))  # fmt: skip
SERVICES = (("SAL-AFIL", "EMP"), ("SAL-VAC",), ("SAL-AFIL", "SISBEN"), ("JUR", "PSI", "BANCO"), ("EDU-CUPO",))


def queue(place: Workplace, count: int) -> list[str]:
    """Register fictional people; the tokens of their slips."""
    assert isinstance(place.clock, FixedClock)
    tokens = []
    for number in range(count):
        place.clock.advance(45)
        given, surname = NAMES[number % len(NAMES)]
        person = Attendee(given_names=given, first_surname=surname, sex="F", profile="VP", nationality="VEN")
        said = Authorisation(attendee=NOBODY, text_version="es-1", text_digest="ab" * 32, general=True)
        asked = SERVICES[number % len(SERVICES)]
        tokens.append(register_attendee(place, Registration(person, asked, said)).slip.token)
    place.clock.advance(20 * 60)
    return tokens


def desk_states(studio: Studio, out: Path, suffix: str) -> None:
    """The desk: chosen, ready, called, served, postponed, two services, questions, closed; then the board."""
    assert studio.window.workspace is not None and studio.window.place is not None
    tokens = queue(studio.window.place, 14)
    studio.open("desk")
    page = studio.window.workspace.current_page()
    assert isinstance(page, DeskPage)
    studio.save(out, f"desk-choice{suffix}")
    page._choose_desk("B")
    studio.save(out, f"desk-ready{suffix}")
    page.show_board.click()
    studio.settle()
    for act, name in (
        (page.call.click, "called"),
        (page.panel.serve.click, "served"),
        (page.call.click, ""),
        (page.panel.later.click, "later"),
        (lambda: page.read(tokens[2]), "two-services"),
        (page.panel.refer.click, "refer"),
        (lambda: page.panel.numbered.tiles()[0].click(), "paper"),
        (lambda: page.panel.numbered.tiles()[0].click(), "referred"),
        (lambda: page.read(tokens[5]), ""),
        (page.panel.not_served.click, "why"),
        (lambda: page.panel.numbered.tiles()[0].click(), ""),
        (lambda: page.read(tokens[5]), "closed"),
        (lambda: page.read("FR1:NADA"), "garbled"),
    ):
        act()
        studio.settle()
        if name:
            studio.save(out, f"desk-{name}{suffix}")
        if name in ("called", "later"):
            _save_board(studio, page, out, f"board-{name}{suffix}")
    _protected(studio, page, out, suffix, tokens)
    _end_of_day(studio, page, out, suffix)


def _save_board(studio: Studio, page: DeskPage, out: Path, name: str) -> None:
    assert page.board is not None
    page.board.resize(studio.window.size())
    studio.settle()
    page.board.grab().save(str(out / f"{name}.png"))


def _protected(studio: Studio, page: DeskPage, out: Path, suffix: str, tokens: list[str]) -> None:
    """A protected desk before and after its focal point has entered, and a sealed note."""
    page._choose_desk("D")
    studio.settle()
    page.read(tokens[3])
    studio.save(out, f"desk-reserved{suffix}")
    mine = page.place
    page.place = as_role(mine, "protection")
    page.refresh()
    page.read(tokens[3])
    studio.save(out, f"desk-focal{suffix}")
    page.panel.notes.click()
    studio.settle()
    sheet = page.findChildren(NotesSheet)[0]
    sheet.text.setPlainText("Nota ficticia: vuelve el martes con su hermana.")
    sheet.save.click()
    studio.save(out, f"desk-notes{suffix}")
    sheet.close_sheet()
    page.place = mine


def _end_of_day(studio: Studio, page: DeskPage, out: Path, suffix: str) -> None:
    """An hour without an answer, everything at one laptop, and what a supervisor sees before closing."""
    place = page.place
    assert isinstance(place.clock, FixedClock)
    reserve_block(place, 3)
    for token in queue(place, 2):
        record_outcome(place, read_slip(place, token), read_slip(place, token).owed[0].service, "postponed")
    place.clock.advance(3700)
    page._choose_desk("*")
    page.refresh()
    studio.save(out, f"desk-everything{suffix}")
    if page.board is not None:
        page.board.close()
    studio.open("close_day")
    studio.save(out, f"close-unfinished{suffix}")
    QApplication.processEvents()
