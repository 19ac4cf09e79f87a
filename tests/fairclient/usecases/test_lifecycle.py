"""A referral's way: called, postponed, reopened, unanswered, carried over to another day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput, Unauthorised
from fairclient.base.ids import new_id
from fairclient.store.queries import day as day_queries
from fairclient.store.queries import report_rows, waiting
from fairclient.store.queries.board import CALL_HOLDS_MS, Board, board
from fairclient.store.queries.carried import carried
from fairclient.usecases.call_next import call_next
from fairclient.usecases.close_day import close_day
from fairclient.usecases.read_at_desk import read_at_desk
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.record_outcome import record_outcome, undo_outcome
from fairclient.usecases.refer_on import refer_on, undo_refer_on
from fairclient.usecases.reopen import reopen
from fairclient.usecases.workplace import Workplace
from sync.wire.desk import Desk
from sync.wire.service import Service
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import as_role, carry, hear_of, laptop, register


@pytest.fixture
def place(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[Workplace]:
    """The laptop of point A; the fair has a protected desk D besides B and C."""
    fair.add(
        (new_id(clock), Service(code="RES", name_es="Nadie debe leerlo", sensitive=True)),
        (new_id(clock), Desk(letter="D", name="Mesa D", services=("RES",), order=5)),
    )
    made = laptop(tmp_path / "here", clock, fair, "A")
    yield made
    made.close()


@pytest.fixture
def elsewhere(tmp_path: Path, clock: FixedClock, fair: Fair, place: Workplace) -> Iterator[Workplace]:
    """The laptop of point B; both know of each other."""
    made = laptop(tmp_path / "elsewhere", clock, fair, "B")
    hear_of(place, fair)
    yield made
    made.close()


def board_of(place: Workplace, clock: FixedClock) -> Board:
    """What the board shows on a laptop."""
    with place.store.read() as session:
        return board(session, place.today(), clock.now_ms())


def shown(place: Workplace, clock: FixedClock) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The board as {desk: (now, next)}."""
    return {line.letter: (line.turn, line.following) for line in board_of(place, clock).lines}


def come(place: Workplace, clock: FixedClock, *services: str) -> str:
    """Somebody comes a minute later; her slip's token."""
    clock.advance(60)
    return register(place, services=services).slip.token


def test_who_has_waited_longest_is_called_and_nobody_else_calls_her(
    place: Workplace, clock: FixedClock
) -> None:
    come(place, clock, "ORI", "SAL")
    come(place, clock, "ORI")
    come(place, clock, "SAL")
    assert shown(place, clock) == {"B": ("", ("A-001", "A-002")), "C": ("", ("A-001", "A-003"))}
    called = call_next(place, "B")
    assert (called.turn, called.left) == ("A-001", 1)
    assert shown(place, clock) == {"B": ("A-001", ("A-002",)), "C": ("", ("A-003",))}
    clock.advance(1)
    assert call_next(place, "C").turn == "A-003"
    latest = board_of(place, clock).latest
    assert latest is not None and (latest.letter, latest.turn) == ("C", "A-003")


def test_the_board_follows_what_was_done_and_what_arrives(
    place: Workplace, elsewhere: Workplace, fair: Fair, clock: FixedClock
) -> None:
    token = come(place, clock, "ORI")
    carry(place, elsewhere, fair)
    call_next(elsewhere, "B")
    assert shown(place, clock)["B"] == ("", ("A-001",))
    carry(elsewhere, place, fair)
    assert shown(place, clock)["B"] == ("A-001", ())
    record_outcome(place, read_slip(place, token), "ORI", "served", desk="B")
    assert shown(place, clock)["B"] == ("", ())


def test_a_call_that_nobody_answered_does_not_stay_for_ever(place: Workplace, clock: FixedClock) -> None:
    come(place, clock, "ORI")
    call_next(place, "B")
    with pytest.raises(BadInput) as refused:
        call_next(place, "B")
    assert refused.value.code == "nobody-waits"
    clock.advance(CALL_HOLDS_MS / 1000 + 1)
    assert shown(place, clock)["B"][0] == ""
    assert call_next(place, "B").turn == "A-001"


def test_protected_desks_are_not_on_the_board_and_call_only_with_their_role(
    place: Workplace, clock: FixedClock
) -> None:
    come(place, clock, "RES")
    assert set(shown(place, clock)) == {"B", "C"}
    with pytest.raises(BadInput):
        call_next(place, "D")
    focal = as_role(place, "protection")
    assert call_next(focal, "D").turn == "A-001"
    assert set(shown(place, clock)) == {"B", "C"}


def test_postponed_she_waits_behind_the_others_and_the_day_holds(place: Workplace, clock: FixedClock) -> None:
    first = come(place, clock, "ORI")
    come(place, clock, "ORI")
    clock.advance(60)
    done = record_outcome(place, read_slip(place, first), "ORI", "postponed", desk="B")
    assert shown(place, clock)["B"] == ("", ("A-002", "A-001"))
    with place.store.read() as session:
        count = day_queries.reconcile(session, place.today())
    assert (count.issued, count.open, count.adds_up) == (2, 2, True)
    undo_outcome(place, done.outcome)
    assert [one.state for one in read_slip(place, first).owed] == ["issued"]


@pytest.mark.parametrize(("result", "reason"), [("not_served", "PAPERS"), ("referred_on", "SAL")])
def test_what_was_closed_is_opened_again(
    place: Workplace, clock: FixedClock, result: str, reason: str
) -> None:
    token = come(place, clock, "ORI")
    read = read_slip(place, token)
    if result == "not_served":
        record_outcome(place, read, "ORI", "not_served", reason, "B")
    else:
        refer_on(place, read, "ORI", reason, "B", paper=False)
    clock.advance(60)
    reopen(place, read_slip(place, token), ["ORI"], "B")
    at = read_at_desk(place, token, "B")
    assert [(one.service, one.state) for one in at.here] == [("ORI", "issued")]
    record_outcome(place, at.read, "ORI", "served", desk="B")
    with place.store.read() as session:
        count = day_queries.reconcile(session, place.today())
    assert (count.served, count.adds_up, count.odd[0].code if count.odd else "") == (
        1,
        True,
        "" if result == "not_served" else "open",
    )


def test_what_is_open_or_was_given_is_not_reopened(place: Workplace, clock: FixedClock) -> None:
    token = come(place, clock, "ORI", "SAL")
    record_outcome(place, read_slip(place, token), "SAL", "served", desk="C")
    for services in (["ORI"], ["SAL"], ["EMP"], []):
        with pytest.raises(BadInput) as refused:
            reopen(place, read_slip(place, token), services)
        assert refused.value.code == "not-closed"


def test_an_hour_without_an_answer_is_seen(place: Workplace, clock: FixedClock) -> None:
    tokens = [come(place, clock, "ORI", "SAL") for _person in range(3)]
    clock.advance(1)
    record_outcome(place, read_slip(place, tokens[0]), "ORI", "served", desk="B")
    record_outcome(place, read_slip(place, tokens[1]), "ORI", "postponed", desk="B")

    def silent() -> list[str]:
        with place.store.read() as session:
            pending = waiting.still_open(session, place.today())
            return [one.service for one in waiting.without_answer(pending, clock.now_ms())]

    clock.advance(3600 - 120)
    assert silent() == ["SAL"]
    clock.advance(120)
    assert sorted(silent()) == ["ORI", "SAL", "SAL", "SAL"]
    call_next(place, "B")
    assert sorted(silent()) == ["SAL", "SAL", "SAL"]


def test_who_could_not_be_attended_is_carried_over(place: Workplace, clock: FixedClock) -> None:
    tokens = [come(place, clock, "ORI") for _person in range(5)]
    for token, result, reason in (
        (tokens[0], "not_served", "FULL"),
        (tokens[1], "not_served", "PAPERS"),
        (tokens[2], "postponed", ""),
        (tokens[3], "served", ""),
    ):
        record_outcome(place, read_slip(place, token), "ORI", result, reason, "B")  # type: ignore[arg-type]

    def listed() -> list[tuple[str, str]]:
        with place.store.read() as session:
            rows = carried(session, place.today())
        assert all(row.phone == "" for row in rows)  # nobody allowed to be called
        return [(row.turn, row.why) for row in rows]

    assert listed() == [("A-001", "FULL"), ("A-005", "UNSEEN"), ("A-003", "POSTPONED")]
    close_day(place)
    # Whom no desk ever saw went home; who was told to come back, or turned away by us, is still owed it.
    assert listed() == [("A-001", "FULL"), ("A-003", "POSTPONED")]


def test_counts_of_protected_desks_are_told_at_the_day_s_end(place: Workplace, clock: FixedClock) -> None:
    come(place, clock, "RES", "ORI")

    def counted() -> set[str]:
        with place.store.read() as session:
            return {one.service for one in report_rows.of_day(session, place.today()).referrals}

    assert counted() == {"ORI"}
    close_day(place)
    assert counted() == {"ORI", "RES"}


def test_only_a_focal_point_sees_and_records_at_a_protected_desk(place: Workplace, clock: FixedClock) -> None:
    token = come(place, clock, "RES", "ORI")
    at = read_at_desk(place, token, "D")
    assert (at.here, at.reserved) == ((), True)
    everywhere = read_at_desk(place, token, "*")
    assert [one.service for one in everywhere.here] == ["ORI"]
    assert everywhere.next_desks == ("D",)
    for write in (
        lambda: record_outcome(place, at.read, "RES", "served"),
        lambda: refer_on(place, at.read, "RES", "ORI"),
    ):
        with pytest.raises(Unauthorised):
            write()
    focal = as_role(place, "protection")
    assert [one.service for one in read_at_desk(focal, token, "D").here] == ["RES"]
    with pytest.raises(BadInput) as refused:
        record_outcome(place, at.read, "EMP", "served")
    assert "ORI" in str(refused.value) and "RES" not in str(refused.value)
    with pytest.raises(Unauthorised):
        call_next(as_role(place, "desk"), "*")
    sent = refer_on(focal, at.read, "RES", "EMP", "D")
    with pytest.raises(Unauthorised):
        undo_refer_on(place, sent)
    undo_refer_on(focal, sent)
    done = record_outcome(focal, at.read, "RES", "not_served", "LEFT", "D")
    with pytest.raises(Unauthorised):
        undo_outcome(place, done.outcome)
    with pytest.raises(Unauthorised):
        reopen(place, read_slip(place, token), ["RES"])
    with pytest.raises(Unauthorised):
        read_at_desk(focal, token, "*")
