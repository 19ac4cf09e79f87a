"""Options are declared once, checked when kept, and never stop the work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairclient.base import settings
from fairclient.base.settings import OPTIONS, Settings


def test_a_value_comes_back_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings(path).set(settings.TEXT_PERCENT, 125)
    Settings(path).set(settings.LANGUAGE, "en")
    again = Settings(path)
    assert again.get(settings.TEXT_PERCENT) == 125
    assert again.get(settings.LANGUAGE) == "en"
    assert again.get(settings.SOUND) is True


def test_every_option_accepts_its_own_default_and_has_its_own_key() -> None:
    assert all(option.valid(option.default) for option in OPTIONS)
    assert len({option.key for option in OPTIONS}) == len(OPTIONS)
    assert all(option.description for option in OPTIONS)


def test_a_value_out_of_limits_is_refused_and_a_kept_one_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    with pytest.raises(ValueError):
        Settings(path).set(settings.TEXT_PERCENT, 7)
    path.write_text(json.dumps({"text_percent": 7, "sound": 1, "slip_format": "a3"}))
    kept = Settings(path)
    assert kept.get(settings.TEXT_PERCENT) == 100
    assert kept.get(settings.SOUND) is True
    assert kept.get(settings.SLIP_FORMAT) == "a6"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 60_000, b"null"])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert Settings(path).get(settings.LANGUAGE) == "es"


def test_an_option_of_another_version_survives(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"from_the_future": [1, 2]}')
    Settings(path).set(settings.SOUND, False)
    assert json.loads(path.read_text()) == {"from_the_future": [1, 2], "sound": False}
