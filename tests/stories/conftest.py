"""Parts of a fair day for stories: a real centre on loopback, laptops with real encrypted homes, commands."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from fairclient.cli.app import run
from fairclient.demo.centre import Centre
from fairclient.store import vault
from fairclient.store.slots import Cost
from tests.running_centre import NearCentre, running

PASSPHRASE = "cuatro palabras para probar"
COLUMNS = (
    "given_names", "first_surname", "second_surname", "birth_date", "sex", "nationality", "document_type",
    "document_number", "phone", "profile", "municipality", "household", "services",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The only JSON object that was printed."""
        lines = self.lines
        assert len(lines) == 1, self
        return lines[0]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """All JSON objects that were printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class Laptop:
    """A home folder and the commands that are run on it."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Said:
        self._capsys.readouterr()
        code = run(["--home", str(self.home), *arguments])
        said = self._capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Said(code, said.out, said.err)

    def register(self, people: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
        """Register some people from a file next to the home and return the lines that were printed."""
        return self("register", "--from", str(write_people(self.home.with_suffix(".csv"), people))).lines


def write_people(path: Path, people: Sequence[dict[str, str]]) -> Path:
    """Write a people.csv."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(people)
    return path


def person(**given: str) -> dict[str, str]:
    """Return a fictional person's row."""
    return {
        "given_names": "Yuleidy", "first_surname": "Urdaneta", "second_surname": "Villalobos",
        "birth_date": "2001-04-09", "sex": "F", "nationality": "VEN", "document_type": "PPT",
        "document_number": "5482193", "phone": "3005550142", "profile": "VP", "municipality": "08758",
        "services": "SAL-AFIL;EMP", **given,
    }  # fmt: skip


@pytest.fixture
def laptop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Laptop]:
    """Make a laptop by name; its home does not exist yet. Its passphrase is cheap to check."""
    monkeypatch.setenv("FAIRCLIENT_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(vault, "Cost", lambda: Cost(passes=1, memory_kib=64, lanes=1))
    return lambda name: Laptop(tmp_path / name, capsys)


@pytest.fixture(scope="module")
def started_centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """A central server with the demo fair, listening on loopback, shared by the stories of one file."""
    with running(NearCentre(tmp_path_factory.mktemp("centre"))) as centre:
        yield centre


@pytest.fixture
def own_centre(tmp_path: Path) -> Iterator[Centre]:
    """A central server for one story alone, which counts everything that is there."""
    folder = tmp_path / "own-centre"
    folder.mkdir()
    with running(NearCentre(folder)) as centre:
        yield centre


@pytest.fixture
def enrolled(started_centre: Centre, laptop: Callable[[str], Laptop]) -> Callable[[str, str], Laptop]:
    """Enrol a laptop by name and point at the shared centre."""
    return partial(enrol_at, started_centre, laptop)


def enrol_at(centre: Centre, laptop: Callable[[str], Laptop], name: str, point: str) -> Laptop:
    """Enrol a laptop by name and point."""
    made = laptop(name)
    code = centre.enrolment_code(name, point)
    said = made("enrol", "--server", centre.url, "--code", code, "--name", "Operadora ficticia", "--json")
    assert said.code == 0, said
    return made


@pytest.fixture
def practice(laptop: Callable[[str], Laptop]) -> Laptop:
    """A laptop with the practice fair, which needs no server."""
    made = laptop("practice")
    said = made("practice", "--no-window", "--json")
    assert said.code == 0, said
    return made
