"""The desk as the person behind it uses it: by scanner and single keys, on two laptops that never met."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fairclient.base.clock import FixedClock
from fairclient.base.errors import DiskFull
from fairclient.base.settings import DESK, Settings
from fairclient.slips import token
from fairclient.slips.code import human_code, new_token_id, pretty
from fairclient.store.queries import desk as desk_queries
from fairclient.store.queries import person as person_queries
from fairclient.ui.pages.desk import at_hand as desk_at_hand
from fairclient.ui.pages.desk.page import DeskPage
from fairclient.ui.pages.page import Page
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.replace_slip import reissue_slip
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, Lent, carry, register


def at_desk(open_page: Open, place: Workplace, letter: str = "B") -> tuple[DeskPage, Hands]:
    """The page of a laptop that stands at a desk."""
    Settings(place.home.settings).set(DESK, letter)
    hands = open_page(DeskPage, place)
    assert isinstance(hands.page, DeskPage)
    return hands.page, hands


def band(page: DeskPage) -> str:
    """What is read across the table."""
    return page.panel.band.accessibleName()


def results(place: Workplace, text: str, service: str) -> list[tuple[str, str]]:
    """(result, reason) of what stands recorded for one service of a slip."""
    read = read_slip(place, text)
    owed = next(item for item in read.owed if item.service == service)
    with place.store.read() as session:
        found = desk_queries.outcomes_of(session, read.token_id, service, owed.referral)
    return [(one.result, one.reason) for one in found]


def test_the_desk_is_asked_for_once_and_kept(open_page: Open, point_a: Workplace) -> None:
    hands = open_page(DeskPage, point_a)
    page = hands.page
    assert isinstance(page, DeskPage)
    assert not page.choice.isHidden()
    hands.type("c")
    hands.enter()
    assert page.choice.isHidden()
    assert Settings(point_a.home.settings).get(DESK) == "C"
    assert "Mesa C" in page.change_desk.words()
    assert hands.focus() is page.box


def test_a_slip_scanned_before_a_desk_was_chosen_waits_for_it(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    hands = open_page(DeskPage, point_a)
    page = hands.page
    assert isinstance(page, DeskPage)
    hands.scan(slip.token)
    assert "Primero" in hands.news[0]
    hands.type("b")
    hands.enter()
    assert "A-001" in band(page)
    assert page.panel.services.chosen() == "ORI"


def test_one_scan_and_one_key_serve(open_page: Open, point_a: Workplace, lent: dict[Page, Lent]) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    assert (page.panel.band.level(), band(page)) == ("go", "Atienda a. Luz E. A-001")
    hands.type("s")
    hands.idle()
    assert results(point_a, slip.token, "ORI") == [("served", "")]
    assert page.panel.band.level() == "done"
    assert "Atendido: Servicio ORI" in band(page)
    assert page.recent.words()[0].startswith("A-001  Luz E. Servicio ORI · atendido")
    assert lent[page].ears.heard == ["done", "done"]
    assert hands.focus() is page.box


def test_enter_does_what_is_highlighted(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.code)
    hands.press(Qt.Key.Key_Tab)
    assert hands.focus() is page.panel.not_served
    hands.enter()
    assert page.panel.asking() == "not_served"
    hands.press(Qt.Key.Key_Escape)
    hands.enter()
    assert results(point_a, slip.code, "ORI") == [("served", "")]


def test_a_reason_is_a_number(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    hands.type("n")
    assert page.panel.numbered.choices()[2] == "Se acabaron los cupos de hoy"
    hands.type("3")
    hands.idle()
    assert results(point_a, slip.token, "ORI") == [("not_served", "FULL")]
    assert "cupos" in page.recent.words()[0]


def test_arrows_and_enter_choose_a_reason_too(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    _page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    hands.type("n")
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Right)
    hands.enter()
    assert results(point_a, slip.token, "ORI") == [("not_served", "SYSTEM")]


def test_somebody_may_come_back_later(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    hands.type("l")
    hands.idle()
    assert results(point_a, slip.token, "ORI") == [("postponed", "")]
    hands.scan(slip.token)
    assert page.panel.band.level() == "go"


@pytest.mark.parametrize("where", ["box", "serve", "change_desk", "numbered"])
def test_a_scan_is_caught_wherever_the_focus_is(open_page: Open, point_a: Workplace, where: str) -> None:
    first, second = register(point_a).slip, register(point_a, given="Óscar").slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(first.token)
    places: dict[str, QWidget] = {
        "box": page.box,
        "serve": page.panel.serve,
        "change_desk": page.change_desk,
        "numbered": page.panel.numbered,
    }
    if where == "numbered":
        hands.type("n")
    places[where].setFocus()
    hands.scan(second.token)
    assert "Óscar E." in band(page)
    assert page.box.text() == ""


def test_a_service_after_the_other(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a, services=("SAL", "EMP")).slip
    page, hands = at_desk(open_page, point_a, "C")
    hands.scan(slip.token)
    hands.press(Qt.Key.Key_Down)
    assert page.panel.services.chosen() == "EMP"
    hands.type("s")
    hands.idle()
    assert (page.panel.band.level(), page.panel.services.chosen()) == ("go", "SAL")
    hands.type("s")
    hands.idle()
    assert page.panel.band.level() == "done"
    assert results(point_a, slip.token, "EMP") == results(point_a, slip.token, "SAL") == [("served", "")]


def test_a_desk_sees_only_its_own_services(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a, services=("SAL",)).slip
    page, hands = at_desk(open_page, point_a, "B")
    hands.scan(slip.token)
    assert page.panel.band.level() == "warn"
    assert "No es de esta mesa" in band(page)
    assert page.panel.services.is_empty()
    assert "Envíe a la persona a la mesa C." in page.panel.remarks()


def test_one_laptop_may_stand_for_all_desks(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a, services=("ORI", "SAL")).slip
    page, hands = at_desk(open_page, point_a, "*")
    hands.scan(slip.token)
    hands.type("s")
    hands.idle()
    hands.type("s")
    hands.idle()
    assert page.panel.band.level() == "done"
    assert results(point_a, slip.token, "SAL") == [("served", "")]


def test_a_slip_that_was_never_heard_of_is_served(
    open_page: Open, point_a: Workplace, point_b: Workplace, fair: Fair
) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_b)
    hands.scan(slip.token)
    assert (page.panel.band.level(), band(page)) == ("go", "Atienda. El nombre está en el papel. A-001")
    assert any("aún no conoce esta ficha" in remark for remark in page.panel.remarks())
    hands.type("s")
    hands.idle()
    carry(point_b, point_a, fair)
    assert results(point_a, slip.token, "ORI") == [("served", "")]
    hands.scan(slip.token)
    assert "Ya pasó por esta mesa" in band(page)


def test_served_twice_says_when_and_where_and_keeps_both(
    open_page: Open, point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
) -> None:
    slip = register(point_a).slip
    record_outcome(point_b, read_slip(point_b, slip.token), "ORI", "served", desk="B")
    carry(point_b, point_a, fair)
    clock.advance(60)
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    assert page.panel.band.level() == "warn"
    served_at = datetime.fromtimestamp(clock.now_ms() / 1000 - 60, UTC)
    local = f"{(served_at.hour - 5) % 24:02d}:{served_at:%M}"
    assert f"Atendido {local} · mesa B · Punto B" in page.panel.services.words()[0]
    hands.control(Qt.Key.Key_R)
    hands.type("s")
    hands.idle()
    assert results(point_a, slip.token, "ORI") == [("served", ""), ("served", "")]
    assert "Se guardaron las dos" in hands.news[-1]


def test_undo_within_the_minute_is_a_later_entry(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    hands.type("s")
    hands.idle()
    hands.control(Qt.Key.Key_Z)
    assert results(point_a, slip.token, "ORI") == []
    assert "se deshizo" in page.recent.words()[0]
    assert page.panel.band.level() == "go"
    hands.type("s")
    hands.idle()
    assert results(point_a, slip.token, "ORI") == [("served", "")]


def test_after_the_minute_there_is_no_undo(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    hands.type("s")
    hands.idle()
    page.recent.minute.timeout.emit()
    hands.control(Qt.Key.Key_Z)
    assert results(point_a, slip.token, "ORI") == [("served", "")]


def test_referring_on_gives_a_slip_and_can_be_undone(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent], clock: FixedClock
) -> None:
    done = register(point_a, services=("ORI",))
    clock.advance(60)
    page, hands = at_desk(open_page, point_a)
    hands.scan(done.slip.token)
    hands.type("o")
    assert page.panel.numbered.choices() == ["Servicio EMP", "Servicio SAL"]
    hands.type("2")
    assert page.panel.asking() == "paper"
    hands.enter()
    assert results(point_a, done.slip.token, "ORI") == [("referred_on", "SAL")]
    ((printed, again),) = lent[page].paper.slips
    assert not again
    with point_a.store.read() as session:
        known = person_queries.person(session, done.attendee)
    assert known is not None
    assert [(one.service, one.state) for one in known.referrals] == [
        ("ORI", "referred_on"),
        ("SAL", "issued"),
    ]
    assert known.slips[0][0] == printed and known.slips[0][1].turn == "A-001"
    hands.control(Qt.Key.Key_Z)
    with point_a.store.read() as session:
        known = person_queries.person(session, done.attendee)
    assert known is not None
    assert [(one.service, one.state) for one in known.referrals] == [("ORI", "issued"), ("SAL", "void")]
    assert known.slips[0][1].void_reason == "undone"


def test_an_unknown_slip_is_referred_on_in_words(
    open_page: Open, point_a: Workplace, point_b: Workplace, lent: dict[Page, Lent]
) -> None:
    slip = register(point_a, services=("ORI",)).slip
    page, hands = at_desk(open_page, point_b)
    hands.scan(slip.token)
    hands.type("o1")
    hands.idle()
    assert lent[page].paper.slips == []
    assert "punto de registro" in hands.news[-1]
    assert page.panel.band.level() == "done"


def _forged(place: Workplace, fair: Fair) -> str:
    genuine = register(place).slip.token
    return genuine[:-6] + ("A" if genuine[-6] != "A" else "B") + genuine[-5:]


def _token(place: Workplace, fair_id: str, expires_year: int = 2099) -> str:
    return token.issue(
        place.identity.private_key,
        fair=fair_id,
        token_id=new_token_id(lambda count: bytes(range(count))),
        turn="A-009",
        desks=("B",),
        issued=datetime(2020, 1, 1, tzinfo=UTC),
        expires=datetime(expires_year, 1, 1, tzinfo=UTC),
    )


def _void(place: Workplace, fair: Fair) -> str:
    slip = register(place).slip
    reissue_slip(place, slip.slip)
    return slip.token


def _mistyped(place: Workplace, fair: Fair) -> str:
    code = register(place).slip.code
    return code[:-1] + ("A" if code[-1] != "A" else "B")


ELSEWHERE = "01890000-0000-7000-8000-00000000ffff"
REFUSED = {
    "forged": (_forged, "danger", "no es auténtica", "Retenga la ficha"),
    "foreign": (lambda place, _fair: _token(place, ELSEWHERE), "danger", "otra feria", "punto de registro"),
    "expired": (lambda place, fair: _token(place, fair.id, 2021), "danger", "venció", "pida otra"),
    "void": (_void, "danger", "anulada", "reemplazó"),
    "garbled": (lambda place, _fair: register(place).slip.token[:60], "warn", "incompleto", "nuevo"),
    "mistyped": (_mistyped, "warn", "código", "escríbalo de nuevo"),
    "unknown": (lambda _place, _fair: human_code("01" * 8), "warn", "no ha llegado", "Escanee el QR"),
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_each_refusal_has_its_words_what_is_safe_and_what_to_do(
    open_page: Open, point_a: Workplace, fair: Fair, lent: dict[Page, Lent], why: str
) -> None:
    make, level, what, todo = REFUSED[why]
    text = make(point_a, fair)
    page, hands = at_desk(open_page, point_a)
    hands.scan(text)
    assert page.panel.band.level() == level
    assert what in band(page).lower() or what in band(page)
    said = page.panel.remarks()
    assert any(todo in remark for remark in said)
    assert "No se registró nada." in said
    assert page.panel.serve.isHidden()
    assert lent[page].ears.heard == ["attention"]
    assert hands.trouble == []


def test_the_latest_scan_wins(open_page: Open, point_a: Workplace) -> None:
    first, second = register(point_a).slip, register(point_a, given="Óscar").slip
    page, hands = at_desk(open_page, point_a)
    page.read(first.token)
    page.read(second.token)
    hands.idle()
    assert "Óscar" in band(page)


def test_a_slip_put_away_before_its_answer_stays_away(open_page: Open, point_a: Workplace) -> None:
    page, hands = at_desk(open_page, point_a)
    page.read(register(point_a).slip.token)
    page.panel.step_back()
    hands.idle()
    assert page.panel.band.level() == "wait"


def test_a_code_may_begin_with_the_letters_of_actions(open_page: Open, point_a: Workplace) -> None:
    page, hands = at_desk(open_page, point_a)
    hands.type("sn0l")
    assert page.box.text() == "sn0l"
    hands.press(Qt.Key.Key_Backspace)
    assert page.box.text() == "sn0"


def test_a_code_is_read_as_it_is_printed(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(pretty(slip.code).lower())
    assert "A-001" in band(page)


def test_escape_clears_the_desk(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    hands.press(Qt.Key.Key_Escape)
    assert page.panel.band.level() == "wait"
    hands.type("s")
    assert results(point_a, slip.token, "ORI") == []


def test_what_the_disk_refuses_is_not_shown_as_done(
    open_page: Open, point_a: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = register(point_a).slip

    def full(*_args: object) -> None:
        raise DiskFull("No queda espacio en el disco.")

    monkeypatch.setattr(desk_at_hand, "record_outcome", full)
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    hands.type("s")
    hands.idle()
    assert page.panel.band.level() == "go"
    assert isinstance(hands.trouble[0], DiskFull)
    assert page.recent.words() == []
    monkeypatch.undo()
    hands.type("s")
    hands.idle()
    assert results(point_a, slip.token, "ORI") == [("served", "")]


def test_who_waits_is_counted(open_page: Open, point_a: Workplace) -> None:
    slips = [register(point_a).slip for _person in range(2)]
    page, hands = at_desk(open_page, point_a)
    assert page.waiting_words() == "2 personas esperan"
    hands.scan(slips[0].token)
    hands.type("s")
    hands.idle()
    assert page.waiting_words() == "1 persona espera"
