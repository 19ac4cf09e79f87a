"""Who sees what at a desk: its own services only, protected ones only their focal point; notes are sealed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from fairclient.base.clock import FixedClock
from fairclient.base.ids import new_id
from fairclient.base.settings import DESK, Settings
from fairclient.store import sealing
from fairclient.store.queries import sealed as sealed_queries
from fairclient.ui.pages.desk.notes import NotesSheet
from fairclient.ui.pages.desk.page import DeskPage
from fairclient.usecases.workplace import Workplace
from sync.wire.desk import Desk
from sync.wire.service import Service
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, as_role, hear_of, register


@pytest.fixture
def reserved(point_a: Workplace, fair: Fair, clock: FixedClock) -> Workplace:
    """Point A of a fair with the protected desk D, which gives two services."""
    fair.add(
        (new_id(clock), Service(code="RES", name_es="Nadie debe leerlo", sensitive=True, order=8)),
        (new_id(clock), Service(code="RES2", name_es="Ni esto", sensitive=True, order=9)),
        (new_id(clock), Desk(letter="D", name="Mesa D", services=("RES", "RES2"), order=5)),
    )
    hear_of(point_a, fair)
    return point_a


def desk_page(open_page: Open, place: Workplace, letter: str) -> tuple[DeskPage, Hands]:
    """The page at a desk."""
    Settings(place.home.settings).set(DESK, letter)
    hands = open_page(DeskPage, place)
    assert isinstance(hands.page, DeskPage)
    return hands.page, hands


def everything_said(page: DeskPage) -> str:
    """All that can be read on the page."""
    panel = page.panel
    said = [panel.band.accessibleName(), *panel.remarks(), *panel.services.words(), *panel.numbered.choices()]
    tiles = [f"{tile.accessibleName()} {tile.accessibleDescription()}" for tile in page.choice._grid.tiles()]
    return " ".join([*said, *tiles, *page.recent.words(), page.waiting_words()])


def test_a_desk_operator_chooses_a_desk_and_reads_of_no_other_s_services(
    open_page: Open, reserved: Workplace
) -> None:
    page, hands = desk_page(open_page, as_role(reserved, "desk"), "*")
    assert not page.choice.isHidden()  # "all desks" was a supervisor's choice
    assert page.choice._letters == ["B", "C", "D"]
    assert "Servicio" not in everything_said(page) and "Nadie debe" not in everything_said(page)
    hands.type("b")
    hands.enter()
    slip = register(as_role(reserved, "registrar"), services=("ORI", "SAL", "RES")).slip
    hands.scan(slip.token)
    assert page.panel.services.words() == ["Servicio ORI. Por atender"]
    assert "SAL" not in everything_said(page) and "Nadie debe" not in everything_said(page)
    assert page.panel.remarks() == ["Después va a: mesa C → mesa D"]


def test_what_one_can_refer_to_is_named_but_for_protected_services(
    open_page: Open, reserved: Workplace
) -> None:
    slip = register(reserved, services=("ORI",)).slip
    page, hands = desk_page(open_page, reserved, "B")
    hands.scan(slip.token)
    hands.type("o")
    assert page.panel.numbered.choices() == ["Servicio EMP", "Servicio SAL", "Mesa D (ruta reservada)"]


def test_at_a_protected_desk_only_its_focal_point_sees_what_is_asked(
    open_page: Open, reserved: Workplace
) -> None:
    slip = register(reserved, services=("RES",)).slip
    page, hands = desk_page(open_page, reserved, "D")
    hands.scan(slip.token)
    assert page.panel.band.level() == "warn"
    assert "La atiende el punto focal" in page.panel.band.accessibleName()
    assert any("contraseña del punto focal" in remark for remark in page.panel.remarks())
    assert page.panel.serve.isHidden() and page.panel.notes.isHidden()
    assert "Nadie debe" not in everything_said(page)
    assert page.waiting_words() == "Nadie espera"  # how many wait there is nobody else's business


def test_a_focal_point_serves_and_seals_a_note(open_page: Open, reserved: Workplace) -> None:
    done = register(reserved, services=("RES", "ORI"))
    focal = as_role(reserved, "protection")
    page, hands = desk_page(open_page, focal, "D")
    hands.scan(done.slip.token)
    assert page.panel.services.words() == ["Nadie debe leerlo. Por atender"]
    hands.control(Qt.Key.Key_T)
    (sheet,) = page.findChildren(NotesSheet)
    sheet.text.setPlainText("Vuelve el martes con su hermana")
    hands.control(Qt.Key.Key_Return)
    assert any("Vuelve el martes" in words for words in sheet.rows.words())
    assert sheet.text.toPlainText() == ""
    hands.press(Qt.Key.Key_Escape)
    hands.type("s")
    hands.idle()
    assert page.panel.band.level() == "done"
    with reserved.store.read() as session:
        (note,) = sealed_queries.notes_about(session, done.referrals[0])
    assert "martes" not in note.content
    assert sealing.unseal(note.content, focal.operator.key) == "Vuelve el martes con su hermana"


def test_a_note_about_a_slip_that_has_not_come_stays_on_the_screen(
    open_page: Open, reserved: Workplace, point_b: Workplace, fair: Fair
) -> None:
    hear_of(point_b, fair)
    slip = register(reserved, services=("RES",)).slip
    page, hands = desk_page(open_page, as_role(point_b, "protection"), "D")
    hands.scan(slip.token)
    hands.control(Qt.Key.Key_T)
    (sheet,) = page.findChildren(NotesSheet)
    sheet.text.setPlainText("Algo que no se debe perder")
    hands.control(Qt.Key.Key_Return)
    assert getattr(hands.trouble[0], "code", "") == "unknown-referral"
    assert sheet.text.toPlainText() == "Algo que no se debe perder"
