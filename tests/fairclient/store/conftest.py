"""A home, an open store with an enrolled station and a fair, and small fictional facts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store.database import Store
from tests.fairclient.store.making import KEY, Fair, enrol, open_here


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests leave the keyring of whoever runs them alone."""
    monkeypatch.setenv("FAIRCLIENT_KEYRING", "off")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def fair(clock: FixedClock) -> Fair:
    """A fictional centre with a fair: it enrols stations and seals reference data."""
    return Fair(clock)


@pytest.fixture
def store(home: Home, clock: FixedClock, fair: Fair) -> Iterator[Store]:
    """An open store, enrolled as registration point A."""
    opened = open_here(home, KEY, clock)
    enrol(opened, fair, "A")
    yield opened
    opened.close()
