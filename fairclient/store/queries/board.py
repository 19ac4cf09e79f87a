"""What the board of turns shows: whom each desk has called, and who comes next. Turns only, no names.

Protected desks are never on it: whoever reads the board must not learn who is called there, and when. Their
focal points fetch people quietly.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from fairclient.store.queries import reference, waiting
from fairclient.store.queries.states import ISSUED, POSTPONED
from fairclient.store.queries.waiting import Pending
from sync.wire.clock import milliseconds

NEXT: Final = 4
"""Turns that are shown as the next ones of a desk."""
CALL_HOLDS_MS: Final = 45 * 60_000
"""A call holds no longer than this, should nobody say what became of it."""


@dataclass(frozen=True)
class DeskLine:
    """A desk's line: the turn that it called ("" for none), when (ms since 1970), and who comes next."""

    letter: str
    turn: str
    called_ms: int
    following: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """The lines of all open desks, in walking order; ``latest`` is the line of the newest call."""

    lines: tuple[DeskLine, ...]

    @property
    def latest(self) -> DeskLine | None:
        """The newest call."""
        called = [line for line in self.lines if line.turn]
        return max(called, key=lambda line: line.called_ms, default=None)


def board(session: Session, day: date, now_ms: int) -> Board:
    """The board of a day as far as this laptop has heard; it follows what arrives by synchronising."""
    hidden = reference.sensitive_codes(session)
    desks = [desk for _id, desk in reference.desks(session) if hidden.isdisjoint(desk.services)]
    shown = sorted({service for desk in desks for service in desk.services})
    pending = waiting.still_open(session, day, shown)
    turns = {visit: slip.turn for visit, slip in waiting.slips_held(session, day, pending).items()}
    calls = _calls(pending, turns, now_ms)
    called = {turn for turn, _at in calls.values()}
    lines = []
    for desk in desks:
        following = _following(desk.services, pending, turns, called)
        lines.append(DeskLine(desk.letter, *calls.get(desk.letter, ("", 0)), following))
    return Board(tuple(lines))


def _calls(pending: list[Pending], turns: dict[str, str], now_ms: int) -> dict[str, tuple[str, int]]:
    """The latest call of each desk: (turn, when)."""
    calls: dict[str, tuple[str, int]] = {}
    for one in pending:
        call = one.called_at()
        if call is None or one.visit not in turns:
            continue
        at = milliseconds(call[1])
        if now_ms - at < CALL_HOLDS_MS and at >= calls.get(call[0], ("", 0))[1]:
            calls[call[0]] = turns[one.visit], at
    return calls


def _following(
    services: tuple[str, ...], pending: list[Pending], turns: dict[str, str], called: set[str]
) -> tuple[str, ...]:
    """Who has waited longest for some services and is not at another desk now."""
    since: dict[str, str] = {}
    by_turn: dict[str, list[Pending]] = defaultdict(list)
    for one in pending:
        if one.service in services and one.state in (ISSUED, POSTPONED) and one.visit in turns:
            by_turn[turns[one.visit]].append(one)
    for turn, asked in by_turn.items():
        if turn not in called:
            since[turn] = min(one.since for one in asked)
    return tuple(sorted(since, key=lambda turn: (since[turn], len(turn), turn))[:NEXT])
