"""The hub on the Sync page: started, shown, joined by a scan or by pasting, left; and what may be spent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from fairclient.base.settings import AUTO_SYNC, DATA_LIMIT_MB, Settings
from fairclient.documents.scanned import ScannedInvitation
from fairclient.store import hub_link
from fairclient.store.hub_link import HubLink
from fairclient.ui.hosting import hosting
from fairclient.ui.pages import synchronise_tent
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.synchronise import SynchronisePage
from fairclient.ui.pages.synchronise_invitation import InvitationSheet, JoinSheet
from fairclient.ui.pages.synchronise_words import headline
from fairclient.usecases.run_hub import as_text
from fairclient.usecases.workplace import Workplace
from sync.client.report import SyncReport
from sync.client.trouble import SyncProblem
from sync.wire.invitation import Invitation
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, Lent, as_role

HUB = "01890000-0000-7000-8000-00000000000f"
LINK = HubLink(HUB, "Punto B", b"k" * 32, "00" * 32, ("https://192.168.8.10:41233",)).found_at(
    "https://192.168.8.10:41233"
)


class Running:
    """Stands for the hub's process."""

    is_running = True

    def __init__(self) -> None:
        self.stopped = 0
        self.codes = 0

    def invitation(self) -> Invitation:
        """Another one each time."""
        self.codes += 1
        return Invitation(
            hub=HUB,
            name="Punto A",
            fair=HUB,
            key="5a" * 32,
            certificate="c3" * 32,
            addresses=("https://192.168.8.10:41233",),
            code=f"{self.codes:032x}",
        )

    def stop(self) -> None:
        """It is over."""
        self.stopped += 1
        self.is_running = False


@pytest.fixture(autouse=True)
def nobody_hosts(qapp: Any) -> Iterator[None]:
    """No hub is left from one test to the next."""
    yield
    hosting().give_up()


def at_sync(open_page: Open, place: Workplace) -> tuple[SynchronisePage, Hands]:
    hands = open_page(SynchronisePage, place)
    assert isinstance(hands.page, SynchronisePage)
    return hands.page, hands


def joined(page: SynchronisePage, hands: Hands, link: HubLink = LINK) -> None:
    with page.place.store.transaction() as connection:
        hub_link.save(connection, link)
    page.refresh()
    hands.idle()


def sheet_of(page: SynchronisePage, kind: type[Any]) -> Any:
    return next(sheet for sheet in page.findChildren(kind) if sheet.isVisible())


def test_a_supervisor_makes_this_laptop_the_hub_and_shows_how_to_join(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent], monkeypatch: pytest.MonkeyPatch
) -> None:
    running = Running()

    def start(place: Workplace) -> Running:
        with place.store.transaction() as connection:
            hub_link.save(connection, replace(LINK, name="Punto A"))
        return running

    monkeypatch.setattr(synchronise_tent, "start_hub", start)
    page, hands = at_sync(open_page, point_a)
    hands.control(Qt.Key.Key_H)
    hands.idle()
    sheet = sheet_of(page, InvitationSheet)
    assert "192.168.8.10:41233" in sheet.addresses.text()
    assert sheet._text == as_text(running.invitation().model_copy(update={"code": f"{1:032x}"}))
    assert page.hub.words() == [
        "Este equipo recoge lo de la carpa. No lo apague ni lo cierre mientras dure la feria."
    ]
    assert not page.hub.start.isVisible() and page.hub.end.isVisible()
    assert lent[page].net.looked == 1
    before = running.codes
    sheet.code_wanted.emit()
    hands.idle()
    assert running.codes == before + 1, "a code that grows old is replaced"
    sheet.close_sheet()
    page.hub.end.click()
    hands.idle()
    assert running.stopped == 1
    assert page.hub.words() == []


def test_only_a_supervisor_may_be_the_hub(open_page: Open, point_a: Workplace) -> None:
    desk = as_role(point_a, "desk")
    page, _hands = at_sync(open_page, desk)
    assert page.hub.join.isVisible() and not page.hub.start.isVisible()


@pytest.mark.parametrize("way", ["scan", "paste"])
def test_joining_by_a_scan_or_by_pasting(
    open_page: Open, point_a: Workplace, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    given: list[str] = []

    def join(place: Workplace, text: str) -> SyncReport:
        given.append(text)
        with place.store.transaction() as connection:
            hub_link.save(connection, LINK)
        return SyncReport(server="Punto B", tier="hub")

    monkeypatch.setattr(synchronise_tent, "join_hub", join)
    page, hands = at_sync(open_page, point_a)
    if way == "scan":
        page.receive(ScannedInvitation("FH1:ABC"))
    else:
        hands.control(Qt.Key.Key_J)
        sheet_of(page, JoinSheet).text.setPlainText("FH1:ABC")
        hands.control(Qt.Key.Key_Return)
    hands.idle()
    assert given == ["FH1:ABC"]
    assert hands.news == ["Unido al concentrador. Punto B"]
    assert page.hub.words() == ["Punto B. 192.168.8.10:41233"]
    assert page.hub.leave.isVisible() and not page.hub.join.isVisible()
    page.hub.leave.click()
    hands.idle()
    assert page.hub.words() == []


def test_a_hub_that_is_gone_is_told_and_another_may_take_over(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent]
) -> None:
    page, hands = at_sync(open_page, point_a)
    joined(page, hands)
    assert not page.hub.start.isVisible()
    net = lent[page].net
    net.hub_report = SyncReport(problem=SyncProblem("refused", ""))
    net.hub_finished.emit(net.hub_report)
    assert any("no responde nadie" in words for words in page.hub.words())
    assert page.hub.start.isVisible() and page.hub.join.isVisible()


def test_what_may_be_spent_is_kept(open_page: Open, point_a: Workplace, lent: dict[Page, Lent]) -> None:
    page, _hands = at_sync(open_page, point_a)
    assert page.choices.by_itself.isChecked() is Settings(point_a.home.settings).get(AUTO_SYNC)
    page.choices.by_itself.click()
    assert lent[page].net.automatic == [False]
    page.choices.limit.setValue(25)
    assert Settings(point_a.home.settings).get(DATA_LIMIT_MB) == 25


def test_what_waits_for_the_day_to_be_closed_says_so() -> None:
    assert "después de cerrar el día" in headline({"here": 3}, 3)[3]
    assert "después de cerrar el día" not in headline({"here": 3})[3]
