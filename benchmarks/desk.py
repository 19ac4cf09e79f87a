"""The desk: from a slip's QR or code to its answer, on a laptop that knows 200,000 people."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from benchmarks import fair
from benchmarks.figure import Figure, percentile, seconds
from benchmarks.known import know
from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.base.ids import new_id
from fairclient.slips.code import human_code, new_token_id
from fairclient.store.queries import board, load, waiting
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.issue_slip import slip_content
from fairclient.usecases.read_at_desk import ANY_DESK, read_at_desk
from fairclient.usecases.read_slip import ReadSlip, read_slip
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.workplace import Workplace
from sync.wire.referral import Referral
from sync.wire.slip import Slip
from sync.wire.visit import Visit

PEOPLE, TODAY, ROUNDS, WARM = 200_000, 5_000, 400, 20
AT_ONCE = 1_000
SERVICES = ("SAL-AFIL", "EMP", "EDU-CUPO", "JUR", "SAL-VAC", "REG-INFO")
DESKS = {"SAL-AFIL": "B", "EMP": "F", "EDU-CUPO": "E", "JUR": "G", "SAL-VAC": "C", "REG-INFO": "A"}


def run() -> list[Figure]:
    """Return desk.answer_p99_ms and what the page beside it costs."""
    with tempfile.TemporaryDirectory() as folder:
        known = know(Home(Path(folder) / "desk"), PEOPLE, 7, 0)
        with fair.closing(known.place) as place:
            draw = Random(11)
            slips = _slips(place, list(known.ids.values()), draw)
            _serve_some(place, slips, draw)
            answers = _answers(place, slips, draw)
            return [_answer_figure(answers), *_beside(place)]


def _answer_figure(answers: list[float]) -> Figure:
    p99 = percentile(answers, 99) * 1000
    beside = f"{PEOPLE:,} people known, {TODAY:,} today; p50 {percentile(answers, 50) * 1000:.1f} ms"
    return Figure("desk.answer_p99_ms", p99, "ms", "≤ 30", beside, p99 <= 30)


def _beside(place: Workplace) -> Iterator[Figure]:
    """What the page reads after each outcome, and what a save reads once a minute."""
    day, now = place.today(), place.clock.now_ms()
    reads = {
        "desk.waiting_ms": lambda session: waiting.waiting(session, "B", day),
        "desk.board_ms": lambda session: board.board(session, day, now),
        "desk.load_ms": lambda session: load._count(session, day, now),
    }
    for name, read in reads.items():
        taken = []
        for _round in range(5):
            with place.store.read() as session:
                taken.append(seconds(lambda read=read, session=session: read(session)))  # type: ignore[misc]
        yield Figure(name, percentile(taken, 50) * 1000, "ms", "", f"{TODAY:,} people today")


def _answers(place: Workplace, slips: list[str], draw: Random) -> list[float]:
    """Seconds from what the scanner typed to what the desk shows: QR or human code, one desk or all."""
    taken = []
    for number in range(ROUNDS + WARM):
        shown = slip_content(place, draw.choice(slips))
        text = shown.code if number % 4 == 0 else shown.token
        letter = ANY_DESK if number % 5 == 0 else draw.choice("ABCEFG")
        spent = seconds(lambda text=text, letter=letter: read_at_desk(place, text, letter))  # type: ignore[misc]
        if number >= WARM:
            taken.append(spent)
    return taken


def _serve_some(place: Workplace, slips: list[str], draw: Random) -> None:
    """A fifth of today's slips have been at a desk."""
    for slip in draw.sample(slips, len(slips) // 5):
        read: ReadSlip = read_slip(place, slip_content(place, slip).code)
        service = read.owed[0].service
        record_outcome(place, read, service, "served", desk=DESKS[service])


def _slips(place: Workplace, attendees: list[str], draw: Random) -> list[str]:
    """Give everybody a slip, most of them on an earlier day; return those of today."""
    today: list[str] = []
    for start in range(0, len(attendees), AT_ONCE):
        with place.store.write(author=place.operator.id) as work:
            for number, attendee in enumerate(attendees[start : start + AT_ONCE], start):
                slip = _slip(place, work, attendee, number, draw)
                if number < TODAY:
                    today.append(slip)
        place.store.tend()
    return today


def _slip(place: Workplace, work: UnitOfWork, attendee: str, number: int, draw: Random) -> str:
    """A visit with two referrals and their slip; of earlier days the slip alone."""
    day = SystemClock().today() - timedelta(days=0 if number < TODAY else draw.randrange(1, 400))
    visit = new_id(place.clock)
    services = tuple(draw.sample(SERVICES, 2))
    referrals = (new_id(place.clock), new_id(place.clock))
    token_id = new_token_id(secrets.token_bytes)
    slip = work.create(
        Slip(
            attendee=attendee,
            visit=visit,
            token_id=token_id,
            code=human_code(token_id),
            turn=f"A-{number % 9000 + 1000}",
            display_name="Yuleidy U.",
            day=day,
            desks=tuple(DESKS[service] for service in services),
            services=services,
            referrals=referrals,
        )
    )
    if number < TODAY:
        work.create(Visit(attendee=attendee, day=day, point="A"), subject=visit)
        for referral, service in zip(referrals, services, strict=True):
            work.create(
                Referral(attendee=attendee, visit=visit, service=service, slip=slip), subject=referral
            )
    return slip
