"""Two laptops of one fair that have not met: point A, where people register, and point B, where a desk is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import hear_of, laptop


@pytest.fixture
def fair(clock: FixedClock) -> Fair:
    """A fictional centre: services ORI, SAL and EMP; desk B gives ORI, desk C the others."""
    return Fair(clock)


@pytest.fixture
def point_a(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[Workplace]:
    """Where people are registered."""
    place = laptop(tmp_path / "a", clock, fair, "A")
    yield place
    place.close()


@pytest.fixture
def point_b(tmp_path: Path, clock: FixedClock, fair: Fair, point_a: Workplace) -> Iterator[Workplace]:
    """Another laptop; both know of each other's keys, neither has heard what the other wrote."""
    place = laptop(tmp_path / "b", clock, fair, "B")
    hear_of(point_a, fair)
    yield place
    place.close()
