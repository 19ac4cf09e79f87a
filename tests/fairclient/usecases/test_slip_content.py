"""What stands on a slip's paper: what to bring, and nothing that a protected service would ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.ids import new_id
from fairclient.slips import bring
from fairclient.usecases.issue_slip import slip_content
from fairclient.usecases.replace_slip import reissue_slip
from sync.wire.service import Service
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import laptop, register


def test_what_to_bring_is_asked_by_service_and_never_by_a_protected_one(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = {"*": ("Documento",), "ORI": ("Recibo",), "VBG": ("Denuncia",)}
    monkeypatch.setattr(bring, "_listed", lambda: listed)
    fair = Fair(clock)
    fair.add((new_id(clock), Service(code="VBG", name_es="Ruta reservada", sensitive=True)))
    place = laptop(tmp_path / "a", clock, fair, "A")
    open_one, protected = (
        slip_content(place, register(place, services=services).slip.slip) for services in (("ORI",), ("VBG",))
    )
    assert open_one.bring == ("Documento", "Recibo")
    assert protected.bring == ("Documento",)
    place.close()


def test_a_copy_a_reissue_and_the_first_paper_are_told_apart(tmp_path: Path, clock: FixedClock) -> None:
    place = laptop(tmp_path / "a", clock, Fair(clock), "A")
    slip = register(place).slip.slip
    editions = [slip_content(place, slip).edition, slip_content(place, slip, again=True).edition]
    fresh = reissue_slip(place, slip).slip
    assert [*editions, slip_content(place, fresh).edition] == ["first", "copy", "reissue"]
    assert slip_content(place, fresh).turn == "A-001"
    place.close()


def test_somebody_with_names_as_long_as_they_may_be_gets_a_slip(tmp_path: Path, clock: FixedClock) -> None:
    place = laptop(tmp_path / "a", clock, Fair(clock), "A")
    done = register(place, given_names="Ñ" * 80, first_surname="D’" * 30, second_surname="O'" * 30)
    assert slip_content(place, done.slip.slip).display_name == "Ñ" * 40 + " D."
    place.close()
