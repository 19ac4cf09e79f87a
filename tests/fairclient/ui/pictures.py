"""Draws every page and state of the window into a folder.

    python -m tests.fairclient.ui.pictures docs/pictures

The people are fictional. The sizes are an old laptop's screen, at 100, 125 and 200 %.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fairclient.base import words
from fairclient.base.clock import FixedClock
from fairclient.base.errors import DiskFull
from fairclient.base.home import Home
from fairclient.base.settings import Settings
from fairclient.store.slots import Cost
from fairclient.ui import theme
from fairclient.ui.main_window import MainWindow
from fairclient.ui.pages.register.draft import Consent, Draft
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.ui.pages.unlock import UnlockPage
from fairclient.usecases.practice_fair import practice_fair
from tests.fairclient.ui.pictures_desk import desk_states
from tests.fairclient.ui.pictures_operators import operators_states
from tests.fairclient.ui.pictures_person import child_states, known_states, person_states

PASSPHRASE = "cuatro palabras de prueba"
CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
SIZES = {"": (1366, 768), "-125": (1093, 614), "-200": (683, 384), "-1080": (1920, 1080)}

FAMILY = (
    {
        "documents.0.type": "PPT",
        "documents.0.number": "5482193",
        "documents.0.expires": "30/05/2031",
        "given_names": "Yuleidy del Carmen",
        "first_surname": "Urdaneta",
        "second_surname": "Villalobos",
        "birth_date": "12/08/1988",
        "sex": "F",
        "profile": "VP",
        "municipality": "08758",
        "phones.0.number": "399 555 0142",
    },
    {
        "documents.0.type": "TI",
        "documents.0.number": "10203040506",
        "given_names": "José Gregorio",
        "first_surname": "Urdaneta",
        "second_surname": "Villalobos",
        "birth_date": "09/04/2011",
        "sex": "M",
    },
)


@dataclass
class Studio:
    """The window, and the ways to bring it into a state."""

    app: QApplication
    window: MainWindow

    def settle(self) -> None:
        """Wait until nothing is under way, and everything is drawn."""
        for _turn in range(2000):
            self.app.processEvents()
            if self.window.runner.is_idle():
                break
            QTest.qWait(5)
        QTest.qWait(150)  # what waits for a pause in typing
        while not self.window.runner.is_idle():
            QTest.qWait(5)
        self.app.processEvents()

    @property
    def register(self) -> RegisterPage:
        """The registration page."""
        assert self.window.workspace is not None
        self.window.workspace.open_page("register")
        page = self.window.workspace.current_page()
        assert isinstance(page, RegisterPage)
        return page

    def save(self, out: Path, name: str) -> None:
        """Draw the window into ``out``/``name``.png."""
        self.settle()
        self.window.grab().save(str(out / f"{name}.png"))

    def open(self, name: str) -> None:
        """Open a page."""
        assert self.window.workspace is not None
        self.window.workspace.open_page(name)
        self.settle()

    def family(self, count: int) -> None:
        """Register the first ``count`` of the family; the next is on the page."""
        for person in FAMILY[:count]:
            self.fill(person)
            self.register.next_of_family()
            self.settle()

    def fill(self, person: dict[str, str]) -> None:
        """Fill the page in, as far as saving needs it."""
        page = self.register
        page.fill(person)
        page.services.set_chosen(("REG-INFO", "SAL-AFIL"))
        page.authorisation.set_consent(Consent(general=True, sensitive=True, sharing=True, statistics=True))
        self.settle()


State = Callable[[Studio, Path, str], None]


def gate_states(studio: Studio, out: Path, suffix: str) -> None:
    """The gate: wrong passphrase and slowed."""
    gate = studio.window.gate
    assert isinstance(gate, UnlockPage)
    studio.save(out, f"unlock{suffix}")
    gate.passphrase.setText("otra cosa")
    gate.enter.click()
    studio.save(out, f"unlock-wrong{suffix}")


def register_states(studio: Studio, out: Path, suffix: str) -> None:
    """The registration page: empty, a family, findings, a section, the authorisation, one known, no room."""
    studio.save(out, f"register-empty{suffix}")
    studio.family(1)
    page = studio.register
    page.fill(FAMILY[1])
    page.services.set_chosen(("EDU-CUPO",))
    assert studio.window.workspace is not None
    studio.window.workspace.toast.hide()
    studio.save(out, f"register{suffix}")
    page.fill({"birth_date": "31/02/2011", "documents.0.number": "12"})
    page.save()
    studio.save(out, f"register-findings{suffix}")
    page.fill(FAMILY[1])
    page.more.open_section("health")
    studio.save(out, f"register-section{suffix}")
    page.more._sheets["health"].close_sheet()
    page.authorisation._read.click()
    studio.save(out, f"register-authorisation{suffix}")
    page.authorisation.sheet.close_sheet()
    draft = page.draft()
    assert isinstance(draft, Draft)
    assert draft.family is not None
    page.take_returning(draft.family.members[0].attendee)
    studio.save(out, f"register-returning{suffix}")
    page.new_family()
    studio.window.workspace.tell(
        DiskFull(
            "No queda espacio en el disco.",
            "Lo que ya estaba guardado sigue a salvo; lo escrito sigue en la pantalla.",
            "Libere espacio y vuelva a intentarlo.",
        )
    )
    studio.save(out, f"register-error{suffix}")
    studio.window.workspace.banner.clear()
    studio.window.workspace.rail.shortcuts_wanted.emit()
    studio.save(out, f"shortcuts{suffix}")


def register_other_ways(studio: Studio, out: Path, suffix: str) -> None:
    """The registration page when somebody refuses, is served without a name, or is left unfinished."""
    page = studio.register
    page.new_family()
    studio.fill(FAMILY[0])
    page.authorisation.set_consent(Consent(general=False, sensitive=False))
    page.form.answers_changed()
    studio.save(out, f"register-refusal{suffix}")
    page.form.forget_name()
    studio.save(out, f"register-anonymous{suffix}")
    page.new_family()
    for person in FAMILY:
        studio.fill(person)
        page.parking.park()
        studio.settle()
    assert studio.window.workspace is not None
    studio.window.workspace.toast.hide()
    page.parking.show_list()
    studio.save(out, f"register-parked{suffix}")
    page.parking.sheet.rows[0].throw.click()
    page.parking.sheet.rows[1].go_on.click()
    studio.save(out, f"register-resumed{suffix}")
    page.new_family()


def other_pages(studio: Studio, out: Path, suffix: str) -> None:
    """The other pages as they are after a family has been registered."""
    for name in ("find", "desk", "close_day", "synchronise", "printers"):
        studio.open(name)
        studio.save(out, f"{name}{suffix}")


def locked(studio: Studio, out: Path, suffix: str) -> None:
    """The locked screen."""
    studio.window.lock()
    studio.save(out, f"locked{suffix}")


def studios(app: QApplication) -> Generator[tuple[Studio, Path, str], None, None]:
    """A window on a fresh practice fair for each size; the folder is its home."""
    for suffix, (width, height) in SIZES.items():
        with tempfile.TemporaryDirectory() as folder:
            home = Home(Path(folder) / "home")
            practice_fair(home, PASSPHRASE, FixedClock(), "Rosa Elena Pérez", CHEAP).close()
            window = MainWindow(home, FixedClock(), Settings(home.settings))
            window.resize(width, height)
            window.show()
            studio = Studio(app, window)
            studio.settle()
            yield studio, home.dir, suffix
            window.close()


def first_run(app: QApplication, out: Path) -> None:
    """A laptop that has no fair yet."""
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(Home(Path(folder) / "none"), FixedClock(), Settings(Path(folder) / "none.json"))
        window.resize(*SIZES[""])
        window.show()
        Studio(app, window).save(out, "first-run")
        window.close()


def enter(studio: Studio) -> None:
    """Type the passphrase."""
    gate = studio.window.gate
    assert isinstance(gate, UnlockPage)
    gate.passphrase.setText(PASSPHRASE)
    gate.enter.click()
    studio.settle()


def main(out: Path) -> None:
    """Draw everything into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_quiet)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.install(app)
    first_run(app, out)
    for studio, _home, suffix in studios(app):
        gate_states(studio, out, suffix)
        enter(studio)
        register_states(studio, out, suffix)
        register_other_ways(studio, out, suffix)
        other_pages(studio, out, suffix)
        for states in (person_states, known_states, child_states, desk_states):
            states(studio, out, suffix)
        operators_states(studio, out, suffix, PASSPHRASE)
        locked(studio, out, suffix)
    english_and_sunlight(app, out)


def english_and_sunlight(app: QApplication, out: Path) -> None:
    """The registration page in English, and in the theme for the sun, both ways and both together."""
    looks = (("-en", "en", False), ("-sunlight", "es", True), ("-en-sunlight", "en", True))
    for suffix, language, sunlight in looks:
        name = f"register{suffix}"
        words.set_language(language)
        theme.install(app, sunlight=sunlight)
        sizes = studios(app)
        studio, _home, _suffix = next(sizes)
        enter(studio)
        studio.family(1)
        studio.register.fill(FAMILY[1])
        studio.save(out, name)
        register_other_ways(studio, out, suffix)
        desk_states(studio, out, suffix)
        operators_states(studio, out, suffix, PASSPHRASE)
        sizes.close()
    words.set_language("es")


def _quiet(kind: QtMsgType, context: object, message: str) -> None:
    """The offscreen platform says of many things that it doesn't support them."""
    if "does not support" not in message:
        sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"))
