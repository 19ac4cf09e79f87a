"""What every test stands on: no screen, no keyring, Spanish, a home of its own, a clock that stands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before Qt, keyring or the program is imported: a test never opens a window, nor asks the keyring of the
# person who runs it.
if sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for _name in [name for name in os.environ if name.startswith("FAIRCLIENT_")]:
    del os.environ[_name]

from fairclient.base import words  # noqa: E402
from fairclient.base.clock import FixedClock  # noqa: E402

# The same examples on every run and machine, however slow the machine is.
settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _spanish() -> Iterator[None]:
    """Each test starts in Spanish, whatever the one before it or the machine speaks."""
    words.set_language(words.SOURCE)
    yield
    words.set_language(words.SOURCE)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "user"))


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still until the test moves it."""
    return FixedClock()
