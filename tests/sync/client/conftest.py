"""A laptop and a centre that know each other, both in memory."""

from __future__ import annotations

import pytest

from tests.sync.client.memory import MemoryCentre, MemoryReplica


@pytest.fixture
def centre() -> MemoryCentre:
    return MemoryCentre()


@pytest.fixture
def laptop(centre: MemoryCentre) -> MemoryReplica:
    replica = MemoryReplica(1)
    centre.enrol(replica)
    return replica
