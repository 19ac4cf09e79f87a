"""Resources are found in a checkout, in an installed package and in a frozen folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairclient.base import resources


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is remembered from one test to the next, nor to what runs after them."""
    resources.root.cache_clear()
    yield
    monkeypatch.undo()
    resources.root.cache_clear()


def test_a_checkout_has_them_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "fairclient").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "fairclient")
    assert resources.path("catalogues/services.csv") == tmp_path / "resources" / "catalogues" / "services.csv"


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fairclient" / "resources").mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "fairclient")
    assert resources.root() == tmp_path / "fairclient" / "resources"


def test_a_frozen_program_has_them_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.root() == tmp_path / "resources"


def test_an_installation_without_them_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        resources.root()
