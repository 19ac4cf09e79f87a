"""What a registrar is told when the places are gone, or when somebody waits for the same already."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from fairclient.base.clock import FixedClock
from fairclient.base.ids import new_id, random_bytes
from fairclient.base.settings import DESK, Settings
from fairclient.slips import token
from fairclient.slips.code import new_token_id
from fairclient.store.queries import person as person_queries
from fairclient.ui.pages.desk.page import DeskPage
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.refer import ReferSheet
from fairclient.usecases.workplace import Workplace
from sync.wire.desk import Desk
from sync.wire.service import Service
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import as_role, hear_of, register
from tests.fairclient.ui.pages.test_person import at_person


def asked(place: Workplace, attendee: str) -> list[tuple[str, str]]:
    """A person's referrals and their states."""
    with place.store.read() as session:
        page = person_queries.person(session, attendee)
    assert page is not None
    return [(one.service, one.state) for one in page.referrals]


def pick(page: Page, service: str) -> None:
    """Pick a service on the sheet that is open."""
    sheet = next(one for one in page.findChildren(ReferSheet) if one.isVisible())
    sheet.picker.set_chosen((service,))
    sheet._picked()


def test_whoever_waits_already_is_asked_for_again_only_by_insisting(
    open_page: Open, point_a: Workplace
) -> None:
    done = register(point_a, services=("ORI",))
    page, hands = at_person(open_page, point_a, done.attendee)
    hands.press(Qt.Key.Key_F8)
    pick(page, "ORI")
    hands.control(Qt.Key.Key_Return)
    assert getattr(hands.trouble[0], "code", "") == "still-open"
    assert asked(point_a, done.attendee) == [("ORI", "issued")]
    hands.control(Qt.Key.Key_Return)
    assert asked(point_a, done.attendee) == [("ORI", "issued"), ("ORI", "issued")]


def test_that_the_places_are_gone_is_said(
    open_page: Open, point_a: Workplace, fair: Fair, clock: FixedClock
) -> None:
    fair.add(
        (new_id(clock), Service(code="CUP", name_es="Cupos contados", shortcut="c")),
        (new_id(clock), Desk(letter="Q", name="Mesa Q", services=("CUP",), order=7, quota=1)),
    )
    hear_of(point_a, fair)
    register(point_a, services=("CUP",))
    done = register(point_a, services=("ORI",))
    page, hands = at_person(open_page, point_a, done.attendee)
    hands.press(Qt.Key.Key_F8)
    pick(page, "CUP")
    hands.control(Qt.Key.Key_Return)
    hands.idle()
    assert hands.news[-1].startswith("Sin cupo. Se acabaron los cupos de Cupos contados.")
    assert asked(point_a, done.attendee)[-1] == ("CUP", "not_served")


def test_a_slip_that_was_written_by_hand_is_served_by_what_stands_on_it(
    open_page: Open, point_a: Workplace, point_b: Workplace, fair: Fair
) -> None:
    text = token.issue(
        point_a.identity.private_key,
        fair=fair.id,
        token_id=new_token_id(random_bytes),
        turn="A-007",
        desks=(),
        issued=datetime(2020, 1, 1, tzinfo=UTC),
        expires=datetime(2099, 1, 1, tzinfo=UTC),
    )
    Settings(point_b.home.settings).set(DESK, "C")
    hands = open_page(DeskPage, as_role(point_b, "desk"))
    page = hands.page
    assert isinstance(page, DeskPage)
    hands.scan(text)
    assert page.panel.services.words() == [
        "Servicio SAL. Sin noticias de otras mesas",
        "Servicio EMP. Sin noticias de otras mesas",
    ]
    assert any("escrita a mano" in remark for remark in page.panel.remarks())
    hands.press(Qt.Key.Key_Down)
    hands.type("s")
    hands.idle()
    assert page.recent.words()[0].startswith("A-007. Servicio EMP · atendido")
