"""What is remarked beneath a document: somebody has its number, or it was here before a purge."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from fairclient.base.clock import FixedClock
from fairclient.store.sync_port import StoreReplica
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.usecases.close_day import close_day
from fairclient.usecases.purge import purge
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair, everything
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, register

_DAY = 86_400


@pytest.fixture
def purged(point_a: Workplace, fair: Fair, clock: FixedClock) -> Workplace:
    """A laptop whose people of weeks ago are gone, among them PPT 7000123."""
    point_a.store.save_identity(replace(point_a.identity, server_url="http://127.0.0.1:1"))
    register(point_a, ("ORI",))
    clock.advance(60)
    close_day(point_a)
    StoreReplica(point_a.store).save_receipt(fair.receipt(everything(point_a.store)))
    clock.advance(7 * _DAY)
    purge(point_a.store, clock)
    return point_a


@pytest.fixture
def hands(purged: Workplace, open_page: Open) -> Hands:
    return open_page(RegisterPage, purged)


def _remark(hands: Hands, number: str, kind: str = "PPT") -> str:
    page = cast(RegisterPage, hands.page)
    page.new_family()
    page.fill({"documents.0.type": kind, "documents.0.number": number})
    page.person.fields.go_to("given_names")
    page.form.touch(["documents"])
    hands.idle()
    return page.person.fields.fields["documents"].finding()


def test_a_document_of_before_the_purge_is_remarked_and_nobody_is_named(hands: Hands) -> None:
    said = _remark(hands, "7.000.123")
    assert said.startswith("Este documento ya se registró antes en este equipo")
    assert "Luz" not in said and "Ensayo" not in said
    assert "ya se registró" not in _remark(hands, "7000124")
    assert hands.trouble == []


def test_the_remark_goes_when_the_number_is_changed(hands: Hands) -> None:
    assert _remark(hands, "7000123")
    page = cast(RegisterPage, hands.page)
    lines = page.person.fields.fields["documents"].findChildren(QLineEdit)
    next(line for line in lines if line.text() == "7000123").setFocus()
    hands.press(Qt.Key.Key_End)
    hands.type("9")
    assert "ya se registró" not in page.person.fields.fields["documents"].finding()


def test_who_has_the_number_now_is_said_first(hands: Hands, purged: Workplace) -> None:
    register(purged, ("ORI",), given="Yorman", surname="Urdaneta")
    assert _remark(hands, "7000123").startswith("Yorman Urdaneta ya tiene este número")
