"""Laptops and the server are killed (-9) at work: what was said to be saved arrives, and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kills import kill_again_and_again


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_whoever_dies_nothing_is_lost_and_nothing_twice(engine: str, tmp_path: Path) -> None:
    points = "AB" if engine == "sqlite" else "A"
    counts = kill_again_and_again(tmp_path, engine, 2, 7, points)
    assert counts["kills"] == 2
    assert counts["people"] >= 6
    assert (counts["lost"], counts["repeated"]) == (0, 0)
