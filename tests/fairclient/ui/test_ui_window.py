"""The main window: the gate in all its states, the workspace, locking, languages, closing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fairclient.base import words
from fairclient.base.clock import FixedClock
from fairclient.base.errors import CodeRefused, DamagedStore, ServerUnreachable
from fairclient.base.home import Home
from fairclient.base.settings import HIGH_CONTRAST, LAST_OPERATOR, Settings
from fairclient.store import vault
from fairclient.ui import app as app_module
from fairclient.ui import main_window as main_window_module
from fairclient.ui import theme
from fairclient.ui.main_window import PRACTICE, MainWindow
from fairclient.ui.pages import first_run, unlock
from fairclient.ui.pages.first_run import FirstRunPage
from fairclient.ui.pages.unlock import UnlockPage
from fairclient.ui.runner import Runner
from fairclient.ui.scanning.camera import Camera
from fairclient.ui.trouble import notice_of
from fairclient.ui.widgets.sheet import Sheet
from fairclient.usecases.practice_fair import practice_fair
from fairclient.usecases.unlock import unlock as unlock_home
from fairclient.usecases.workplace import Workplace
from sync.wire import enrolment_ticket
from sync.wire.enrolment_ticket import EnrolmentTicket
from tests.fairclient.ui.conftest import CHEAP, PASSPHRASE

Show = Callable[[QWidget], None]
Open = Callable[[Home], MainWindow]


@pytest.fixture
def open_window(show: Show, clock: FixedClock) -> Iterator[Open]:
    opened: list[MainWindow] = []

    def opening(home: Home) -> MainWindow:
        window = MainWindow(home, clock, Settings(home.settings))
        opened.append(window)
        show(window)
        return window

    yield opening
    for window in opened:
        window.close()


def _idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.runner.is_idle, timeout=30_000)


def _gate(window: MainWindow) -> UnlockPage:
    assert isinstance(window.gate, UnlockPage)
    return window.gate


def _enter(qtbot: QtBot, window: MainWindow, passphrase: str = PASSPHRASE) -> None:
    gate = _gate(window)
    _idle(qtbot, window)
    gate.take_focus()
    QTest.keyClicks(gate.passphrase, passphrase)
    QTest.keyClick(gate.passphrase, Qt.Key.Key_Return)
    _idle(qtbot, window)


def _finding(gate: UnlockPage) -> str:
    return gate._passphrase_field.finding()


# -- entering


def test_the_passphrase_opens_the_registration_page(
    qtbot: QtBot, open_window: Open, practice_home: Home
) -> None:
    window = open_window(practice_home)
    _enter(qtbot, window)
    assert window.gate is None
    assert window.workspace is not None
    assert window.workspace.current_page().NAME == "register"
    assert Settings(practice_home.settings).get(LAST_OPERATOR)
    _idle(qtbot, window)
    assert window.workspace.header.pill.words().startswith("Sin red · 0 solo aquí")


def test_a_wrong_passphrase_is_said_beneath_and_may_be_typed_again(
    qtbot: QtBot, open_window: Open, practice_home: Home
) -> None:
    window = open_window(practice_home)
    _enter(qtbot, window, "otra cosa")
    gate = _gate(window)
    assert _finding(gate).startswith("La contraseña no es correcta.")
    assert QApplication.focusWidget() is gate.passphrase
    _enter(qtbot, window)
    assert window.workspace is not None


def test_many_wrong_passphrases_are_slowed_in_words(
    qtbot: QtBot, open_window: Open, practice_home: Home
) -> None:
    window = open_window(practice_home)
    gate = _gate(window)
    for _try in range(20):
        _enter(qtbot, window, "otra cosa")
        if not gate.enter.isEnabled():
            break
    assert not gate.enter.isEnabled()
    assert "Podrá intentarlo en" in _finding(gate)
    gate._seconds = 1
    gate._count_down()
    assert gate.enter.isEnabled()
    assert _finding(gate) == ""


def test_two_operators_choose_who_they_are(
    qtbot: QtBot, open_window: Open, practice_home: Home, clock: FixedClock
) -> None:
    who = vault.unlock(practice_home, PASSPHRASE, clock=clock)
    vault.add_operator(
        practice_home, who, "01900000-0000-7000-8000-000000000001", "Luz", "la frase de Luz", CHEAP
    )
    window = open_window(practice_home)
    gate = _gate(window)
    qtbot.waitUntil(lambda: gate.operators.count() == 2)
    assert [gate.operators.itemText(at) for at in range(2)] == ["Rosa Elena Pérez", "Luz"]
    assert gate.operators.isVisible()
    gate.operators.setCurrentIndex(1)
    _enter(qtbot, window, PASSPHRASE)  # Rosa's, but it says Luz
    assert _finding(gate).startswith("La contraseña no es correcta.")


def test_damaged_keys_are_said_in_words(qtbot: QtBot, open_window: Open, practice_home: Home) -> None:
    practice_home.keys.write_text("{ not json")
    gate = _gate(open_window(practice_home))
    qtbot.waitUntil(lambda: gate.banner.level() == "danger")
    assert "dañado" in gate.banner.words()


def test_a_store_that_another_program_has_open(
    qtbot: QtBot, open_window: Open, practice_home: Home, clock: FixedClock
) -> None:
    other = unlock_home(practice_home, PASSPHRASE, clock)
    window = open_window(practice_home)
    _enter(qtbot, window)
    assert _gate(window).banner.isVisible()
    assert window.workspace is None
    other.close()


def test_a_newer_store_is_refused_in_words(
    qtbot: QtBot, open_window: Open, practice_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def newer(*_: object) -> None:
        raise DamagedStore(
            "El archivo es de una versión más nueva.", "Sus datos están a salvo.", "Actualice."
        )

    monkeypatch.setattr(unlock, "_unlock", newer)
    window = open_window(practice_home)
    _enter(qtbot, window)
    assert _gate(window).banner.words() == (
        "El archivo es de una versión más nueva. Sus datos están a salvo. Actualice."
    )


# -- the first run


def _first_run(window: MainWindow) -> FirstRunPage:
    assert isinstance(window.gate, FirstRunPage)
    return window.gate


def test_a_new_laptop_asks_for_the_centre_and_its_code(open_window: Open, tmp_path: Path) -> None:
    gate = _first_run(open_window(Home(tmp_path / "new")))
    assert gate.address.isVisible()
    assert gate.code.isVisible()
    gate.go.click()
    assert gate.field_of(gate.code).finding() == "Falta este dato."
    assert QApplication.focusWidget() is gate.code
    assert not (tmp_path / "new").exists()  # nothing is made before there is something to keep


def test_practice_opens_the_fictional_fair_in_a_folder_of_its_own(
    qtbot: QtBot, open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cheap(home: Home, passphrase: str, clock: FixedClock, name: str) -> Workplace:
        return practice_fair(home, passphrase, clock, name, CHEAP)

    monkeypatch.setattr(first_run, "_practise", cheap)
    window = open_window(Home(tmp_path / "new"))
    gate = _first_run(window)
    gate.take_focus()
    assert QApplication.focusWidget() is gate.code
    QTest.keyClick(gate.code, Qt.Key.Key_Backtab)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_P)
    assert not gate.address.isVisible()
    gate.name.setText("Ana")
    gate.passphrase.setText("una frase larga")
    gate.again.setText("otra frase larga")
    gate.go.click()
    assert gate.field_of(gate.again).finding() == "Las dos contraseñas no son iguales."
    gate.again.setText("una frase larga")
    gate.go.click()
    _idle(qtbot, window)
    assert window.workspace is not None
    assert window.place is not None
    assert window.place.operator.name == "Ana"
    assert window.place.home.dir == tmp_path / "new" / PRACTICE
    _idle(qtbot, window)
    assert window.workspace.header._tag.isVisible()  # fictional, and it says so
    again = open_window(Home(tmp_path / "new"))
    assert isinstance(again.gate, UnlockPage)
    assert "ficticios" in again.gate.banner.words()


@pytest.mark.parametrize(
    ("error", "where"),
    [
        (CodeRefused("Ese código ya se usó.", do="Pida otro."), "code"),
        (ServerUnreachable("No hay red.", do="Revise la conexión."), "address"),
    ],
)
def test_what_the_centre_refuses_is_said_at_its_field(
    qtbot: QtBot,
    open_window: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    where: str,
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(first_run, "_enrol", refuse)
    window = open_window(Home(tmp_path / "new"))
    gate = _first_run(window)
    for editor in (gate.address, gate.code, gate.name, gate.passphrase, gate.again):
        editor.setText("una frase larga")
    gate.go.click()
    assert not gate.go.isEnabled()  # busy
    _idle(qtbot, window)
    assert gate.go.isEnabled()
    editor = {"code": gate.code, "address": gate.address}[where]
    assert gate.field_of(editor).finding() == str(error)


TICKET = EnrolmentTicket(
    address="https://central.example:8440", key="5a" * 32, code="0ABCD-EFGHJ", fair="Feria ficticia"
)


@pytest.mark.parametrize("how", ["scanned", "other-keyboard", "pasted", "pasted into the address"])
def test_the_qr_of_the_supervisor_fills_in_what_it_brings(
    qtbot: QtBot, open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    given: list[tuple[str, ...]] = []
    monkeypatch.setattr(first_run, "_enrol", lambda _home, words, _clock: given.append(words))
    window = open_window(Home(tmp_path / "new"))
    gate = _first_run(window)
    gate.take_focus()
    text = enrolment_ticket.as_text(TICKET)
    assert text.startswith(first_run.TICKET) and len(text) < first_run.LONGEST
    if how.startswith("pasted"):
        (gate.address if "address" in how else gate.code).setText(text)
    else:
        sent = text.translate(str.maketrans(":-/+*", "Ñ'-¿(")) if how == "other-keyboard" else text
        monkeypatch.setattr(gate._scanner, "_now_ms", lambda: 1)  # as fast as a scanner, however busy we are
        QTest.keyClicks(gate.code, sent)
        QTest.keyClick(gate.code, Qt.Key.Key_Return)
    assert (gate.code.text(), gate.address.text()) == (TICKET.code, TICKET.address)
    assert "Feria ficticia" in gate.banner.words()
    assert QApplication.focusWidget() is gate.name
    assert not any(gate.field_of(editor).finding() for editor in (gate.code, gate.address, gate.name))
    gate.name.setText("Ana Ficticia")
    gate.passphrase.setText("una frase larga")
    gate.again.setText("una frase larga")
    monkeypatch.setattr(gate, "_opened", lambda _place: None)
    gate.go.click()
    _idle(qtbot, window)
    assert given[0][:2] == (TICKET.address, text)  # with the key that the centre must have


def test_a_scan_that_is_no_enrolment_is_told(open_window: Open, tmp_path: Path) -> None:
    gate = _first_run(open_window(Home(tmp_path / "new")))
    gate.take_scan("FR1:SOMETHING")
    assert "no es de una inscripción" in gate.field_of(gate.code).finding()
    gate.take_scan(enrolment_ticket.as_text(TICKET)[:-30])
    assert "cortado" in gate.field_of(gate.code).finding()
    assert gate.code.text() == gate.address.text() == ""
    gate.take_scan(enrolment_ticket.as_text(TICKET))
    gate.address.setText("https://elsewhere.example")
    assert gate._code_given() == TICKET.code  # who writes over it no longer has the QR's word


def test_the_camera_looks_for_the_qr(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window = open_window(Home(tmp_path / "new"))
    gate = _first_run(window)
    QTest.keyClick(gate.code, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    (sheet,) = gate.findChildren(Sheet)
    assert sheet.isVisible()
    (camera,) = sheet.findChildren(Camera)
    camera.scanned.emit(enrolment_ticket.as_text(TICKET))
    assert not sheet.isVisible()
    assert gate.address.text() == TICKET.address
    _idle(qtbot, window)


# -- once the work has begun


def test_what_the_work_needs_is_left_out_of_collections_once(
    qtbot: QtBot, open_window: Open, practice_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(app_module, "_leave_out_of_collections", lambda: done.append("settled"))
    monkeypatch.setattr(app_module, "SETTLED_AFTER_MS", 0)
    window = open_window(practice_home)
    app_module._settle_once(window)
    QApplication.processEvents()
    assert done == [], "nobody has come in yet"
    _enter(qtbot, window)
    qtbot.waitUntil(lambda: done == ["settled"])
    window.entered.emit()
    QApplication.processEvents()
    assert done == ["settled"]


# -- locking


def test_locking_keeps_what_is_half_filled(qtbot: QtBot, open_window: Open, practice_home: Home) -> None:
    window = open_window(practice_home)
    _enter(qtbot, window)
    _idle(qtbot, window)
    assert window.workspace is not None
    page = window.workspace.current_page()
    QTest.keyClicks(page.person.fields.answers["given_names"].widget, "Yul")  # type: ignore[attr-defined]
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    gate = _gate(window)
    assert not page.isVisible()
    assert not window.auto_lock.timer.isActive()
    assert gate.passphrase.text() == ""
    _enter(qtbot, window)
    assert window.gate is None
    assert window.workspace.current_page() is page
    assert page.person.fields.read() == {"given_names": "Yul"}  # type: ignore[attr-defined]


def test_another_operator_starts_with_her_own_form_and_the_first_finds_hers_again(
    qtbot: QtBot, open_window: Open, practice_home: Home, clock: FixedClock
) -> None:
    luz = "01900000-0000-7000-8000-000000000001"
    who = vault.unlock(practice_home, PASSPHRASE, clock=clock)
    vault.add_operator(practice_home, who, luz, "Luz", "la frase de Luz", CHEAP)
    window = open_window(practice_home)
    _enter(qtbot, window)
    _idle(qtbot, window)
    assert window.workspace is not None
    page = window.workspace.current_page()
    rosa = page.place.operator.id
    page.fill({"given_names": "Ana"})  # type: ignore[attr-defined]
    window.lock()
    gate = _gate(window)
    qtbot.waitUntil(lambda: gate.operators.count() == 2)
    gate.choose(luz)
    _enter(qtbot, window, "la frase de Luz")
    _idle(qtbot, window)
    assert window.place is not None
    assert window.place.operator.id == luz
    assert window.workspace.place.operator.id == luz
    fresh = window.workspace.current_page()
    assert fresh is not page
    assert fresh.place.operator.id == luz
    assert fresh.person.fields.read() == {}  # type: ignore[attr-defined]
    window.lock()
    gate = _gate(window)
    qtbot.waitUntil(lambda: gate.operators.count() == 2)
    gate.choose(rosa)
    _enter(qtbot, window)
    _idle(qtbot, window)
    again = window.workspace.current_page()
    assert again.person.fields.read() == {"given_names": "Ana"}  # type: ignore[attr-defined]


def test_an_untouched_laptop_locks_itself(qtbot: QtBot, open_window: Open, practice_home: Home) -> None:
    window = open_window(practice_home)
    assert not window.auto_lock.timer.isActive()
    _enter(qtbot, window)
    timer = window.auto_lock.timer
    assert timer.isActive()
    assert timer.interval() == 5 * 60_000
    timer.stop()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(window, key)
    assert timer.isActive()  # every touch begins the count anew
    timer.timeout.emit()
    assert isinstance(window.gate, UnlockPage)


# -- pages, keys, notices


def test_pages_open_by_their_keys(qtbot: QtBot, open_window: Open, practice_home: Home) -> None:
    window = open_window(practice_home)
    _enter(qtbot, window)
    assert window.workspace is not None
    for key, name in (
        (Qt.Key.Key_F3, "find"),
        (Qt.Key.Key_F4, "desk"),
        (Qt.Key.Key_F5, "close_day"),
        (Qt.Key.Key_F6, "synchronise"),
        (Qt.Key.Key_F11, "operators"),
        (Qt.Key.Key_F2, "register"),
    ):
        _idle(qtbot, window)
        QTest.keyClick(window, key)
        assert name == window.workspace.current_page().NAME
    _idle(qtbot, window)


def test_a_page_is_built_when_it_is_first_opened(
    qtbot: QtBot, open_window: Open, practice_home: Home
) -> None:
    window = open_window(practice_home)
    _enter(qtbot, window)
    assert window.workspace is not None
    assert window.workspace.page("close_day") is None


def test_f1_lists_every_key_that_works_now(qtbot: QtBot, open_window: Open, practice_home: Home) -> None:
    window = open_window(practice_home)
    _enter(qtbot, window)
    _idle(qtbot, window)
    from fairclient.ui.shortcuts import keys_in_sight

    assert window.workspace is not None
    keys = dict(keys_in_sight(window.workspace))
    assert keys["F2"] == "Registrar"
    assert keys["Ctrl+Enter"] == "Guardar e imprimir"
    assert keys["Alt+D"] == "Documento"
    assert keys["Alt+S"].startswith("Ir a los servicios")
    assert all(keys.values())
    QTest.keyClick(window, Qt.Key.Key_F1)
    from fairclient.ui.widgets.sheet import Sheet

    sheets = [sheet for sheet in window.workspace.findChildren(Sheet) if sheet.isVisible()]
    assert [sheet.accessibleName() for sheet in sheets] == ["Atajos de teclado"]


def test_an_error_of_the_world_is_told_in_its_words_and_a_bug_by_its_reference(
    qtbot: QtBot, open_window: Open, practice_home: Home
) -> None:
    window = open_window(practice_home)
    _enter(qtbot, window)
    assert window.workspace is not None
    window.workspace.tell(DamagedStore("El archivo está dañado.", "Hay una copia.", "Llame a soporte."))
    assert window.workspace.banner.level() == "danger"
    assert window.workspace.banner.words() == "El archivo está dañado. Hay una copia. Llame a soporte."
    window.workspace.tell(ZeroDivisionError("Yuleidy Urdaneta"))
    told = window.workspace.banner.words()
    assert "referencia" in told
    assert "Yuleidy" not in told


def test_a_failure_that_nobody_awaited_reaches_the_banner(
    qtbot: QtBot, open_window: Open, practice_home: Home
) -> None:
    window = open_window(practice_home)
    _enter(qtbot, window)
    _idle(qtbot, window)
    window.runner.database(lambda: 1 / 0)
    _idle(qtbot, window)
    assert window.workspace is not None
    assert window.workspace.banner.isVisible()


def test_notices_never_show_a_message_that_was_not_written_for_people() -> None:
    notice = notice_of(KeyError("PPT 5482193"))
    assert "5482193" not in " ".join((notice.what, notice.safe, notice.do))


# -- language and light


def test_the_language_changes_under_the_work(qtbot: QtBot, open_window: Open, practice_home: Home) -> None:
    window = open_window(practice_home)
    _enter(qtbot, window)
    _idle(qtbot, window)
    assert window.workspace is not None
    window.workspace.current_page().fill({"given_names": "Ana"})  # type: ignore[attr-defined]
    window.workspace.language_wanted.emit()
    _idle(qtbot, window)
    assert words.language() == "en"
    page = window.workspace.current_page()
    assert page.title() == "Register"
    assert page.person.fields.read() == {"given_names": "Ana"}  # type: ignore[attr-defined]
    window.workspace.language_wanted.emit()
    _idle(qtbot, window)
    assert words.language() == "es"


def test_sunlight_is_black_on_white_and_is_remembered(
    qtbot: QtBot, qapp: QApplication, open_window: Open, practice_home: Home
) -> None:
    window = open_window(practice_home)
    _idle(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert theme.current().name == "sunlight"
    assert Settings(practice_home.settings).get(HIGH_CONTRAST)
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert theme.current().name == "indoors"


# -- closing


def test_closing_joins_the_threads_and_lets_go_of_the_store(
    qtbot: QtBot, open_window: Open, practice_home: Home, clock: FixedClock
) -> None:
    window = open_window(practice_home)
    _enter(qtbot, window)
    window.close()
    assert not [one for one in threading.enumerate() if one.name.startswith(("database", "network"))]
    unlock_home(practice_home, PASSPHRASE, clock).close()  # nobody has it open


def test_the_gate_loads_neither_the_store_nor_paper(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([])\n"
        "from pathlib import Path; from fairclient.base.home import Home\n"
        "from fairclient.base.clock import SystemClock; from fairclient.ui.app import open_window\n"
        f"window = open_window(app, Home(Path({str(tmp_path)!r})), SystemClock()); app.processEvents()\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'reportlab', 'cwt', 'alembic', 'requests'}\n"
        "print(sorted(heavy & set(sys.modules))); window.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_window_is_no_god() -> None:
    assert len(Path(main_window_module.__file__).read_text("utf-8").splitlines()) <= 300


def test_a_runner_outlives_no_window(qtbot: QtBot) -> None:
    with Runner() as runner:
        runner.database(int, "1")
    assert not [one for one in threading.enumerate() if one.name.startswith("database")]
