"""The stick on the Sync page: saved sealed, told where, its receipts brought back; and what may go wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from fairclient.base.errors import SayError
from fairclient.base.settings import STICK_FOLDER
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.synchronise.page import SynchronisePage
from fairclient.usecases.workplace import Workplace
from sync.wire import bundle, receipts_file
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, Lent, carry, register


@pytest.fixture
def with_centre(point_a: Workplace) -> Workplace:
    """Point A was enrolled at a centre, which is far away."""
    point_a.store.save_identity(replace(point_a.identity, server_url="https://centre.invalid"))
    return point_a


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick, which is what people choose."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(folder / "acuse.json"), ""))
    return folder


def opened(open_page: Open, place: Workplace) -> tuple[SynchronisePage, Hands]:
    hands = open_page(SynchronisePage, place)
    assert isinstance(hands.page, SynchronisePage)
    return hands.page, hands


def states(page: SynchronisePage) -> set[str]:
    return {str(page.model.data(page.model.index(row, 2))) for row in range(page.model.rowCount())}


def answered(stick: Path, fair: Fair) -> bundle.Bundle:
    """The centre has opened the bundle and put its receipts on the stick."""
    (sealed,) = stick.glob("*.age")
    found = bundle.decode(pyrage.decrypt(sealed.read_bytes(), [fair.age]))
    receipts = [fair.receipt(batch) for batch in found.batches]
    (stick / "acuse.json").write_bytes(receipts_file.encode(receipts))
    return found


def test_there_and_back_by_two_keys(
    open_page: Open,
    with_centre: Workplace,
    point_b: Workplace,
    fair: Fair,
    stick: Path,
    lent: dict[Page, Lent],
) -> None:
    register(with_centre)
    register(point_b)
    carry(point_b, with_centre, fair)
    page, hands = opened(open_page, with_centre)
    total = page.model.rowCount()
    assert states(page) == {"Solo aquí"}

    hands.control(Qt.Key.Key_U)
    hands.idle()
    said = page.stick.words()
    assert said[0].startswith(f"Paquete n.º 1. {total + 6} registros en stick: ENSAYO-A-001.age.")
    assert said[1] == f"De estos equipos. Punto A: {total} · Punto B: 6"
    assert states(page) == {"En la memoria n.º 1"}
    assert "Todo está" not in page.truth.words()
    assert lent[page].equipment.settings.get(STICK_FOLDER) == str(stick)

    found = answered(stick, fair)
    assert found.manifest.entries == total + 6
    hands.control(Qt.Key.Key_T)
    hands.idle()
    assert page.stick.words() == [f"Llegó el acuse de {total}."]
    assert page.truth.words() == "Todo está en la central"
    assert states(page) == {"En la central"}


def test_what_goes_wrong_is_told_and_the_buttons_come_back(
    open_page: Open, with_centre: Workplace, stick: Path
) -> None:
    register(with_centre)
    page, hands = opened(open_page, with_centre)
    told: list[SayError] = []
    page.trouble.connect(told.append)
    hands.control(Qt.Key.Key_T)
    hands.idle()
    stick.rmdir()
    hands.control(Qt.Key.Key_U)
    hands.idle()
    assert [error.code for error in told] == ["unreadable", "stick-not-writable"]
    assert page.stick.save.isEnabled() and page.stick.take.isEnabled()
    assert states(page) == {"Solo aquí"}, "a bundle that was never finished counts for nothing"


def test_a_practice_fair_offers_neither(open_page: Open, point_a: Workplace, lent: dict[Page, Lent]) -> None:
    page, _hands = opened(open_page, point_a)
    lent[page].net.has_centre = False
    page.follow(lent[page].net)  # type: ignore[arg-type]
    assert not page.stick.save.isEnabled() and not page.stick.take.isEnabled()
