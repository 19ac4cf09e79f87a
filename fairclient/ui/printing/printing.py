"""Brings slips to paper, one after the other, on a lane of its own; what can't be printed now waits."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from fairclient.base.settings import SHARE_PRINTER, SHARED_PORT, Settings
from fairclient.printers import trouble
from fairclient.printers.trouble import PrinterTrouble, reason_words
from fairclient.store.queries.print_jobs import QueueCount
from fairclient.ui.printing.driver import DriverWay, system_printer
from fairclient.ui.printing.lent import LentPrinter
from fairclient.ui.runner import Runner
from fairclient.usecases.choose_printer import PrinterChoice
from fairclient.usecases.follow_print_jobs import follow_print_jobs
from fairclient.usecases.print_next import PrintWith, Step, print_next
from fairclient.usecases.print_queue import ask_for_paper, queue_count, take_up
from fairclient.usecases.workplace import Workplace

AGAIN_MS = 5_000
BUSY_MS = (1_500, 3_500)
"""Laptops that share a printer come back at different moments, so that each gets its turn."""


class Round(NamedTuple):
    """What one turn of the paper's lane found: the step (None: nothing waited), and the queue after it."""

    step: Step | None
    printed: tuple[str, ...]
    queue: QueueCount


class Printing(QObject):
    """Prints the queue that the store keeps, and follows what the system's queues hold.

    Signals:
        printed(str): the slip with this id is with the printer.
        waiting(int, str): so many slips wait or need somebody to look, and why, in words.
        counted(int, int, str): so many wait, so many somebody has to look for, and why, in words; whenever
            that may have changed.
        warned(str): what the printer says while it prints ("near-end"), in words; "" for nothing any more.
    """

    printed = Signal(str)
    waiting = Signal(int, str)
    counted = Signal(int, int, str)
    warned = Signal(str)

    def __init__(
        self, place: Workplace, runner: Runner, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.choice = PrinterChoice(settings, DriverWay, system_printer)
        self.lent = LentPrinter(runner, self.choice.lent, self)
        self._place = place
        self._runner = runner
        self._settings = settings
        self._under_way = False
        self._taken_up = False
        self._asked_meanwhile = False
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.print_waiting)

    def print_slips(self, slip_ids: Sequence[str], *, again: bool = False) -> None:
        """Print these slips, after those that wait; ``again`` marks them as copies."""
        job = self._runner.database(ask_for_paper, self._place, list(slip_ids), again=again)
        job.done.connect(lambda _count: self.print_waiting())

    def print_waiting(self) -> None:
        """Print what waits."""
        self._timer.stop()
        self._stopped = False
        if self._under_way:
            self._asked_meanwhile = True
            return
        self._under_way = True
        first, self._taken_up = not self._taken_up, True
        if first:
            self.lend()
        job = self._runner.paper(_round, self._place, self.choice.now(), first=first)
        job.done.connect(self._went)
        job.failed.connect(self._failed)

    def lend(self) -> bool:
        """Lend the printer to others, or no more, as the option says; False where the port is taken."""
        if not self._settings.get(SHARE_PRINTER):
            self.lent.stop()
            return True
        return bool(self.lent.port) or self.lent.lend(self._settings.get(SHARED_PORT))

    def stop(self) -> None:
        """Try no more; what waits is printed when the program runs again."""
        self.lent.stop()
        self._timer.stop()
        self._asked_meanwhile = False
        self._stopped = True

    def tell(self, count: QueueCount, why: str = "") -> None:
        """Say how the queue is."""
        why = why or _why(count)
        self.counted.emit(count.waiting, count.failed, why)
        if count.waiting + count.failed:
            self.waiting.emit(count.waiting + count.failed, why)

    def _went(self, went: Round) -> None:
        self._under_way = False
        for slip in (*(went.step.slips if went.step else ()), *went.printed):
            self.printed.emit(slip)
        problem = went.step.trouble if went.step else None
        self.tell(went.queue, str(problem) if problem else "")
        if went.step and went.step.slips:
            self.warned.emit(reason_words(went.step.warning)[0] if went.step.warning else "")
        self._go_on(went, problem)

    def _go_on(self, went: Round, problem: PrinterTrouble | None) -> None:
        meanwhile, self._asked_meanwhile = self._asked_meanwhile, False
        if self._stopped:
            return
        if meanwhile or (went.step and not problem):
            self.print_waiting()
        elif went.queue.waiting:
            busy = problem is not None and problem.code == trouble.BUSY
            self._timer.start(random.randint(*BUSY_MS) if busy else AGAIN_MS)

    def _failed(self, error: Exception) -> None:
        """The store refused (a full disk): nothing was sent; the window says it."""
        self._under_way = False
        self._asked_meanwhile = False
        if not self._stopped:
            self._timer.start(AGAIN_MS)
        self._runner.unanswered.emit(error)


def _round(place: Workplace, printer: PrintWith, *, first: bool) -> Round:
    """One turn of the lane."""
    if first:
        take_up(place)
    step = print_next(place, printer)
    printed = follow_print_jobs(place) if step is None else ()
    return Round(step, printed, queue_count(place))


def _why(count: QueueCount) -> str:
    return " ".join(reason_words(count.reason)) if count.reason else ""


