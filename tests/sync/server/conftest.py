"""Servers to test against: each test runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from sync.server import enrolment, fair_file, opening
from sync.server.enrolment import Grant
from sync.server.node import Node
from sync.wire.station import Scope
from tests.sync.server import postgres
from tests.sync.server.command import Commands
from tests.sync.server.laptop import Laptop

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
NOW_MS = 1_773_500_000_000


@dataclass
class Clock:
    """The server's clock, moved by hand."""

    ms: int = NOW_MS

    def __call__(self) -> int:
        return self.ms

    def advance(self, seconds: float) -> None:
        self.ms += int(seconds * 1000)


@dataclass
class Place:
    """A server that was set up with one fair, and what tests do to it."""

    node: Node
    clock: Clock
    fair: str
    address: str
    counter: Iterator[int] = field(default_factory=itertools.count)

    def code(self, scope: Scope = "fair", minutes: float = 10, **more: str) -> str:
        """Return an enrolment code."""
        with self.node.database.write() as connection:
            grant = Grant(self.fair, ("registrar", "supervisor"), scope, **more)
            return enrolment.new_code(connection, self.node, grant, minutes)[0]

    def laptop(self, scope: Scope = "fair") -> Laptop:
        """Return an enrolled laptop."""
        laptop = Laptop()
        reply = enrolment.enrol(self.node, laptop.enrol_request(self.code(scope)))
        return laptop.enrolled(reply)


@pytest.fixture(scope="session")
def fair_json(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small fictional fair as a file."""
    path = tmp_path_factory.mktemp("fair") / "fair.json"
    path.write_text(
        '{"fair": {"code": "PRUEBA", "name": "Feria de prueba (ficticia)", "starts": "2026-03-14",'
        ' "ends": "2026-03-14", "fictional": true},'
        ' "services": [{"code": "SISBEN", "name_es": "SISBEN"},'
        ' {"code": "SAL-VAC", "name_es": "Vacunación"}],'
        ' "desks": [{"letter": "B", "name": "Mesa B", "services": ["SISBEN", "SAL-VAC"]}]}',
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """A PostgreSQL for the whole run, started when the first test asks for it."""
    with postgres.running() as address:
        yield address


@pytest.fixture(scope="session")
def template(
    fair_json: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[str], tuple[str, Path, str]]:
    """Set a server up once for each engine; tests get copies, which is much faster."""
    made: dict[str, tuple[str, Path, str]] = {}

    def give(engine: str) -> tuple[str, Path, str]:
        if engine not in made:
            folder = tmp_path_factory.mktemp(engine)
            if engine == "sqlite":
                address = f"sqlite:///{folder / 'template.db'}"
            else:
                address = postgres.fresh_database(
                    request.getfixturevalue("postgres_address"), "fair_template"
                )
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("FAIRSERVER_HOME", str(folder))
                node, fair = opening.set_up(address, "Central", fair_file.read(fair_json))
            node.database.close()
            made[engine] = address, folder, fair or ""
        return made[engine]

    return give


_names = itertools.count(1)


@pytest.fixture
def empty_address(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a database with nothing in it, on each engine."""
    monkeypatch.setenv("FAIRSERVER_HOME", str(tmp_path / "keys"))
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    base, name = request.getfixturevalue("postgres_address"), f"fair_empty_{next(_names)}"
    yield postgres.fresh_database(base, name)
    postgres.drop_database(base, name)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of an engine."""
    name: str = request.param
    return name


@pytest.fixture
def address(
    engine: str,
    request: pytest.FixtureRequest,
    template: Callable[[str], tuple[str, Path, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """The address of a server that was set up, on each engine."""
    _, folder, _ = template(engine)
    shutil.copytree(folder, tmp_path / "server")
    monkeypatch.setenv("FAIRSERVER_HOME", str(tmp_path / "server"))
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'server' / 'template.db'}"
        return
    base, name = request.getfixturevalue("postgres_address"), f"fair_{next(_names)}"
    yield postgres.fresh_database(base, name, "fair_template")
    postgres.drop_database(base, name)


@pytest.fixture
def place(address: str) -> Iterator[Place]:
    """A server that was set up, open, on each engine."""
    node = opening.open_node(address)
    clock = Clock()
    node = replace(node, now_ms=clock)
    with node.database.read() as connection:
        fair = connection.exec_driver_sql("SELECT subject FROM fair").scalar_one()
    yield Place(node, clock, fair, address)
    node.database.close()


@pytest.fixture
def fairserver(address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    """Commands against a server that was set up."""
    return Commands(address, monkeypatch, capsys)
