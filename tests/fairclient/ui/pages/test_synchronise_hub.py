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
from fairclient.store.queries.truth import StationHeard
from fairclient.store.sync_port import StoreReplica
from fairclient.ui.hosting import hosting
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.synchronise import tent as synchronise_tent
from fairclient.ui.pages.synchronise.headline import (
    LOST,
    NO_HUB,
    OWN,
    WELL,
    Around,
    headline,
    missing_words,
)
from fairclient.ui.pages.synchronise.invitation import InvitationSheet, JoinSheet
from fairclient.ui.pages.synchronise.page import SynchronisePage
from fairclient.usecases.run_hub import as_text
from fairclient.usecases.workplace import Workplace
from sync.client.report import SyncReport
from sync.client.trouble import SyncProblem
from sync.wire.invitation import Invitation
from tests.fairclient.store.making import Fair, everything
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, Lent, as_role, register

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
    assert page.hub.words() == ["Unido a Punto B. 192.168.8.10:41233"]
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
    assert any("El concentrador no responde" in words for words in page.hub.words())
    assert page.hub.start.isVisible() and page.hub.join.isVisible()


def test_what_may_be_spent_is_kept(open_page: Open, point_a: Workplace, lent: dict[Page, Lent]) -> None:
    page, _hands = at_sync(open_page, point_a)
    assert page.choices.by_itself.isChecked() is Settings(point_a.home.settings).get(AUTO_SYNC)
    page.choices.by_itself.click()
    assert lent[page].net.automatic == [False]
    page.choices.limit.setValue(25)
    assert Settings(point_a.home.settings).get(DATA_LIMIT_MB) == 25


def test_what_waits_for_the_day_to_be_closed_says_so() -> None:
    assert "después de cerrar el día" in headline({"here": 3}, Around(held=3))[3]
    assert "después de cerrar el día" not in headline({"here": 3})[3]


def test_the_keys_live_on_after_one_sheet_followed_another(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sheet for joining goes when that for inviting comes; its keys are gone with it."""
    monkeypatch.setattr(synchronise_tent, "start_hub", lambda _place: Running())
    page, hands = at_sync(open_page, point_a)
    hands.control(Qt.Key.Key_J)
    sheet_of(page, JoinSheet).close_sheet()
    hands.control(Qt.Key.Key_H)
    hands.idle()
    sheet_of(page, InvitationSheet).close_sheet()
    asked = lent[page].net.asked
    hands.control(Qt.Key.Key_S)
    assert lent[page].net.asked == asked + 1


def heard(name: str, *ranges: tuple[int, int], **more: Any) -> StationHeard:
    known: dict[str, Any] = {"point": "B", "last_hlc": "0", "entries": 9, "own": False, "revoked": False}
    return StationHeard(station=name, name=name, open_ranges=ranges, **known | more)


def test_whoever_supervises_is_told_which_laptops_are_missing(
    open_page: Open, point_a: Workplace, point_b: Workplace, fair: Fair
) -> None:
    register(point_a)
    StoreReplica(point_a.store).save_receipt(fair.receipt(everything(point_a.store)))
    page, _hands = at_sync(open_page, point_a)
    assert page.truth.words() == "Lo de este equipo está en la central; falta lo de 1 equipo"
    registrar, _hands = at_sync(open_page, as_role(point_a, "registrar"))
    assert registrar.truth.words() == "Todo está en la central", "whoever registers answers for one laptop"


def test_what_is_missing_is_named_and_counted() -> None:
    fair = [
        heard("A", (1, 9), own=True),
        heard("B", (4, 9), (12, 12)),
        heard("C", last_hlc=""),
        heard("D"),
        heard("E", revoked=True, last_hlc=""),
    ]
    missing = missing_words(fair)
    assert missing == ("B: 7 sin acuse", "C: no ha llegado nada")
    level, _icon, sentence, meaning = headline({"centre": 9}, Around(missing=missing))
    assert (level, sentence) == ("warn", "Lo de este equipo está en la central; falta lo de 2 equipos")
    assert meaning.startswith("B: 7 sin acuse; C: no ha llegado nada. Sincronícelos")
    assert headline({"centre": 9})[0] == "done"
    assert headline({"centre": 0})[2] == "Este equipo aún no ha escrito nada"
    assert headline({}, Around(missing=missing))[2] == "Este equipo no ha escrito nada; falta lo de 2 equipos"
    assert "; y 2 más." in headline({"centre": 9}, Around(missing=("B", "C", "D", "E", "F")))[3]


@pytest.mark.parametrize(
    ("hub", "words"),
    [
        (NO_HUB, "memoria USB"),
        (WELL, "En segundos pasan al concentrador"),
        (LOST, "el concentrador no responde"),
        (OWN, "Este equipo es el concentrador"),
    ],
)
def test_what_to_do_depends_on_the_hub(hub: str, words: str) -> None:
    meaning = headline({"here": 2, "hub": 40}, Around(hub=hub))[3]
    assert words in meaning and meaning.endswith("Otros 40 tienen copia en el concentrador.")


def test_a_hub_of_this_laptop_that_stopped_is_told_as_such(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent]
) -> None:
    page, hands = at_sync(open_page, point_a)
    joined(page, hands, replace(LINK, own=True))
    net = lent[page].net
    net.hub_report = SyncReport(problem=SyncProblem("refused", ""))
    net.hub_finished.emit(net.hub_report)
    assert page.hub.words()[0].startswith("Este equipo era el concentrador")
    assert "se detuvo" in page.hub.words()[1] and page.hub.start.isVisible()
