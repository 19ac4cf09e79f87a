"""The printer's queue and the network, as the window sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from fairclient.base.settings import Settings
from fairclient.domain.form import read_form
from fairclient.ui import network as network_module
from fairclient.ui import printing as printing_module
from fairclient.ui.network import Network
from fairclient.ui.printing import Printing
from fairclient.ui.runner import Runner
from fairclient.ui.widgets.truth_pill import BUSY, OFFLINE, ONLINE, TROUBLE
from fairclient.usecases.print_queue import off_the_queue, queue_slips, slips_waiting
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.workplace import Workplace

PERSON = {"given_names": "Ana", "first_surname": "Polo", "sex": "F", "profile": "CA", "birth_date": "30"}


@pytest.fixture
def slip(place: Workplace) -> str:
    """A slip that has been issued."""
    attendee = read_form(PERSON, place.clock.today()).attendee
    assert attendee is not None
    return register_attendee(place, Registration(attendee, ("EMP",))).slip.slip


@pytest.fixture
def printing(place: Workplace, runner: Runner) -> Printing:
    return Printing(place, runner, Settings(place.home.settings))


def _idle(qtbot: QtBot, runner: Runner) -> None:
    qtbot.waitUntil(runner.is_idle)


def test_without_a_printer_the_slip_waits_and_outlives_the_program(
    place: Workplace, runner: Runner, printing: Printing, slip: str
) -> None:
    told: list[tuple[int, str]] = []
    printing.waiting.connect(lambda count, why: told.append((count, why)))
    printing.print_slips([slip])
    assert told == [(1, "No hay impresora conectada a este equipo.")]
    assert slips_waiting(place.home) == [(slip, False)]
    files = [path.read_bytes() for path in place.home.spool.iterdir()]
    assert files == [b""]  # nothing of the person lies there


def test_with_a_printer_the_slip_is_printed_and_leaves_nothing_behind(
    qtbot: QtBot,
    place: Workplace,
    runner: Runner,
    printing: Printing,
    slip: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages: list[QImage] = []

    def paper(images: list[QImage], _printer: object) -> bool:
        pages.extend(images)
        return True

    monkeypatch.setattr(printing, "printer_name", lambda: "de prueba")
    monkeypatch.setattr(printing_module, "paint", paper)
    with qtbot.waitSignal(printing.printed) as printed:
        printing.print_slips([slip])
    assert printed.args == [slip]
    assert len(pages) == 1
    assert pages[0].width() > 1000  # A6 at the printer's resolution
    assert list(place.home.spool.iterdir()) == []


def test_a_printer_that_does_not_answer_keeps_the_slip(
    qtbot: QtBot,
    place: Workplace,
    runner: Runner,
    printing: Printing,
    slip: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printing, "printer_name", lambda: "de prueba")
    monkeypatch.setattr(printing_module, "paint", lambda _images, _printer: False)
    with qtbot.waitSignal(printing.waiting) as waiting:
        printing.print_slips([slip], again=True)
    assert waiting.args == [1, "La impresora no respondió."]
    assert slips_waiting(place.home) == [(slip, True)]
    printing.stop()


def test_a_slip_that_never_can_be_printed_stops_no_other(
    qtbot: QtBot,
    place: Workplace,
    runner: Runner,
    printing: Printing,
    slip: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unknown = "01900000-0000-7000-8000-000000000009"
    monkeypatch.setattr(printing, "printer_name", lambda: "de prueba")
    monkeypatch.setattr(printing_module, "paint", lambda _images, _printer: True)
    queue_slips(place.home, [unknown])
    with qtbot.waitSignal(printing.printed) as printed:
        printing.print_slips([slip])
    assert printed.args == [slip]
    assert slips_waiting(place.home) == []


def test_the_queue_is_in_the_order_of_issuing(place: Workplace) -> None:
    ids = [f"01900000-0000-7000-8000-00000000000{n}" for n in (3, 1, 2)]
    queue_slips(place.home, ids)
    assert [one.slip for one in slips_waiting(place.home)] == sorted(ids)
    off_the_queue(place.home, slips_waiting(place.home)[0])
    assert len(slips_waiting(place.home)) == 2


# -- the network


@dataclass(frozen=True)
class _Problem:
    code: str


@dataclass(frozen=True)
class _Report:
    problem: _Problem | None = None
    received: int = 0


@dataclass(frozen=True)
class _Enrolled:
    """A workplace with a server, as far as the network looks at it."""

    home: Path

    @property
    def identity(self) -> _Enrolled:
        return self

    server_url = "https://central.example"


def _network(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Callable[[], object]
) -> Network:
    monkeypatch.setattr(network_module, "synchronise", lambda *_: answer())
    return Network(_Enrolled(tmp_path), runner)  # type: ignore[arg-type]  # all that it looks at


@pytest.mark.parametrize(
    ("problem", "state"),
    [(None, ONLINE), ("offline", OFFLINE), ("timeout", OFFLINE), ("portal", TROUBLE), ("revoked", TROUBLE)],
)
def test_a_pass_says_how_the_network_is(
    qtbot: QtBot,
    runner: Runner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    problem: str | None,
    state: str,
) -> None:
    report = _Report(_Problem(problem) if problem else None)
    network = _network(runner, tmp_path, monkeypatch, lambda: report)
    states: list[str] = []
    network.state_changed.connect(states.append)
    with qtbot.waitSignal(network.finished):
        network.start()
    assert states[0] == BUSY
    assert network.state == state
    assert network.report is report
    assert network._timer.isActive()  # and again, with no hand on the laptop
    network.stop()


def test_a_pass_that_brought_something_tells_the_pages(
    qtbot: QtBot, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = _network(runner, tmp_path, monkeypatch, lambda: _Report(received=3))
    with qtbot.waitSignal(network.brought) as brought:
        network.sync_now()
    assert brought.args is not None
    assert {"attendee", "slip", "receipt"} <= brought.args[0]
    network.stop()


def test_a_bug_in_a_pass_is_told_and_the_next_pass_comes_all_the_same(
    qtbot: QtBot, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = _network(runner, tmp_path, monkeypatch, lambda: 1 // 0)
    with qtbot.waitSignal(network.failed) as failed:
        network.sync_now()
    assert failed.args is not None
    assert isinstance(failed.args[0], ZeroDivisionError)
    assert network.state == TROUBLE
    assert network._timer.isActive()
    network.stop()


def test_a_practice_fair_never_asks_the_network(place: Workplace, runner: Runner) -> None:
    network = Network(place, runner)
    network.start()
    assert not network.has_centre
    assert runner.is_idle()
    assert network.state == OFFLINE
