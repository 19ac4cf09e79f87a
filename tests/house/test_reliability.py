"""The page on faults names every promise and every fault, and only tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
FOLDERS = {
    **{name: f"sync/{name}" for name in ("client", "server", "wire")},
    **{
        name: f"fairclient/{name}"
        for name in ("store", "usecases", "ui", "slips", "documents", "base", "printers")
    },
}
_NAMED = re.compile(r"`([a-z_]+)/(test_[a-z0-9_]+)\.py(?:::([A-Za-z0-9_]+))?`")


def test_every_promise_and_every_fault_has_a_test() -> None:
    rows = dict(re.findall(r"^\| (I?\d+) \|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE))
    assert set(rows) == {f"I{number}" for number in range(1, 17)} | {str(number) for number in range(1, 46)}
    assert [number for number, tests in rows.items() if not _NAMED.search(tests)] == []


def test_each_test_that_is_named_exists() -> None:
    missing = []
    for folder, module, name in _NAMED.findall(PAGE):
        path = ROOT / "tests" / FOLDERS.get(folder, folder) / f"{module}.py"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if not text or (name and not re.search(rf"^(def |class |){name}\b", text, re.MULTILINE)):
            missing.append(f"{folder}/{module}::{name}")
    assert missing == []
