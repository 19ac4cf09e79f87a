"""The print queue: saving never waits for paper, and each slip is printed once, or somebody is asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.printers import address, trouble
from fairclient.printers.address import Address
from fairclient.printers.opening import open_way
from fairclient.printers.status import Condition
from fairclient.printers.way import Handed
from fairclient.store import print_jobs
from fairclient.store.queries.print_jobs import QueueCount
from fairclient.usecases.follow_print_jobs import follow_print_jobs
from fairclient.usecases.print_next import PrintWith, Step, print_next
from fairclient.usecases.print_queue import (
    ask_for_paper,
    forget,
    print_queue,
    queue_count,
    take_up,
    try_again,
)
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.workplace import Workplace
from tests.fairclient.printers import receipt_printer as states
from tests.fairclient.printers.receipt_printer import ReceiptPrinter
from tests.fairclient.store.making import KEY, Fair, attendee, open_here
from tests.fairclient.ui.pages.tent import at_work, laptop, register
from tests.fairclient.usecases.printing_home import PATIENCE, made

ROOT = Path(__file__).parents[3]


@pytest.fixture
def printer() -> Iterator[ReceiptPrinter]:
    """A printer on a raw port."""
    with ReceiptPrinter() as printer:
        yield printer


def with_(printer: ReceiptPrinter) -> PrintWith:
    """The queue's way to it."""
    where = printer.address
    return PrintWith(where, lambda: open_way(address.read(where), PATIENCE), made)


def slip(place: Workplace, *, asked: bool = True) -> tuple[str, str]:
    """A new slip that waits for paper: (id, code)."""
    done = register(place)
    if asked:
        ask_for_paper(place, [done.slip.slip])
    return done.slip.slip, done.slip.code


def states_of(place: Workplace) -> list[tuple[str, str, bool]]:
    """(state, reason, copy) of every job, also of those that are done."""
    with place.store.read() as session:
        jobs = session.connection().exec_driver_sql("SELECT state, reason, again FROM print_job")
        return [(row[0], row[1], bool(row[2])) for row in jobs]


def printed(data: bytes) -> str:
    """The code of the slip that some bytes print."""
    return data[2:11].decode()


def test_what_waits_is_printed_in_order_once_and_confirmed(
    point_a: Workplace, printer: ReceiptPrinter
) -> None:
    asked = [slip(point_a) for _ in range(3)]
    ask_for_paper(point_a, [asked[0][0]])  # the page asks too; that makes no second paper
    assert queue_count(point_a) == QueueCount(3, 0, "")
    for slip_id, _code in asked:
        assert print_next(point_a, with_(printer)) == Step((slip_id,))
    assert print_next(point_a, with_(printer)) is None
    assert [printed(data) for data in printer.wait_for(3)] == [code for _id, code in asked]
    assert states_of(point_a) == [("printed", "", False)] * 3


def test_a_copy_is_asked_for_once_while_it_waits_and_as_often_as_one_likes_after(
    point_a: Workplace, printer: ReceiptPrinter
) -> None:
    one, _code = slip(point_a)
    ask_for_paper(point_a, [one], again=True)  # the first is not on paper yet
    assert queue_count(point_a).waiting == 1
    print_next(point_a, with_(printer))
    for _ in range(2):
        ask_for_paper(point_a, [one], again=True)
        print_next(point_a, with_(printer))
    assert [again for _state, _reason, again in states_of(point_a)] == [False, True, True]
    printer.wait_for(3)


def test_the_slip_and_its_place_in_the_queue_are_saved_together(point_a: Workplace) -> None:
    done = register_attendee(point_a, Registration(attendee(), ("ORI",), on_paper=True))
    assert [queued.job.slip for queued in print_queue(point_a)] == [done.slip.slip]
    register_attendee(point_a, Registration(attendee(), ("ORI",)))  # from a file: nobody wants paper
    assert queue_count(point_a).waiting == 1


@pytest.mark.parametrize(
    ("answers", "code"), [(states.PAPER_OUT, "paper-out"), (states.COVER_OPEN, "cover-open")]
)
def test_a_printer_in_trouble_keeps_the_slip_waiting(
    point_a: Workplace, printer: ReceiptPrinter, answers: dict[int, int], code: str
) -> None:
    one, _code = slip(point_a)
    printer.behaviour.answers = answers
    step = print_next(point_a, with_(printer))
    assert step is not None and step.trouble is not None and step.trouble.code == code
    assert queue_count(point_a) == QueueCount(1, 0, code)
    printer.behaviour.answers = states.WELL
    assert print_next(point_a, with_(printer)) == Step((one,))
    assert len(printer.wait_for(1)) == 1


def test_a_slip_that_was_cut_off_is_asked_about_and_its_reprint_is_a_copy(
    point_a: Workplace, printer: ReceiptPrinter
) -> None:
    one, code = slip(point_a)
    two, _code = slip(point_a)
    broken = PrintWith(printer.address, _Torn, made)
    step = print_next(point_a, broken)
    assert step is not None and step.trouble is not None and step.trouble.begun
    assert states_of(point_a)[0] == ("failed", trouble.CUT_OFF, False)
    assert print_next(point_a, with_(printer)) == Step((two,))  # the doubtful one stops no other
    assert print_next(point_a, with_(printer)) is None  # and is not repeated unasked
    try_again(point_a, [print_queue(point_a)[0].job.number])
    assert print_next(point_a, with_(printer)) == Step((one,))
    assert [again for _state, _reason, again in states_of(point_a)] == [False, False, True]
    assert printed(printer.wait_for(2)[1]) == code


class _Torn:
    """A cable that is pulled in the middle of a slip."""

    def look(self) -> Condition:
        return Condition()

    def send(self, data: bytes, name: str) -> Handed:
        raise trouble.PrinterTrouble(trouble.CUT_OFF, begun=True)

    def close(self) -> None:
        pass


def test_a_void_slip_is_set_apart_and_stops_no_other(point_a: Workplace, printer: ReceiptPrinter) -> None:
    void, _code = slip(point_a)
    good, _code = slip(point_a)
    with point_a.store.write("01890000-0000-7000-8000-0000000000aa") as work:
        work.change("slip", void, {"void_reason": "reissued"})
    assert print_next(point_a, with_(printer)) == Step()
    assert print_next(point_a, with_(printer)) == Step((good,))
    assert queue_count(point_a) == QueueCount(0, 1, "void-slip")
    forget(point_a, [queued.job.number for queued in print_queue(point_a)])
    assert queue_count(point_a) == QueueCount()


def test_a_slip_that_cannot_be_drawn_stops_no_other(point_a: Workplace, printer: ReceiptPrinter) -> None:
    bad, _code = slip(point_a)
    broken = PrintWith(printer.address, with_(printer).open, lambda contents: bytes(1 // 0))
    assert print_next(point_a, broken) == Step()
    good, _code = slip(point_a)
    assert print_next(point_a, with_(printer)) == Step((good,))
    try_again(point_a, [print_queue(point_a)[0].job.number])
    assert print_next(point_a, with_(printer)) == Step((bad,))
    assert states_of(point_a)[0] == ("printed", "", False)  # nothing had gone out: it is no copy


def test_four_share_a_sheet_where_the_paper_has_room(point_a: Workplace, printer: ReceiptPrinter) -> None:
    asked = [slip(point_a) for _ in range(5)]
    sheet = PrintWith(printer.address, with_(printer).open, made, together=4)
    assert print_next(point_a, sheet) == Step(tuple(one for one, _code in asked[:4]))
    assert print_next(point_a, sheet) == Step((asked[4][0],))
    assert len(printer.wait_for(2)) == 2


def test_what_a_queue_of_the_system_holds_is_followed(point_a: Workplace) -> None:
    one, _code = slip(point_a)
    two, _code = slip(point_a)
    answers = {"7": "waiting", "8": "dropped"}
    with point_a.store.transaction() as connection:
        for number, ref in ((1, "7"), (2, "8")):
            print_jobs.claim(connection, number, "queue:Fichas", 5)
            print_jobs.settle(connection, number, print_jobs.SENT, ref=ref, at_ms=6)
    asked: list[Address] = []

    def ask(to: Address, ref: str) -> str:
        asked.append(to)
        return answers[ref]

    assert follow_print_jobs(point_a, ask) == ()
    assert asked == [Address("queue", "Fichas")] * 2
    assert queue_count(point_a) == QueueCount(1, 1, trouble.QUEUE_DROPPED)
    answers["7"] = "printed"
    assert follow_print_jobs(point_a, ask) == (one,)
    assert states_of(point_a) == [("printed", "", False), ("failed", trouble.QUEUE_DROPPED, False)]
    assert [queued.job.slip for queued in print_queue(point_a)] == [two]


# -- the power is cut


@pytest.mark.parametrize(
    ("step", "flagged"),
    [
        ("before-claim", False),
        ("after-claim", True),
        ("mid-bytes", True),
        ("after-bytes", True),
        ("in-settle", True),
        ("after-settle", False),
    ],
)
def test_a_power_cut_at_any_step_prints_once_or_asks(
    tmp_path: Path, clock: FixedClock, printer: ReceiptPrinter, step: str, flagged: bool
) -> None:
    home = Home(tmp_path / "cut")
    place = laptop(home.dir, clock, Fair(clock), "A")
    codes = [slip(place)[1] for _ in range(3)]
    place.close()
    program = [sys.executable, "-m", "tests.fairclient.usecases.printing_home"]
    died = subprocess.run([*program, str(home.dir), printer.address, step], cwd=ROOT, check=False)
    assert died.returncode == 9

    place = at_work(home, open_here(home, KEY, clock), clock)
    left = 3 - flagged - (step == "after-settle")
    assert take_up(place) == QueueCount(left, int(flagged), trouble.INTERRUPTED if flagged else "")
    while print_next(place, with_(printer)) is not None:
        pass
    whole = [printed(data) for data in printer.heard_out() if len(data) == 12_011]
    assert len(whole) == len(set(whole)), "a slip was printed twice"
    asked_about = [(queued.code, queued.job.reason) for queued in print_queue(place)]
    assert asked_about == ([(codes[0], trouble.INTERRUPTED)] if flagged else [])
    assert set(whole) | {code for code, _reason in asked_about} == set(codes)
    place.close()
