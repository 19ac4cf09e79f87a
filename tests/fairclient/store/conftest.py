"""A home with cheap keys, an open store with an enrolled station, and small fictional facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests leave the keyring of whoever runs them alone."""
    monkeypatch.setenv("FAIRCLIENT_KEYRING", "off")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()
