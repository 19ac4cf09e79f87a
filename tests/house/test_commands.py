"""docs/commands.md names every command of both programs with every option, and none that isn't there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from fairclient.cli.app import app as fairclient
from sync.server.cli.main import app as fairserver
from tests.house.checkout import ROOT

EVERYWHERE = {"--json", "--database", "--fair", "--help"}
"""Options of many commands, which the document tells of once."""


def commands(group: Any, before: str = "") -> Iterator[tuple[str, list[set[str]]]]:
    """The name of each command of a program, with its options: of a yes and a no, one of them is enough."""
    for name, one in group.commands.items():
        if one.hidden:
            continue
        if hasattr(one, "commands"):
            yield from commands(one, f"{before}{name} ")
        else:
            yield before + name, [{*given.opts, *given.secondary_opts} for given in one.params]


def section(program: str) -> str:
    """What the document says of a program."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    return next(part for part in re.split(r"^## ", text, flags=re.M) if part.startswith(f"{program}\n"))


def saying(name: str, text: str) -> str:
    """The rows of the table and the paragraphs that tell of a command."""
    return "\n".join(part for part in re.split(r"\n(?=\| )|\n\n", text) if re.search(rf"`{name}[ `]", part))


@pytest.mark.parametrize(
    ("program", "app", "hub"), [("fairclient", fairclient, set()), ("fairserver", fairserver, {"hub"})]
)
def test_the_document_names_each_command_and_option(program: str, app: typer.Typer, hub: set[str]) -> None:
    """But `fairserver hub`, which the window starts and nobody else."""
    text = section(program)
    found = dict(commands(typer.main.get_command(app)))
    lacking = [name for name in found if name not in hub and not saying(name, text)]
    lacking += [
        f"{name} {sorted(ways)}"
        for name, options in found.items()
        for ways in options
        if name not in hub
        and min(ways).startswith("--")
        and not any(way in EVERYWHERE or way in saying(name, text) for way in ways)
    ]
    assert lacking == []
    first = set(re.findall(r"^\| `([a-z-]+)", text, flags=re.M))
    assert first <= {name.partition(" ")[0] for name in found} - hub
