"""The pinned lists: every library with its hashes, no address, and one version in all of them."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.checkout import ROOT

FILES = ("runtime", "server", "dev", "installer")
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)(.*)$")


def _text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def _pins(name: str) -> dict[str, str]:
    return {match[1]: match[2] for line in _text(name).splitlines() if (match := PIN.match(line))}


@pytest.mark.parametrize("name", FILES)
def test_no_address_is_written(name: str) -> None:
    assert "://" not in _text(name)
    assert not re.search(r"^-(?!-hash)", _text(name), re.MULTILINE)


@pytest.mark.parametrize("name", FILES)
def test_every_library_has_hashes(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", _text(name), flags=re.MULTILINE)[1:]
    assert len(entries) == len(_pins(name)) > 0
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lists_agree() -> None:
    whole = _pins("dev")
    assert _pins("runtime").items() <= _pins("server").items() <= whole.items()
    shared = _pins("installer").keys() & whole.keys()
    assert {name: _pins("installer")[name] for name in shared} == {name: whole[name] for name in shared}


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = sum(project["optional-dependencies"].values(), project["dependencies"])
    names = {re.split(r"[\[<>=!; ]", one)[0].lower().replace("_", "-") for one in declared}
    assert names - _pins("dev").keys() == set()


def test_qt_is_one_family() -> None:
    pins = _pins("runtime")
    assert pins["pyside6-essentials"] == pins["pyside6-addons"] == pins["shiboken6"]
