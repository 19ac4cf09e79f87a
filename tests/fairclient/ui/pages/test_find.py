"""Finding a person by keyboard or scanner: the latest text wins, and Enter opens her page."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from fairclient.ui.pages.find import page as find_module
from fairclient.ui.pages.find import reads as find_reads
from fairclient.ui.pages.find.page import FindPage
from fairclient.usecases.replace_slip import reissue_slip
from fairclient.usecases.workplace import Workplace
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, register


def at_find(open_page: Open, place: Workplace) -> tuple[FindPage, Hands]:
    """The page and hands on it."""
    hands = open_page(FindPage, place)
    assert isinstance(hands.page, FindPage)
    return hands.page, hands


def rows(page: FindPage) -> list[str]:
    """What a screen reader hears of the results."""
    model = page.model
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.data(model.index(row, 0), role)) for row in range(model.rowCount())]


@pytest.fixture
def three(point_a: Workplace) -> list[str]:
    """Three people."""
    people: list[dict[str, Any]] = [
        {"given": "Yuleidy", "surname": "Urdaneta", "documents": ({"type": "PPT", "number": "5482193"},)},
        {"given": "José Gregorio", "surname": "Urdaneta", "phones": ({"number": "3105550177"},)},
        {"given": "Carlos", "surname": "Mejía"},
    ]
    return [register(point_a, **person).attendee for person in people]


@pytest.mark.usefixtures("three")
def test_an_empty_box_invites(open_page: Open, point_a: Workplace) -> None:
    page, hands = at_find(open_page, point_a)
    assert hands.focus() is page.box
    assert page.results.isHidden()
    assert "Busque a una persona" in page.empty.accessibleName()
    assert page.register.isHidden()


@pytest.mark.usefixtures("three")
def test_people_are_found_while_one_types(open_page: Open, point_a: Workplace) -> None:
    page, hands = at_find(open_page, point_a)
    hands.type("urda")
    hands.idle()
    assert len(rows(page)) == 2
    assert all("por el nombre" in row for row in rows(page))
    hands.type(" yul")
    hands.idle()
    assert [row.split(". ")[0] for row in rows(page)] == ["Yuleidy Urdaneta"]
    assert "PPT 5482193" in rows(page)[0] and "Soledad" in rows(page)[0]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("text", "why"), [("5482193", "por el documento"), ("3105550177", "por el teléfono"), ("mejia", "nombre")]
)
def test_each_row_says_why_it_was_found(open_page: Open, point_a: Workplace, text: str, why: str) -> None:
    page, hands = at_find(open_page, point_a)
    hands.type(text)
    hands.idle()
    assert len(rows(page)) == 1 and why in rows(page)[0]


def test_a_slip_is_found_by_its_code(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a, given="Sol").slip
    page, hands = at_find(open_page, point_a)
    hands.type(slip.code.lower())
    hands.idle()
    assert "por el código de su ficha" in rows(page)[0]


def test_the_latest_text_wins(
    open_page: Open, point_a: Workplace, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = find_reads.search

    def noted(place: Workplace, text: str) -> find_reads.Search:
        asked.append(text)
        return search(place, text)

    monkeypatch.setattr(find_module, "search", noted)
    page, hands = at_find(open_page, point_a)
    shown: list[str] = []
    page.model.modelReset.connect(lambda: shown.extend(rows(page)))
    hands.type("carlos")
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type("yuleidy")
    hands.idle()
    assert asked[-1] == "yuleidy"
    assert [row.split(". ")[0] for row in rows(page)] == ["Yuleidy Urdaneta"]
    # Typed in one go, letters are not looked up one by one, and no answer came after the last one's.
    assert len(asked) < len("carlos") + len("yuleidy")
    assert shown[-1].startswith("Yuleidy")
    assert three


def test_arrows_choose_and_enter_opens(open_page: Open, point_a: Workplace, three: list[str]) -> None:
    page, hands = at_find(open_page, point_a)
    hands.type("urdaneta")
    hands.idle()
    second = page.model.person(1)
    assert second is not None and second.attendee in three
    hands.press(Qt.Key.Key_Down)
    hands.enter()
    assert page.shows_person()
    assert second.name in page.person.identity.words()


def test_enter_before_the_answer_opens_what_it_brings(
    open_page: Open, point_a: Workplace, three: list[str]
) -> None:
    page, hands = at_find(open_page, point_a)
    hands.type("carlos")
    hands.enter()
    assert page.shows_person()
    assert "Carlos Mejía" in page.person.identity.words()
    assert three


def test_escape_goes_back_to_the_text(open_page: Open, point_a: Workplace, three: list[str]) -> None:
    page, hands = at_find(open_page, point_a)
    hands.type("carlos")
    hands.idle()
    hands.enter()
    hands.press(Qt.Key.Key_Escape)
    assert not page.shows_person()
    assert page.box.text() == "carlos"
    hands.type("yul")
    hands.idle()
    assert page.box.text() == "yul"
    assert len(rows(page)) == 1
    assert three


def test_typing_anywhere_goes_to_the_box(open_page: Open, point_a: Workplace, three: list[str]) -> None:
    page, hands = at_find(open_page, point_a)
    hands.type("urdaneta")
    hands.idle()
    page.results.setFocus()
    hands.type(" yul")
    hands.idle()
    assert page.box.text() == "urdaneta yul"
    assert len(rows(page)) == 1
    assert three


def test_nobody_found_says_what_to_do(open_page: Open, point_a: Workplace, three: list[str]) -> None:
    page, hands = at_find(open_page, point_a)
    wanted: list[tuple[str, object]] = []
    page.go.connect(lambda name, what: wanted.append((name, what)))
    hands.type("zoraida")
    hands.idle()
    assert page.results.isHidden()
    assert "Nadie con «zoraida» en este equipo" in page.empty.accessibleName()
    assert "sincronice" in page.empty.accessibleName()
    hands.control(Qt.Key.Key_N)
    assert wanted == [("register", "zoraida")]
    assert three


def test_a_scanned_slip_opens_its_person(open_page: Open, point_a: Workplace) -> None:
    done = register(point_a, given="Sol")
    page, hands = at_find(open_page, point_a)
    hands.type("algo que estaba escrito")
    hands.scan(done.slip.token)
    assert page.shows_person()
    assert "Sol Ensayo" in page.person.identity.words()
    assert page.box.text() == ""


def test_a_void_slip_is_refused_in_words(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    reissue_slip(point_a, slip.slip)
    page, hands = at_find(open_page, point_a)
    hands.scan(slip.token)
    assert "anulada" in page.notice.words()
    hands.type("a")
    assert page.notice.isHidden()


def test_a_slip_of_somebody_unknown_here_says_where_to_look(
    open_page: Open, point_a: Workplace, point_b: Workplace
) -> None:
    slip = register(point_a).slip
    page, hands = at_find(open_page, point_b)
    hands.scan(slip.token)
    assert not page.shows_person()
    assert "no ha llegado a este equipo" in page.notice.words()


def test_news_leave_the_mark_and_the_focus_where_they_are(
    open_page: Open, point_a: Workplace, three: list[str]
) -> None:
    page, hands = at_find(open_page, point_a)
    hands.type("urdaneta")
    hands.idle()
    hands.press(Qt.Key.Key_Down)
    marked = page.model.person(page.results.currentIndex().row())
    register(point_a, given="Aaron", surname="Urdaneta")
    page.heed({"attendee"})
    hands.idle()
    assert page.model.person(page.results.currentIndex().row()) == marked
    assert page.model.rowCount() == 3
