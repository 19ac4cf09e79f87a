"""How many keys a registrar presses to register a family of five at the real window, scanned or typed.

Every key counts: Tab, Enter, each of Ctrl, Alt and Shift that is held down, and the dead key of an accent.
What a scanner types is not hers. The family is invented.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks import fair
from benchmarks.figure import Figure
from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.base.settings import Settings
from fairclient.documents.mrz import check_digit
from fairclient.store.queries import people, person
from fairclient.store.queries.person import PersonPage
from fairclient.ui.equip import equip
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.ui.runner import Runner
from fairclient.ui.workspace import Workspace
from fairclient.usecases.practice_fair import practice_fair
from fairclient.usecases.workplace import Workplace

SCANNED, TYPED = 150, 420
"""The most keys that the family may take."""
_PLAIN = Qt.KeyboardModifier.NoModifier
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_BY_HAND_MS, _BY_SCANNER_MS, _PAUSE_MS = 130, 6, 5000


@dataclass(frozen=True)
class Member:
    """One of the family as she stands at the desk; ``birth`` is day, month, year."""

    paper: str
    number: str
    given_names: str
    surnames: tuple[str, str]
    birth: str
    sex: str
    services: str


SURNAME = "Rincón"
# Whole names that a permit's thirty letters hold: what is cut off there would have to be typed.
FAMILY = (
    Member("PPT", "9482193", "Yuleidy Carmen", ("Urdaneta", "Paz"), "12081988", "F", "12"),
    Member("PPT", "9120457", "José Gregorio", (SURNAME, "Bravo"), "03021985", "M", "6"),
    Member("PPT", "9774120", "Daniel José", (SURNAME, "Urdaneta"), "09042011", "M", "4"),
    Member("PPT", "9774121", "Sofía Elena", (SURNAME, "Urdaneta"), "21112016", "F", "45"),
    Member("PPT", "9330012", "Carmen Teresa", ("Villalobos", "Ríos"), "30051959", "F", "2"),
)
PROFILE = "1"
"""The first of the profiles; the others of the family have the same, and are not asked again."""
ANSWERS = "ssssns"
"""To the six questions of the authorisation, each read out and answered."""


class Registrar:
    """Types at whatever has the focus, and counts. ``rest`` waits until nothing is under way."""

    def __init__(self, workspace: Workspace, rest: Callable[[], None]) -> None:
        self.keys = 0
        self._workspace = workspace
        self._rest = rest
        self._now = 0
        workspace.scans.keyboard._now_ms = lambda: self._now
        workspace.open_page("register")
        rest()

    @property
    def page(self) -> RegisterPage:
        """The registration page."""
        page = self._workspace.current_page()
        assert isinstance(page, RegisterPage)
        return page

    def type(self, text: str) -> None:
        """Type letter by letter; a tab is the Tab key."""
        for letter in text:
            self.keys += 1 + letter.isupper() + (not letter.isascii() and letter not in "ñÑ")
            self._now += _BY_HAND_MS
            _send(self._focus(), letter)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press a key, with another held down or not, and wait for what follows."""
        self.keys += 1 + (held != _PLAIN)
        self._now += _BY_HAND_MS
        QTest.keyClick(self._focus(), key, held)
        self._rest()

    def scan(self, text: str) -> None:
        """Hold a document to the scanner: a burst of keys that are not hers."""
        self._now += _PAUSE_MS
        for sign in f"{text}\n":
            self._now += _BY_SCANNER_MS
            if sign == "\n":
                QTest.keyClick(self._focus(), Qt.Key.Key_Return)
            else:
                QTest.keyClicks(self._focus(), sign)
        self._workspace.scans.keyboard.finish()
        self._now += _PAUSE_MS
        self._rest()

    def _focus(self) -> QWidget:
        QApplication.processEvents()
        popup = QApplication.activePopupWidget()
        if popup is None and not self._workspace.isActiveWindow():
            self._workspace.activateWindow()  # a list that hung open took it, on a screen that isn't there
            QTest.qWaitForWindowActive(self._workspace)
        return popup or QApplication.focusWidget() or self._workspace


def register_family(registrar: Registrar, *, scanned: bool) -> int:
    """Register the family of five and give how many keys that took."""
    for at, member in enumerate(FAMILY):
        if scanned:
            registrar.scan(zone(member))
        else:
            _write(registrar, member, first=at == 0)
        if at == 0:
            registrar.type(PROFILE)
        _services(registrar, member, there=scanned and at > 0)
        registrar.press(Qt.Key.Key_A, _ALT)
        registrar.type(ANSWERS)
        registrar.press(Qt.Key.Key_Return)
        _who_answers(registrar)
        last = at == len(FAMILY) - 1
        registrar.press(Qt.Key.Key_Return if last else Qt.Key.Key_N, _CONTROL)
    return registrar.keys


def zone(member: Member) -> str:
    """The machine readable zone (TD1) on a member's permit."""
    born = member.birth[6:] + member.birth[2:4] + member.birth[:2]
    expires = "310530"
    one = ("IRCOL" + "000123456" + check_digit("000123456")).ljust(30, "<")
    two = born + check_digit(born) + member.sex + expires + check_digit(expires) + "VEN"
    two += member.number.ljust(11, "<")
    two += check_digit(one[5:] + two[:7] + two[8:15] + two[18:29])
    names = f"{'<'.join(member.surnames)}<<{member.given_names.replace(' ', '<')}".upper()
    return "\n".join((one, two, names.translate(_PLAIN_LETTERS).ljust(30, "<")[:30]))


def run() -> list[Figure]:
    """Return the keys of the family, scanned and typed."""
    app = QApplication.instance() or QApplication(["family-keys"])
    assert isinstance(app, QApplication)
    figures = []
    for name, scanned, most in (("scanned", True, SCANNED), ("typed", False, TYPED)):
        with tempfile.TemporaryDirectory() as folder:
            keys = _at_a_laptop(app, Home(Path(folder) / "home"), scanned=scanned)
        told = "a family of five, every key and modifier counted"
        figures.append(
            Figure(f"registration.keys_family_{name}", keys, "keys", f"≤ {most}", told, keys <= most)
        )
    return figures


def registered(place: Workplace) -> list[PersonPage]:
    """What the laptop knows of the family now, in the family's order."""
    pages = []
    with place.store.read() as session:
        for member in FAMILY:
            found = people.find(session, member.number)
            pages += [person.person(session, one.attendee) for one in found]
    return [page for page in pages if page is not None]


_PLAIN_LETTERS = str.maketrans("ÁÉÍÓÚÑ", "AEIOUN")


def _write(registrar: Registrar, member: Member, *, first: bool) -> None:
    """Type who a member is; names in small letters, as fast hands do, and known surnames not to their end."""
    registrar.type(f"{member.paper.lower()}\t{member.number}\t\t{member.given_names.lower()}\t")
    for surname in member.surnames:
        registrar.type(f"{_beginning(registrar, surname)}\t")
    registrar.type(f"{member.birth}\t{'1' if member.sex == 'F' else '2'}")
    if first:
        registrar.type("\t")


def _beginning(registrar: Registrar, surname: str) -> str:
    """As much of a surname as has to be typed until the page completes it by one of the family's."""
    family = registrar.page.form.draft.family
    known = [name.casefold() for name in family.surnames] if family else []
    typed = surname.casefold()
    if typed not in known:
        return surname.lower()
    return next(
        typed[:count]
        for count in range(1, len(typed) + 1)
        if next(name for name in known if name.startswith(typed[:count])) == typed
    )


def _services(registrar: Registrar, member: Member, *, there: bool) -> None:
    """Choose the services; ``there`` where a scan left the focus on them."""
    if there:
        registrar.type(member.services)
        return
    for figure in member.services:
        registrar.press(Qt.Key(ord(figure)), _ALT)


def _who_answers(registrar: Registrar) -> None:
    """Say who authorises for a child, and what she is to it; it stands there already for the next child."""
    field = registrar.page.authorisation.represent
    if field.isVisible() and field.missing() is not None:
        registrar.type(f"{FAMILY[0].given_names[0].lower()}\tm")


def _send(widget: QWidget, letter: str) -> None:
    if letter == "\t":
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    elif letter.isascii():
        QTest.keyClicks(widget, letter)
    else:  # QTest knows ASCII only
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, _PLAIN, letter))


def _at_a_laptop(app: QApplication, home: Home, *, scanned: bool) -> int:
    place = practice_fair(home, fair.PASSPHRASE, FixedClock(), "Rosa Elena Pérez", fair.CHEAP)
    with Runner() as runner:
        workspace = Workspace(place, runner, equip(place, runner, Settings(home.settings)))
        workspace.resize(1366, 768)
        workspace.show()
        workspace.activateWindow()
        QTest.qWaitForWindowActive(workspace)

        def rest() -> None:
            app.processEvents()
            while not runner.is_idle():
                app.processEvents()

        keys = register_family(Registrar(workspace, rest), scanned=scanned)
        complete = sum(len(page.slips) == 1 for page in registered(place)) == len(FAMILY)
        workspace.shut_down()
        workspace.close()
    place.close()
    if not complete:
        raise RuntimeError("not everybody of the family was registered")
    return keys


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.0f} ({figure.budget})")
