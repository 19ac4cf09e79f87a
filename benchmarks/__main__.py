"""Run the benchmarks: `python -m benchmarks [GROUP …]`; a table on the screen and benchmarks/results.json."""

from __future__ import annotations

import importlib
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.figure import Figure

GROUPS = ("start", "save", "slips", "sync", "registration", "cards")
BESIDE = {"slips": ("desk", "queue"), "sync": ("hub",)}
"""Modules that are measured along with the one of a group's own name."""
RESULTS = Path(__file__).with_name("results.json")


def main(wanted: list[str]) -> int:
    """Run some groups (all by default); results of groups that are not run now are kept."""
    unknown = [name for name in wanted if name not in GROUPS]
    if unknown:
        print(f"There is no group {unknown[0]!r}; the groups are: {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures: list[Figure] = []
    for group in wanted or GROUPS:
        print(f"… {group}", file=sys.stderr, flush=True)
        for module in (group, *BESIDE.get(group, ())):
            figures += importlib.import_module(f"benchmarks.{module}").run()
    _keep(figures)
    _show(figures)
    return 0


def _keep(figures: list[Figure]) -> None:
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for figure in figures:
        line = asdict(figure)
        kept[line.pop("name")] = {key: line[key] for key in ("value", "unit", "budget", "peer")}
    RESULTS.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _show(figures: list[Figure]) -> None:
    table = Table(title="fairclient")
    for heading in ("figure", "value", "unit", "budget", "", "beside"):
        table.add_column(heading, justify="right" if heading == "value" else "left")
    for figure in figures:
        mark = {True: "within", False: "OVER", None: ""}[figure.good]
        table.add_row(figure.name, f"{figure.value:.2f}", figure.unit, figure.budget, mark, figure.peer)
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main([name for name in sys.argv[1:] if name]))
