"""The Printers page: which printer takes the slips and how it is, what waits for paper, and blank slips."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fairclient.base.errors import BadInput, SayError
from fairclient.base.settings import DARKNESS, PRINTERS, ROLL_DOTS, SHARE_PRINTER, SLIP_FORMAT, Settings
from fairclient.base.words import N_, _, ngettext
from fairclient.printers import address
from fairclient.printers.address import Address
from fairclient.printers.find import Found, printers
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Handed
from fairclient.slips.layout import SlipContent
from fairclient.store.paper_blocks import Blank
from fairclient.ui import theme
from fairclient.ui.equipment import Equipment
from fairclient.ui.pages.page import Announce, Page
from fairclient.ui.pages.printers.blanks import BlanksCard
from fairclient.ui.pages.printers.choice import ChoiceCard
from fairclient.ui.pages.printers.look import LookCard, preview
from fairclient.ui.pages.printers.queue import QueueCard
from fairclient.ui.printing.driver import driver_names
from fairclient.ui.printing.printing import Printing
from fairclient.ui.runner import Job, Runner
from fairclient.ui.widgets.columns import Columns
from fairclient.ui.widgets.page_scroll import PageScroll
from fairclient.usecases.choose_printer import slip_maker
from fairclient.usecases.follow_print_jobs import take_back
from fairclient.usecases.paper_blocks import reserve_block, unused_blanks, void_blanks, write_block
from fairclient.usecases.print_queue import forget, print_queue, try_again
from fairclient.usecases.try_printer import how_it_is, print_sample, sample_slip
from fairclient.usecases.workplace import Workplace

NARROW = 1000
"""Logical pixels of width under which the columns become a pile."""


class PrintersPage(Page):
    """Finds printers and tries them, shows the queue, and prints blank slips for when no printer works."""

    NAME = "printers"
    TITLE = N_("Impresoras")
    KEY = "F10"
    SHOWS = frozenset({"slip", "print_job"})

    def __init__(self, place: Workplace, runner: Runner, announce: Announce) -> None:
        super().__init__(place, runner, announce)
        self._found: list[Found] = []
        self._asked = 0
        self._previewed = ""
        self.choice = ChoiceCard()
        self.look = LookCard()
        self.queue = QueueCard()
        self.blanks = BlanksCard()
        self._lay_out()
        self._wire()

    def equip(self, equipment: Equipment) -> None:
        """Follow the printing that the window lends."""
        super().equip(equipment)
        self._printing.counted.connect(lambda *_queue: self._read_queue())
        self._printing.lent.lent.connect(self.choice.show_lent)
        self._show_settings()
        self.search()

    def refresh(self) -> None:
        """Read the queue and the blank slips."""
        self._read_queue()
        self.ask(unused_blanks, self.place, then=self.blanks.show_blanks)

    def first_focus(self) -> QWidget:
        """The printer."""
        return self.choice.printer

    def search(self) -> None:
        """Look for printers at this computer."""
        self.choice.set_finding(True)
        job = self.runner.network(printers)
        job.done.connect(self._show_found)
        job.failed.connect(self.trouble)

    def ask_printer(self) -> None:
        """Ask the printer of the paper in use how it is."""
        to = self._printing.choice.address(self.choice.paper.value())
        self._asked += 1
        if to is None:
            self.choice.show_none()
            return
        self.choice.show_asking()
        job = self.runner.paper(how_it_is, self._printing.choice.way_to(to))
        self._tell(job, self._asked, self.choice.show_condition)

    def print_sample(self) -> None:
        """Print a slip that is nobody's."""
        paper = self.choice.paper.value()
        to = self._printing.choice.address(paper)
        if to is None:
            self.choice.show_none()
            return
        self._asked += 1
        self.choice.show_printing()
        opening, make = self._printing.choice.way_to(to), slip_maker(self._settings, paper, native=to.native)
        job = self.runner.paper(lambda: print_sample(opening, make([sample_slip(self.place)])))
        self._tell(job, self._asked, self._sample_printed)

    def choose(self, to: Address | None) -> None:
        """Send the slips on the paper in use to another printer from now on, also those that wait."""
        self._settings.set(PRINTERS[self.choice.paper.value()], str(to) if to else "")
        self._show_settings()
        self._printing.print_waiting()

    def use_address(self, text: str) -> None:
        """Take the network printer that somebody typed."""
        try:
            to = address.typed(text)
        except BadInput as error:
            self.choice.refuse_address(error)
            return
        self.choice.refuse_address(None)
        self.choose(to)

    @property
    def _printing(self) -> Printing:
        assert self.equipment is not None
        return self.equipment.printing

    @property
    def _settings(self) -> Settings:
        assert self.equipment is not None
        return self.equipment.settings

    def _choose_paper(self, paper: str) -> None:
        self._settings.set(SLIP_FORMAT, paper)
        self._show_settings()
        self._printing.print_waiting()

    def _choose_width(self, dots: int) -> None:
        self._settings.set(ROLL_DOTS[self.choice.paper.value()], dots)

    def _share(self, on: bool) -> None:
        self._settings.set(SHARE_PRINTER, on)
        self.choice.show_sharing(on, self._printing.lend(), self._printing.lent.port)

    def _show_settings(self) -> None:
        settings, paper = self._settings, self._settings.get(SLIP_FORMAT)
        self.choice.paper.set_value(paper)
        self.choice.show_printers(self._found, driver_names(), self._printing.choice.address(paper))
        self.choice.show_sharing(settings.get(SHARE_PRINTER), True, self._printing.lent.port)
        dots = settings.get(ROLL_DOTS[paper]) if paper in ROLL_DOTS else 0
        self.look.show_options(paper, dots, settings.get(DARKNESS))
        self._preview(paper)
        self.ask_printer()

    def _preview(self, paper: str) -> None:
        """Draw a sample on this paper, unless it is the one that is drawn already."""
        if paper == self._previewed:
            return
        self._previewed = paper
        self.ask(sample_slip, self.place, then=partial(self._draw, paper))

    def _draw(self, paper: str, sample: SlipContent) -> None:
        job = self.runner.paper(preview, sample, paper)
        job.done.connect(lambda slip: self.look.show_slip(slip) if paper == self._previewed else None)
        job.failed.connect(self.trouble)

    def _show_found(self, found: list[Found]) -> None:
        self._found = found
        self.choice.set_finding(False)
        self._show_settings()

    def _tell(self, job: Job, number: int, good: Any) -> None:
        """Show what a printer answered, unless another has been asked since."""
        job.done.connect(lambda answer: good(answer) if number == self._asked else None)
        job.failed.connect(lambda error: self._refused(error) if number == self._asked else None)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, SayError):
            self.choice.show_trouble(error)
        else:
            self.trouble.emit(error)

    def _sample_printed(self, handed: Handed) -> None:
        self.choice.show_printed(confirmed=handed.printed)

    def _read_queue(self) -> None:
        if self.isVisible():
            self.ask(print_queue, self.place, then=self.queue.show_queue)

    def _act_on_queue(self, act: Any, numbers: list[int]) -> None:
        self.ask(act, self.place, numbers, then=lambda _done: self._queue_changed())

    def _queue_changed(self) -> None:
        self._read_queue()
        self._printing.print_waiting()

    def _take_back(self, number: int) -> None:
        """Have a slip back from the system's queue; that queue may take some seconds to answer."""
        job = self.runner.paper(take_back, self.place, number)
        job.done.connect(self._taken_back)
        job.failed.connect(self.trouble)

    def _taken_back(self, back: bool) -> None:
        if not back:
            self.trouble.emit(PrinterTrouble("queue-dropped", begun=True))
        self._queue_changed()

    def _make_blanks(self, count: int, file: Path) -> None:
        self.blanks.set_busy(True)
        job = self.runner.database(self._write_blanks, count, file)
        job.done.connect(partial(self._made_blanks, file))
        job.failed.connect(self._blanks_failed)

    def _write_blanks(self, count: int, file: Path) -> list[Blank]:
        """Runs on the database's lane."""
        blanks = reserve_block(self.place, count)
        write_block(self.place, blanks, file)
        return blanks

    def _made_blanks(self, file: Path, blanks: list[Blank]) -> None:
        self.blanks.set_busy(False)
        words = ngettext("{n} ficha en blanco reservada", "{n} fichas en blanco reservadas", len(blanks))
        self.news.emit(words.format(n=len(blanks)), _("Imprima {file}.").format(file=file.name))
        self.refresh()

    def _blanks_failed(self, error: Exception) -> None:
        self.blanks.set_busy(False)
        self.trouble.emit(error)
        self.refresh()

    def _void_blanks(self, blanks: list[Blank]) -> None:
        self.ask(void_blanks, self.place, blanks, then=lambda _count: self.refresh())

    def _wire(self) -> None:
        self.choice.paper.changed.connect(self._choose_paper)
        self.choice.chosen.connect(self.choose)
        self.choice.typed.connect(self.use_address)
        self.choice.search.clicked.connect(self.search)
        self.choice.sample.clicked.connect(self.print_sample)
        self.choice.again.clicked.connect(self.ask_printer)
        self.choice.shared.connect(self._share)
        self.look.dots_chosen.connect(self._choose_width)
        self.look.darkness_chosen.connect(lambda value: self._settings.set(DARKNESS, value))
        self.queue.again.connect(partial(self._act_on_queue, try_again))
        self.queue.forgotten.connect(partial(self._act_on_queue, forget))
        self.queue.taken_back.connect(self._take_back)
        self.queue.now.clicked.connect(self._queue_changed)
        self.blanks.wanted.connect(self._make_blanks)
        self.blanks.voided.connect(self._void_blanks)

    def _lay_out(self) -> None:
        scroll = PageScroll(self)
        left, middle = _column(self.choice, self.blanks), _column(self.queue)
        scroll.add(Columns([(left, 5), (middle, 5), (self.look, 4)], NARROW), 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)


def _column(*cards: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GAP)
    for at, card in enumerate(cards):
        column.addWidget(card, 1 if at == len(cards) - 1 else 0)
    return holder
