"""What is scanned in the whole window arrives at the page that is open: documents, slips, refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from fairclient.base.settings import DESK, Settings
from fairclient.store.queries import truth
from fairclient.ui.equip import equip
from fairclient.ui.pages.desk.page import DeskPage
from fairclient.ui.pages.find.page import FindPage
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.ui.pages.synchronise.page import SynchronisePage
from fairclient.ui.runner import Runner
from fairclient.ui.scanning.scanners_sheet import ScannersSheet
from fairclient.ui.workspace import Workspace
from fairclient.usecases.workplace import Workplace
from sync.wire import receipts_file
from tests.fairclient.documents import papers
from tests.fairclient.store.making import Fair, everything
from tests.fairclient.ui.pages.tent import register

PASSPORT = papers.td3(number="071945320", names="URDANETA<PAZ<<YORMAN<JOSE")


class Window:
    """Somebody with a scanner in the whole window of point A."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, runner: Runner) -> None:
        self.workspace, self._qtbot, self._runner = workspace, qtbot, runner
        self.now = 0
        workspace.scans.keyboard._now_ms = lambda: self.now

    def open(self, name: str) -> None:
        """Open a page by its key and wait."""
        self.workspace.open_page(name)
        self.idle()

    def type(self, text: str, gap: int = 130) -> None:
        """Type as a person does."""
        for sign in text:
            self.now += gap
            focus = QApplication.focusWidget() or self.workspace
            if sign == "\n":
                QTest.keyClick(focus, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(focus, sign)

    def scan(self, text: str) -> None:
        """Scan, and wait for what follows."""
        self.now += 5000
        self.type(text + "\n", 6)
        self.workspace.scans.keyboard.finish()  # silence
        self.now += 5000
        self.idle()

    def idle(self) -> None:
        """Wait until nothing is under way."""
        self._qtbot.waitUntil(self._runner.is_idle)
        QApplication.processEvents()

    def form(self) -> dict[str, str]:
        """What stands on the registration page."""
        page = cast(RegisterPage, self.workspace.page("register"))
        return dict(page.person.fields.read())

    def sheet(self) -> ScannersSheet | None:
        """The sheet of the scanners, while it is open."""
        return self.workspace.scans.sheet

    def said(self, key: str) -> str:
        """What is said beneath a field of the registration page."""
        page = cast(RegisterPage, self.workspace.page("register"))
        return page.person.fields.fields[key].finding()


@pytest.fixture
def window(
    qtbot: QtBot, runner: Runner, show: Callable[[QWidget], None], point_a: Workplace
) -> Iterator[Window]:
    settings = Settings(point_a.home.settings)
    settings.set(DESK, "*")
    workspace = Workspace(point_a, runner, equip(point_a, runner, settings))
    show(workspace)
    made = Window(qtbot, workspace, runner)
    made.open("register")
    yield made
    workspace.shut_down()


def test_a_document_fills_the_person_wherever_the_focus_is(window: Window) -> None:
    page = cast(RegisterPage, window.workspace.current_page())
    for focus in ("documents", "given_names", "sex", "neighbourhood"):
        page.new_family()
        if not page.person.fields.go_to(focus):
            page.more.go_to(focus)
        before = QApplication.focusWidget()
        window.scan(papers.td1(names="GONZALEZ<DE<LA<PENA<<ANA"))
        assert window.form() == {
            "documents.0.type": "CC",
            "documents.0.number": "1032456789",
            "given_names": "Ana",
            "first_surname": "Gonzalez",
            "second_surname": "De la Pena",
            "sex": "F",
            "birth_date": "15/02/1990",
        }, focus
        if isinstance(before, QLineEdit) and focus == "neighbourhood":
            assert before.text() == ""
        assert page.person.fields.key_of(QApplication.focusWidget()) == "profile"  # what is still missing


def test_an_old_cedula_with_its_nulls_dropped(window: Window) -> None:
    frame = papers.cedula(finger=b"\x21\x40\x7e" * 121).replace(b"\0", b"").decode("latin-1")
    window.scan(frame)
    form = window.form()
    assert (form["documents.0.number"], form["given_names"]) == ("51907053", "Maria Gabriela")
    assert (form["first_surname"], form["second_surname"]) == ("Gonzalez", "Marin")
    assert "separaron" in window.said("given_names")
    window.type("a")
    assert not any(secret in str(window.form()) for secret in (papers.AFIS, papers.CARD, papers.BLOOD))


def test_an_expired_passport_warns_and_a_second_document_is_added(window: Window) -> None:
    window.scan(PASSPORT)
    assert window.form()["documents.0.expires"] == "03/07/2024"
    assert "Venció" in window.said("documents")
    window.scan(
        papers.td1(
            nationality="VEN", optional="5482193", sex="M", born="850704", names="URDANETA<PAZ<<YORMAN"
        )
    )
    form = window.form()
    assert (form["documents.0.number"], form["documents.1.type"], form["documents.1.number"]) == (
        "071945320",
        "PPT",
        "5482193",
    )


def test_a_broken_or_foreign_scan_fills_nothing_and_says_so(window: Window) -> None:
    banner = window.workspace.banner
    for scan, words in (
        (PASSPORT.replace("8507044", "8507045"), "no cuadran"),
        (PASSPORT[:70], "incompleta"),
        (papers.td3(code="V<"), "no es de una ficha ni de un documento"),
    ):
        window.scan(scan)
        assert window.form() == {}
        assert banner.isVisible()
        assert words in banner.words()
    window.scan(PASSPORT)
    assert not banner.isVisible()


def test_another_person_never_mixes_with_who_is_half_filled(window: Window) -> None:
    window.scan(PASSPORT)
    before = window.form()
    window.scan(papers.td3(number="998877665", names="MEJIA<<CARLOS"))
    assert window.form() == before
    assert "otra persona" in window.workspace.banner.words()


def test_a_number_that_somebody_else_has_is_flagged_and_not_refused(
    window: Window, point_a: Workplace
) -> None:
    register(point_a, given="Jorman", surname="Urdaneta", documents=({"type": "PA", "number": "071945320"},))
    window.scan(PASSPORT)
    assert "Jorman Urdaneta ya tiene este número" in window.said("documents")
    window.type("\t")
    window.scan(papers.td3(number="071945320"))
    assert window.form()["documents.0.number"] == "071945320"


def test_a_slip_on_the_registration_page_opens_its_person(window: Window, point_a: Workplace) -> None:
    yuleidy = register(point_a, given="Yuleidy", surname="Urdaneta")
    window.scan(yuleidy.slip.token)
    draft = cast(RegisterPage, window.workspace.current_page()).draft()
    assert getattr(draft, "returning", "") == yuleidy.attendee


def test_a_slip_that_is_not_known_here_says_whose_turn_it_is(window: Window, point_b: Workplace) -> None:
    other = register(point_b, given="Carlos", surname="Mejía")
    window.scan(other.slip.token)
    assert f"Es la ficha {other.slip.turn}" in window.workspace.banner.words()
    assert window.form() == {}


def test_a_slip_does_not_push_away_who_is_half_filled(window: Window, point_a: Workplace) -> None:
    yuleidy = register(point_a, given="Yuleidy", surname="Urdaneta")
    window.type("\t\t")
    window.scan(PASSPORT)
    window.scan(yuleidy.slip.token)
    assert window.form()["documents.0.number"] == "071945320"
    assert "Yuleidy U." in window.workspace.banner.words()


def test_find_opens_the_person_of_a_document_or_a_slip(window: Window, point_a: Workplace) -> None:
    yorman = register(
        point_a, given="Yorman", surname="Urdaneta", documents=({"type": "PA", "number": "071945320"},)
    )
    window.open("find")
    page = cast(FindPage, window.workspace.current_page())
    for scan in (PASSPORT, yorman.slip.token):
        window.scan(scan)
        assert page.shows_person()
        assert page.person.facts is not None and page.person.facts.page.attendee == yorman.attendee
        page.back_to_search()
    window.scan(papers.td3(number="123456789"))
    assert not page.shows_person()
    assert "123456789" in page.empty.accessibleName()


def test_the_desk_reads_slips_and_sends_documents_to_the_search(window: Window, point_a: Workplace) -> None:
    yuleidy = register(point_a, given="Yuleidy", surname="Urdaneta")
    window.open("desk")
    page = cast(DeskPage, window.workspace.current_page())
    window.scan(yuleidy.slip.token.translate(str.maketrans(":-/+*", "Ñ'-¿(")))  # another keyboard
    assert page._slip._at is not None
    assert page.box.text() == ""
    window.scan(PASSPORT)
    assert window.workspace.current_page().NAME == "find"


def test_an_open_sheet_is_closed_first(window: Window) -> None:
    from fairclient.ui.shortcuts import show_shortcuts

    window.open("find")
    sheet = show_shortcuts(window.workspace)
    window.scan(PASSPORT)
    assert "hoja" in window.workspace.banner.words()
    sheet.close_sheet()
    window.open("register")
    show_shortcuts(window.workspace)  # nothing is lost here when it closes
    window.scan(PASSPORT)
    assert window.form()["documents.0.number"] == "071945320"


def test_the_camera_and_the_port_go_the_same_way(window: Window) -> None:
    window.workspace.scans.serial.scanned.emit(PASSPORT.encode())
    assert window.form()["documents.0.number"] == "071945320"
    cast(RegisterPage, window.workspace.current_page()).new_family()
    QTest.keyClick(
        QApplication.focusWidget() or window.workspace, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier
    )
    sheet = window.sheet()
    assert sheet is not None and sheet.isVisible()
    assert sheet.seen.words.text() and sheet.serial_words.text()
    window.scan(PASSPORT)  # with this sheet open one may still scan, here and on other pages
    assert window.sheet() is None
    cast(RegisterPage, window.workspace.current_page()).new_family()
    window.workspace.scans.show_scanners()
    sheet = window.sheet()
    assert sheet is not None
    sheet._camera.scanned.emit(papers.cedula())
    assert window.sheet() is None
    assert window.form()["documents.0.number"] == "51907053"


def test_nothing_is_read_behind_the_gate(window: Window) -> None:
    window.workspace.hide()
    window.workspace.scans.serial.scanned.emit(PASSPORT.encode())
    assert window.form() == {}


def test_scanners_that_nobody_uses_are_not_loaded() -> None:
    """A window that starts pays for none of them."""
    import subprocess
    import sys

    code = (
        "import sys, fairclient.ui.workspace, fairclient.ui.pages.register.page as _r;"
        "print([m for m in ('PySide6.QtSerialPort', 'PySide6.QtMultimedia', 'zxingcpp', 'PIL',"
        " 'fairclient.ui.scanning.camera', 'fairclient.ui.scanning.scanners_sheet') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_receipts_of_a_qr_code_arrive_at_the_sync_page(
    window: Window, point_a: Workplace, fair: Fair
) -> None:
    register(point_a)
    batch = everything(point_a.store)
    text = receipts_file.as_text([fair.receipt(batch)])
    assert text is not None
    window.scan(text)
    page = window.workspace.current_page()
    assert isinstance(page, SynchronisePage)
    assert page.stick.words() == [f"Llegó el acuse de {batch.last}."]
    window.open("register")
    window.scan("FA1:6BFOXN*TS0BI")
    assert page.stick.take.isEnabled() and window.workspace.current_page() is page
    with point_a.store.read() as session:
        assert truth.summary(session).at_centre == batch.last


def test_the_persons_page_flags_a_number_that_two_people_have(window: Window, point_a: Workplace) -> None:
    passport = ({"type": "PA", "number": "071945320"},)
    yorman, jorman = (
        register(point_a, given=given, surname="Urdaneta", documents=passport)
        for given in ("Yorman", "Jorman")
    )
    window.open("find")
    page = cast(FindPage, window.workspace.current_page())
    window.scan(PASSPORT)
    assert not page.shows_person()  # two people: she chooses
    page.open_person(yorman.attendee)
    window.idle()
    assert (
        "PA 071945320 también está registrado a nombre de Jorman Urdaneta"
        in page.person.notices.shared.words()
    )
    assert jorman.attendee != yorman.attendee
