"""The print queue: 500 slips from the store through the raw port of a receipt printer, each confirmed."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.figure import Figure
from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.base.settings import PRINTERS, SLIP_FORMAT, Settings
from fairclient.domain.form import read_form
from fairclient.printers.way import Way
from fairclient.store.slots import Cost
from fairclient.usecases.choose_printer import PrinterChoice
from fairclient.usecases.practice_fair import practice_fair
from fairclient.usecases.print_next import print_next
from fairclient.usecases.print_queue import queue_count
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.workplace import Workplace
from tests.fairclient.printers.receipt_printer import ReceiptPrinter
from tests.fairclient.slips.thermal import interpreted

SLIPS = 500
BUDGET_S = 30.0
PERSON = {"given_names": "Ana", "first_surname": "Polo", "sex": "F", "profile": "CA", "birth_date": "30"}


def run() -> list[Figure]:
    """Print a morning's slips; every one must have come out whole, once and in order."""
    with tempfile.TemporaryDirectory() as folder, ReceiptPrinter() as printer:
        home = Home(Path(folder) / "home")
        place = practice_fair(home, "una frase cualquiera", SystemClock(), "Ana", Cost(1, 8, 1))
        _register(place)
        settings = Settings(home.settings)
        settings.set(SLIP_FORMAT, "roll80")
        settings.set(PRINTERS["roll80"], printer.address)
        seconds = _print(place, settings)
        slips = printer.wait_for(SLIPS)
        _check(slips)
        place.close()
    size = sum(map(len, slips)) / SLIPS / 1024
    beside = f"{SLIPS} slips, {size:.0f} KiB each, a durable commit before and after each"
    return [Figure("slips.queue_500_s", seconds, "s", f"≤ {BUDGET_S:.0f}", beside, seconds <= BUDGET_S)]


def _register(place: Workplace) -> None:
    attendee = read_form(PERSON, place.clock.today()).attendee
    assert attendee is not None
    for _number in range(SLIPS):
        register_attendee(place, Registration(attendee, ("EMP",), on_paper=True))


def _print(place: Workplace, settings: Settings) -> float:
    printer = PrinterChoice(settings, _no_driver, str).now()
    began = time.perf_counter()
    while (step := print_next(place, printer)) is not None:
        assert step.trouble is None, step.trouble
    seconds = time.perf_counter() - began
    assert queue_count(place).waiting == queue_count(place).failed == 0
    return seconds


def _check(slips: list[bytes]) -> None:
    assert len(slips) == len(set(slips)) == SLIPS
    for data in (slips[0], slips[-1]):
        (paper,) = interpreted(data)
        assert paper.height > 600


def _no_driver(name: str) -> Way:
    raise AssertionError(name)
