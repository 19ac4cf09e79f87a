"""The figure in docs/architecture.md is the contract that the import linter holds."""

from __future__ import annotations

import re
import tomllib

from tests.house.checkout import ROOT, modules


def _contract() -> list[str]:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(one for one in linter["contracts"] if one["type"] == "layers")["layers"]
    return [re.sub(r"[()]", "", layer) for layer in layers]


def _figure() -> list[str]:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- layers -->\n```\n(.*?)```", text, re.DOTALL)
    assert found, "docs/architecture.md has lost its figure"
    # What comes after two spaces explains the layer.
    return [line.split("  ")[0].strip() for line in found[1].splitlines() if line.strip()]


def test_the_figure_is_the_contract() -> None:
    assert _figure() == _contract()


def test_every_package_of_the_client_has_its_floor() -> None:
    floors = {name.strip() for layer in _contract() for name in layer.split("|")}
    inside = {".".join(name.removesuffix(".py").split("/")[:2]) for name, _tree in modules("fairclient")}
    assert inside - floors - {"fairclient.__init__"} == set()
