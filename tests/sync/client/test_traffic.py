"""Bytes that are counted, and a limit beyond which nothing is sent."""

from __future__ import annotations

import pytest

from sync.client.engine import synchronise
from sync.client.http import HttpTransport
from sync.client.traffic import OVERHEAD, Traffic
from sync.client.trouble import Trouble
from sync.wire import signing
from tests.sync.client.memory import CENTRE_KEY, MemoryCentre, MemoryReplica
from tests.sync.client.scripted import serving
from tests.sync.client.speaking import Speaking


def test_both_ways_are_counted() -> None:
    told: list[int] = []
    traffic = Traffic(on_bytes=told.append)
    traffic.begin(1000)
    traffic.received(500)
    assert traffic.carried == 1500 + OVERHEAD == sum(told)


def test_what_would_go_beyond_the_limit_is_not_begun() -> None:
    traffic = Traffic(2 * OVERHEAD + 100)
    traffic.begin(0)
    traffic.received(50)
    traffic.begin(50)
    with pytest.raises(Trouble) as over:
        traffic.begin(0)
    assert over.value.code == "data-limit"


def test_a_pass_ends_at_the_limit_and_goes_on_where_it_was(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    laptop.register(30)
    with serving(Speaking(centre, laptop)) as server:
        url = f"http://127.0.0.1:{server.port}"
        key = signing.public_bytes(CENTRE_KEY)
        little = Traffic(4 * OVERHEAD)
        with HttpTransport(url, laptop.station, laptop.key, key, traffic=little) as line:
            report = synchronise(laptop, line)
        assert report.problem is not None and report.problem.code == "data-limit"
        assert report.left == 30 and little.carried <= 4 * OVERHEAD + 8192
        enough = Traffic()
        with HttpTransport(url, laptop.station, laptop.key, key, traffic=enough) as line:
            report = synchronise(laptop, line)
    assert (report.complete, centre.effects) == (True, 30)
    assert enough.carried > 5 * OVERHEAD
