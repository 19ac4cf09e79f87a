"""A family of five takes no more keys than promised, and nothing is answered that nobody said."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from benchmarks import family_keys
from benchmarks.family_keys import FAMILY, Registrar, register_family, registered
from fairclient.base.settings import Settings
from fairclient.domain.normalise import fold
from fairclient.ui.equip import equip
from fairclient.ui.runner import Runner
from fairclient.ui.workspace import Workspace
from fairclient.usecases.workplace import Workplace


@pytest.fixture
def registrar(
    qtbot: QtBot, runner: Runner, show: Callable[[QWidget], None], place: Workplace
) -> Iterator[Registrar]:
    workspace = Workspace(place, runner, equip(place, runner, Settings(place.home.settings)))
    show(workspace)

    def rest() -> None:
        qtbot.waitUntil(runner.is_idle)
        QApplication.processEvents()

    yield Registrar(workspace, rest)
    workspace.shut_down()


@pytest.mark.parametrize(("scanned", "most"), [(True, family_keys.SCANNED), (False, family_keys.TYPED)])
def test_a_family_of_five(registrar: Registrar, place: Workplace, scanned: bool, most: int) -> None:
    keys = register_family(registrar, scanned=scanned)
    pages = registered(place)
    assert len(pages) == len(FAMILY)
    for page, member in zip(pages, FAMILY, strict=True):
        fact = page.fact
        names = (fact.given_names, fact.first_surname, fact.second_surname)
        told = (member.given_names, *member.surnames)
        assert [fold(name) for name in names] == [fold(name) for name in told]
        assert scanned or names == told  # a document's zone has no accents
        assert f"{fact.birth_date:%d%m%Y}" == member.birth
        assert (fact.sex, fact.profile) == (member.sex, "VP")
        assert [(one.type, one.number) for one in fact.documents] == [(member.paper, member.number)]
        assert len(page.slips) == 1 and len(page.referrals) == len(member.services)
        (said,) = page.authorisations
        assert (said.general, said.sensitive, said.image, said.statistics) == (True, True, False, True)
        mother = (pages[0].attendee, "MAD")
        child = member.birth[4:] > "2008"
        assert (said.representative, said.relation) == (mother if child else (None, ""))
    assert len({page.fact.household for page in pages}) == 1
    assert keys <= most


def test_an_empty_page_after_a_save_says_nothing(registrar: Registrar) -> None:
    register_family(registrar, scanned=False)
    assert registrar.page.form.findings == []
