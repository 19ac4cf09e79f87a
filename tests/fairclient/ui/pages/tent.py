"""Laptops in a tent that have not met, what the window lends their pages, and hands that type and scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.base.settings import Settings
from fairclient.domain.catalogues import profiles
from fairclient.store.database import Store
from fairclient.store.queries import people
from fairclient.store.queries.person import PersonPage
from fairclient.store.sync_port import StoreReplica
from fairclient.ui.equipment import Equipment
from fairclient.ui.pages.page import Page
from fairclient.ui.runner import Runner
from fairclient.usecases.register_attendee import Registered, Registration, register_attendee
from fairclient.usecases.workplace import OperatorAtWork, Workplace
from sync.wire.authorisation import Authorisation
from sync.wire.household import Household
from tests.fairclient.store.making import AUTHOR, KEY, Fair, attendee, enrol, open_here, send

NOBODY = "00000000-0000-0000-0000-000000000000"
OTHER_AUTHOR = "01890000-0000-7000-8000-0000000000bb"
ALL_ROLES = frozenset({"registrar", "desk", "supervisor"})


def laptop(folder: Path, clock: FixedClock, fair: Fair, point: str, author: str = AUTHOR) -> Workplace:
    """A laptop of the fair with somebody at work who may do everything."""
    home = Home(folder).create()
    store = open_here(home, KEY, clock)
    enrol(store, fair, point)
    return at_work(home, store, clock, author)


def at_work(home: Home, store: Store, clock: FixedClock, author: str = AUTHOR) -> Workplace:
    """Somebody who may do everything sits at a laptop that is open."""
    operator = OperatorAtWork(author, "Ana de Ensayo", ALL_ROLES, Ed25519PrivateKey.generate())
    return Workplace(store, operator, clock, home)


def as_role(place: Workplace, *roles: str) -> Workplace:
    """The same laptop, where whoever is at work has these roles."""
    return replace(place, operator=replace(place.operator, roles=frozenset(roles)))


def known(place: Workplace, attendee: str) -> PersonPage:
    """What a laptop knows of a person."""
    with place.store.read() as session:
        found = people.person(session, attendee)
    assert found is not None
    return found


def hear_of(place: Workplace, fair: Fair) -> None:
    """Bring a laptop the reference data that have been written since."""
    replica = StoreReplica(place.store)
    after = replica.heads().get(str(fair.journal), (0, ""))[0]
    if after < len(fair.entries):
        replica.receive(fair.batch(after))


def carry(source: Workplace, target: Workplace, fair: Fair) -> None:
    """Bring what one laptop wrote to another, as synchronising would."""
    hear_of(target, fair)
    send(source.store, target.store)


def register(
    place: Workplace,
    services: Sequence[str] = ("ORI", "SAL"),
    household: str | None = None,
    family: str = "",
    **person: Any,
) -> Registered:
    """Register a fictional person; ``family`` names a household that is new."""
    return register_attendee(
        place,
        Registration(
            attendee(
                **{"household": household, "municipality": "08758", "profile": profiles()[0].code} | person
            ),
            tuple(services),
            Authorisation(attendee=NOBODY, text_version="es-1", text_digest="ab" * 32, general=True),
            Household(name=family) if family else None,
        ),
    )


class Paper(QObject):
    """Stands for the printer: remembers what was to be printed."""

    printed = Signal(str)
    waiting = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.slips: list[tuple[str, bool]] = []

    def print_slips(self, slip_ids: Sequence[str], *, again: bool = False) -> None:
        """Remember."""
        self.slips += [(slip_id, again) for slip_id in slip_ids]


class Net(QObject):
    """Stands for the network: does nothing by itself."""

    state_changed = Signal(str)
    progressed = Signal(object)
    finished = Signal(object)
    hub_finished = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.has_centre = True
        self.hub_report: Any = None
        self.looked = 0
        self.automatic: list[bool] = []
        self.state = "offline"
        self.report: Any = None
        self.asked = 0
        self.cancelled = 0

    def sync_now(self) -> None:
        """A pass begins."""
        self.asked += 1
        self.turn("busy")

    def look_for_hub(self) -> None:
        """Another hub is joined, or none."""
        self.looked += 1

    def set_automatic(self, wanted: bool) -> None:
        """Somebody chose."""
        self.automatic.append(wanted)

    def cancel(self) -> None:
        """Somebody wants it to end."""
        self.cancelled += 1

    def turn(self, state: str) -> None:
        """Come into another state."""
        self.state = state
        self.state_changed.emit(state)

    def finish(self, report: Any, state: str = "online") -> None:
        """The pass is over."""
        self.turn(state)
        self.report = report
        self.finished.emit(report)


class Ears:
    """Stands for the sounds."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def play(self, name: str) -> None:
        """Listen."""
        self.heard.append(name)


@dataclass
class Lent:
    """What the window lends, and what became of it."""

    place: Workplace
    paper: Paper = field(default_factory=Paper)
    net: Net = field(default_factory=Net)
    ears: Ears = field(default_factory=Ears)

    @property
    def equipment(self) -> Equipment:
        """As a page gets it."""
        lent: Any = (Settings(self.place.home.settings), self.paper, self.net, self.ears)
        return Equipment(*lent)


class Hands:
    """Types, presses and scans, whatever has the focus; and reads what the page tells the window."""

    def __init__(self, qtbot: QtBot, page: Page, runner: Runner) -> None:
        self._qtbot = qtbot
        self._runner = runner
        self.page = page
        self.news: list[str] = []
        self.trouble: list[Exception] = []
        page.news.connect(lambda title, text: self.news.append(f"{title}. {text}"))
        page.trouble.connect(self.trouble.append)
        runner.unanswered.connect(self.trouble.append)

    def idle(self) -> None:
        """Wait until nothing is under way."""
        self._qtbot.waitUntil(self._runner.is_idle)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type letter by letter, each to what has the focus then."""
        for letter in text:
            QTest.keyClicks(self.focus(), letter)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key and wait for what follows."""
        QTest.keyClick(self.focus(), key, modifier)
        self.idle()

    def control(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def enter(self) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return)

    def scan(self, text: str) -> None:
        """What a scanner of the keyboard kind does."""
        self.type(text)
        self.enter()

    def focus(self) -> QWidget:
        """What gets the next key."""
        return QApplication.focusWidget() or self.page.window()
