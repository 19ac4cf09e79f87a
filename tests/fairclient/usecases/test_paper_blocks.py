"""Numbered slips printed blank: reserved at one laptop, given out when no printer works, typed in later."""

from __future__ import annotations

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput, SlipRefused
from fairclient.slips.code import pretty
from fairclient.store.paper_blocks import Blank
from fairclient.usecases.paper_blocks import (
    MOST,
    blank_contents,
    blank_slip,
    block_pdf,
    reserve_block,
    unused_blanks,
    void_blanks,
)
from fairclient.usecases.print_queue import queue_count
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.register_attendee import Registered, Registration, register_attendee
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair, attendee
from tests.fairclient.ui.pages.tent import carry, register


def type_in(place: Workplace, blank: Blank, **more: str) -> Registered:
    """Register who was given a blank slip."""
    who = Registration(attendee(**more), ("ORI",), on_paper=True, blank=blank.token_id)
    return register_attendee(place, who)


def test_turns_of_paper_are_given_to_nobody_else(point_a: Workplace) -> None:
    register(point_a)
    blanks = reserve_block(point_a, 3)
    assert [blank.turn for blank in blanks] == ["A-002", "A-003", "A-004"]
    assert register(point_a, given="Otra").slip.turn == "A-005"
    assert len({blank.token_id for blank in blanks}) == 3


def test_who_was_given_one_is_typed_in_with_its_turn_and_code(point_a: Workplace) -> None:
    first, second = reserve_block(point_a, 2)
    found = blank_slip(point_a, pretty(second.code).lower())
    assert found == second
    done = type_in(point_a, second)
    assert (done.slip.turn, done.slip.code) == (second.turn, second.code)
    assert queue_count(point_a).waiting == 0
    assert unused_blanks(point_a) == [first]
    # The paper that she holds is the slip: its own QR is found.
    assert read_slip(point_a, blank_contents(point_a, [second])[0].token).display_name == "Luz E."


def test_one_paper_is_one_person_s(point_a: Workplace) -> None:
    (blank,) = reserve_block(point_a, 1)
    type_in(point_a, blank)
    with pytest.raises(SlipRefused) as told:
        type_in(point_a, blank, given="Otra")
    assert told.value.code == "used"
    with pytest.raises(SlipRefused) as told:
        blank_slip(point_a, blank.code)
    assert told.value.code == "used"


def test_its_qr_is_read_where_it_was_printed_and_is_nobody_s_elsewhere(
    point_a: Workplace, point_b: Workplace, fair: Fair
) -> None:
    (blank,) = reserve_block(point_a, 1)
    qr = blank_contents(point_a, [blank])[0].token
    assert blank_slip(point_a, qr) == blank
    assert blank_slip(point_b, qr) is None
    # A desk that never met this laptop knows that it is of this fair, and which turn.
    seen = read_slip(point_b, qr)
    assert (seen.turn, seen.desks) == (blank.turn, ())
    done = type_in(point_a, blank)
    carry(point_a, point_b, fair)
    assert read_slip(point_b, qr).view is not None
    assert done.slip.turn == blank.turn
    with pytest.raises(BadInput) as told:
        register_attendee(point_b, Registration(attendee(), ("ORI",), blank=blank.token_id))
    assert told.value.code == "unknown-blank"


def test_typed_in_on_the_next_day_she_came_on_the_day_of_her_paper(
    point_a: Workplace, clock: FixedClock
) -> None:
    (blank,) = reserve_block(point_a, 1)
    clock.advance(24 * 3600)
    tomorrow = register(point_a, given="De mañana").slip.turn
    assert tomorrow == "A-001"
    done = type_in(point_a, blank)
    with point_a.store.read() as session:
        query = "SELECT v.day, s.day FROM visit v JOIN slip s ON s.visit = v.subject WHERE v.subject = ?"
        days = session.connection().exec_driver_sql(query, (done.visit,)).one()
    assert tuple(days) == (blank.day.isoformat(),) * 2


def test_what_nobody_used_is_voided_and_refused_afterwards(point_a: Workplace) -> None:
    blanks = reserve_block(point_a, 2)
    assert void_blanks(point_a, unused_blanks(point_a)) == 2
    assert unused_blanks(point_a) == []
    with pytest.raises(SlipRefused) as told:
        blank_slip(point_a, blanks[0].code)
    assert told.value.code == "void"


def test_any_other_slip_is_none_of_these(point_a: Workplace) -> None:
    done = register(point_a)
    assert blank_slip(point_a, done.slip.code) is None
    assert blank_slip(point_a, done.slip.token) is None
    with pytest.raises(SlipRefused):
        blank_slip(point_a, done.slip.code[:-1] + ("2" if done.slip.code[-1] != "2" else "3"))


@pytest.mark.parametrize("count", [0, MOST + 1])
def test_a_block_has_a_size(point_a: Workplace, count: int) -> None:
    with pytest.raises(BadInput):
        reserve_block(point_a, count)


def test_the_sheets_are_made(point_a: Workplace) -> None:
    pdf = block_pdf(point_a, reserve_block(point_a, 5))
    assert pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page\n") == 2
