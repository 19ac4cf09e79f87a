"""The Sync page: every count and word follows from receipts, and nothing is green before it is true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from fairclient.base.clock import FixedClock
from fairclient.store.queries import truth
from fairclient.store.sync_port import StoreReplica
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.synchronise import facts as synchronise_facts
from fairclient.ui.pages.synchronise.page import SynchronisePage
from fairclient.usecases.workplace import Workplace
from sync.client.report import Progress, SyncReport
from sync.client.trouble import SyncProblem
from sync.wire.receipt import Verdict
from tests.fairclient.store.making import Fair, everything
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, Lent, carry, register

ALL_THERE = "Todo está en la central"


def at_sync(open_page: Open, place: Workplace) -> tuple[SynchronisePage, Hands]:
    """The page and hands on it."""
    hands = open_page(SynchronisePage, place)
    assert isinstance(hands.page, SynchronisePage)
    return hands.page, hands


def acknowledge(place: Workplace, fair: Fair, tier: str = "centre", *verdicts: Verdict) -> int:
    """A server has taken everything that this laptop wrote; return how many entries."""
    batch = everything(place.store)
    StoreReplica(place.store).save_receipt(fair.receipt(batch, verdicts, tier))
    return batch.last


def counts(page: SynchronisePage) -> list[str]:
    """The numbers on the tiles."""
    return [words.split(".")[0] for words in page.counts.words()]


def cells(page: SynchronisePage, column: int) -> set[str]:
    """The different words in a column."""
    model = page.model
    return {str(model.data(model.index(row, column))) for row in range(model.rowCount())}


def test_what_is_only_here_is_amber(open_page: Open, point_a: Workplace) -> None:
    register(point_a)
    page, _hands = at_sync(open_page, point_a)
    total = page.model.rowCount()
    assert page.truth.words() == f"{total} registros están solo en este equipo"
    assert counts(page) == [
        f"Solo aquí: {total}",
        "En el concentrador: 0",
        "En la central: 0",
        "Por revisar: 0",
    ]
    assert cells(page, 2) == {"Solo aquí"} and cells(page, 3) == {"—"}


def test_a_hub_is_not_the_centre(open_page: Open, point_a: Workplace, fair: Fair) -> None:
    register(point_a)
    total = acknowledge(point_a, fair, "hub")
    page, _hands = at_sync(open_page, point_a)
    assert page.truth.words() == f"Faltan {total} registros por llegar a la central"
    assert cells(page, 2) == {"En el concentrador"}


def test_green_only_when_the_centre_has_everything(
    open_page: Open, point_a: Workplace, fair: Fair, clock: FixedClock
) -> None:
    register(point_a)
    page, hands = at_sync(open_page, point_a)
    assert page.truth.words() != ALL_THERE
    total = acknowledge(point_a, fair)
    page.heed({"receipt"})
    hands.idle()
    assert page.truth.words() == ALL_THERE
    assert counts(page)[2] == f"En la central: {total}"
    assert cells(page, 3) == {"1"}
    clock.advance(60)
    register(point_a)
    page.heed({"attendee"})
    hands.idle()
    assert "solo en este equipo" in page.truth.words()


def test_what_was_set_apart_is_explained_and_keeps_it_from_green(
    open_page: Open, point_a: Workplace, fair: Fair
) -> None:
    register(point_a)
    acknowledge(point_a, fair, "centre", Verdict(seq=2, verdict="quarantined", code="late-clock"))
    page, hands = at_sync(open_page, point_a)
    assert page.truth.words() == "1 registro está aparte, por revisar"
    hands.type("4")
    hands.idle()
    assert page.model.rowCount() == 1
    assert "revise el reloj" in cells(page, 2).pop()
    page.table.selectRow(0)
    assert "No se perdió" in page.detail.text() and "Acuse n.º 1" in page.detail.text()


def test_figures_choose_what_the_list_shows(open_page: Open, point_a: Workplace, fair: Fair) -> None:
    register(point_a)
    total = acknowledge(point_a, fair)
    register(point_a, given="Zoe")
    page, hands = at_sync(open_page, point_a)
    whole = page.model.rowCount()
    for key, state, rows in (("1", "Solo aquí", whole - total), ("3", "En la central", total)):
        hands.type(key)
        hands.idle()
        assert cells(page, 2) == {state} and page.model.rowCount() == rows
    hands.type("3")
    hands.idle()
    assert page.model.rowCount() == whole
    hands.type("2")
    hands.idle()
    assert page.table.isHidden()
    assert "Nada está en el concentrador" in page.empty.accessibleName()


def test_a_long_list_comes_in_pages(
    open_page: Open, point_a: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synchronise_facts, "PAGE", 4)
    monkeypatch.setattr("fairclient.ui.pages.synchronise.page.PAGE", 4)
    register(point_a)
    page, hands = at_sync(open_page, point_a)
    assert page.model.rowCount() == 4
    page.table.end_reached.emit()
    hands.idle()
    page.table.end_reached.emit()
    hands.idle()
    with point_a.store.read() as session:
        total = truth.summary(session).here
    assert page.model.rowCount() == total > 4
    model = page.model
    sentences = {model.sentence(row) for row in range(total)}
    assert any("Ficha" in sentence for sentence in sentences)


@pytest.mark.parametrize("key", ["enter", "ctrl+s"])
def test_a_pass_is_begun_followed_and_stopped_by_keys(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent], key: str
) -> None:
    register(point_a)
    page, hands = at_sync(open_page, point_a)
    net = lent[page].net
    hands.enter() if key == "enter" else hands.control(Qt.Key.Key_S)
    assert net.asked == 1
    assert page.truth.bar.isVisible() and not page.truth.sync.isVisible()
    net.progressed.emit(Progress("sending", 120, 249))
    assert (page.truth.bar.value(), page.truth.bar.maximum()) == (120, 249)
    assert page.truth.progress_text() == "Enviando: 120 de 249"
    hands.press(Qt.Key.Key_Escape)
    assert net.cancelled == 1
    assert "Terminando" in page.truth.progress_text()
    net.finish(SyncReport(sent=100, acknowledged=100, left=3))
    assert not page.truth.bar.isVisible() and page.truth.sync.isVisible()
    assert "Se enviaron 100 registros." in page.last.words()
    assert hands.focus() is page.truth.sync


def test_trouble_is_told_in_words_with_what_is_safe(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent]
) -> None:
    page, _hands = at_sync(open_page, point_a)
    lent[page].net.finish(SyncReport(sent=2, acknowledged=2, problem=SyncProblem("offline", "")), "offline")
    assert "No hay conexión con la red" in page.last.words()
    assert "Se enviaron 2 registros." in page.last.words()
    lent[page].net.finish(SyncReport())
    assert "No había nada nuevo" in page.last.words()


def test_a_practice_fair_says_that_it_has_no_centre(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent]
) -> None:
    page, _hands = at_sync(open_page, point_a)
    lent[page].net.has_centre = False
    page.follow(lent[page].net)  # type: ignore[arg-type]
    assert not page.truth.sync.isEnabled()
    assert page.first_focus() is page.table
    assert "feria de práctica" in page.last.words()


def test_each_laptop_says_when_it_was_last_heard_of(
    open_page: Open, point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
) -> None:
    page, hands = at_sync(open_page, point_a)
    assert page.stations.words()[1] == "Punto B. No ha llegado nada de este equipo"
    register(point_b)
    carry(point_b, point_a, fair)
    clock.advance(7200)
    page.heed({"station"})
    hands.idle()
    own, other = page.stations.words()
    assert own.startswith("Punto A. Este equipo")
    assert other.startswith("Punto B. 6 registros · sin acuse: 1–6.")


def test_what_left_on_a_stick_is_not_at_the_centre(
    open_page: Open, point_a: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(point_a)
    page, hands = at_sync(open_page, point_a)
    assert len(counts(page)) == 4
    facts = synchronise_facts.read_facts(point_a, "")
    on_stick = tuple(replace(one, state="stick", stick=3) for one in facts.records)
    moved = replace(facts, counts={"here": 0, "stick": len(on_stick)}, records=on_stick)
    monkeypatch.setattr("fairclient.ui.pages.synchronise.page.read_facts", lambda *_args: moved)
    page.refresh()
    hands.idle()
    assert page.truth.words() == f"{len(on_stick)} registros salieron en una memoria"
    assert counts(page)[4] == f"En una memoria: {len(on_stick)}"
    assert cells(page, 2) == {"En la memoria n.º 3"}
