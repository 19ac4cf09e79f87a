"""Every printer is dead: who was given a numbered paper slip is registered later with its code."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from fairclient.documents.scanned import ScannedSlip
from fairclient.slips.code import pretty
from fairclient.store.queries import slips
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.register.draft import Consent
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.usecases.paper_blocks import blank_contents, reserve_block, unused_blanks, void_blanks
from fairclient.usecases.print_queue import print_queue
from fairclient.usecases.workplace import Workplace
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, Lent

PERSON = {"given_names": "Yuleidy", "first_surname": "Urdaneta", "sex": "F", "profile": "VP"} | {
    "birth_date": "30"
}


def at_page(open_page: Open, place: Workplace) -> tuple[RegisterPage, Hands]:
    """The page and hands on it."""
    hands = open_page(RegisterPage, place)
    assert isinstance(hands.page, RegisterPage)
    return hands.page, hands


def fill(page: RegisterPage) -> None:
    """A person who agrees."""
    page.fill(PERSON)
    page.authorisation.set_consent(Consent(general=True, sensitive=False, sharing=True))
    page.services.set_chosen(("ORI",))


def saved_turns(place: Workplace) -> list[str]:
    """The turns of the slips that were written."""
    with place.store.read() as session:
        found = [slips.by_id(session, one) for one in slips.of_day(session, place.clock.today())]
    return [one[0].turn for one in found if one is not None]


def test_scanned_before_or_after_her_answers_it_is_hers(open_page: Open, point_a: Workplace) -> None:
    first, second = reserve_block(point_a, 2)
    page, hands = at_page(open_page, point_a)
    fill(page)
    page.take_scan(ScannedSlip(blank_contents(point_a, [second])[0].token))
    hands.idle()
    assert page.paper.isVisible() and page.paper.accessibleName() == "Ficha de papel A-002"
    hands.control(Qt.Key.Key_Return)
    assert saved_turns(point_a) == ["A-002"]
    assert unused_blanks(point_a) == [first]
    assert print_queue(point_a) == []
    assert not page.paper.isVisible()  # the next person has none
    assert hands.trouble == []


def test_typed_where_it_cannot_be_scanned(open_page: Open, point_a: Workplace) -> None:
    (blank,) = reserve_block(point_a, 1)
    page, hands = at_page(open_page, point_a)
    hands.control(Qt.Key.Key_H)
    hands.type("7KQ-M2X-9D4")
    hands.enter()
    assert page.paper.sheet is not None and page.paper.sheet._field.finding()
    page.paper.sheet.code.clear()
    hands.type(pretty(blank.code).lower())
    hands.enter()
    assert not page.paper.sheet.isVisible() and page.paper.isVisible()
    fill(page)
    assert page.form.collect().paper == blank.token_id
    page.paper.remove.click()
    assert page.form.collect().paper == "" and not page.paper.isVisible()


@pytest.mark.parametrize("state", ["used", "void"])
def test_a_paper_that_is_no_longer_free_is_refused_in_words(
    open_page: Open, point_a: Workplace, state: str
) -> None:
    (blank,) = reserve_block(point_a, 1)
    page, hands = at_page(open_page, point_a)
    if state == "void":
        void_blanks(point_a, [blank])
    else:
        fill(page)
        page.take_scan(ScannedSlip(blank.code))
        hands.idle()
        hands.control(Qt.Key.Key_Return)
    page.take_scan(ScannedSlip(blank.code))
    hands.idle()
    assert "A-001" in str(hands.trouble[-1])
    assert not page.paper.isVisible()


def test_without_paper_the_slip_waits_in_the_same_moment(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent]
) -> None:
    page, hands = at_page(open_page, point_a)
    fill(page)
    hands.control(Qt.Key.Key_Return)
    (waiting,) = print_queue(point_a)  # written by the save itself: nothing here prints
    assert waiting.turn == "A-001"
    assert lent[page].paper.slips == [(waiting.job.slip, False)]
