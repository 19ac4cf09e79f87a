"""A hub that announces itself on loopback is heard there, and only what may be a hub's is taken."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
import zeroconf

from sync.client import nearby
from sync.server.announcing import Announcer
from sync.server.cli.hub import _Steering
from sync.wire.announcement import Announcement, read_txt
from tests.sync.client.memory import an_id

HERE = ["127.0.0.1"]
SHA = "ab" * 32
listen = partial(nearby.listen, interfaces=HERE)


def said(number: int, certificate: str = SHA) -> Announcement:
    return Announcement(hub=an_id(number), fair=an_id(2), certificate=certificate)


@pytest.fixture
def announced() -> Iterator[dict[str, Announcer]]:
    """A hub and two that say what is not quite the same, really announced; and one that has gone."""
    all_of = {
        "hub": Announcer(said(101), 8734, lambda: HERE),
        "other certificate": Announcer(said(101, "cd" * 32), 8735, lambda: HERE),
        "other hub": Announcer(said(102), 8736, lambda: HERE),
        "gone": Announcer(said(103), 8737, lambda: HERE),
    }
    for one in all_of.values():
        one.refresh()
        assert one.is_heard
    all_of["gone"].close()
    yield all_of
    for one in all_of.values():
        one.close()


def test_the_hub_with_this_id_and_certificate_is_heard(announced: dict[str, Announcer]) -> None:
    assert next(listen(an_id(101), SHA)) == "https://127.0.0.1:8734"
    assert next(listen(an_id(101), "cd" * 32)) == "https://127.0.0.1:8735"
    assert list(listen(an_id(102), "cd" * 32, seconds=0.5)) == []
    assert list(listen(an_id(103), SHA, seconds=0.5)) == [], "it has said goodbye"


def test_looking_ends_at_once_when_somebody_cancels() -> None:
    assert list(listen(an_id(101), SHA, lambda: True, seconds=3600)) == []


def test_a_machine_that_moves_is_announced_anew_and_one_without_network_not_at_all() -> None:
    now: list[str] = []
    announcer = Announcer(said(104), 8738, lambda: now)
    heard = []
    for numbers in ([], HERE, []):
        now = numbers
        announcer.refresh()
        heard.append(announcer.is_heard)
        if announcer.is_heard:
            assert next(listen(an_id(104), SHA)) == "https://127.0.0.1:8738"
    assert heard == [False, True, False]


def test_a_hubs_process_announces_it_and_takes_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.server.nearby.outside", lambda _host: HERE)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    node: Any = SimpleNamespace(server=an_id(107), keys=SimpleNamespace(public_key="00" * 32))
    steering = _Steering(node, said(107))
    steering.begun("https", "0.0.0.0", 8740, lambda: None)
    assert next(listen(an_id(107), SHA, seconds=20)) == "https://127.0.0.1:8740"
    steering.end()
    assert list(listen(an_id(107), SHA, seconds=0.5)) == []


def test_without_multicast_the_log_hears_of_it_once_and_nobody_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def none(*_: object, **__: object) -> None:
        raise OSError("no multicast here")

    monkeypatch.setattr(zeroconf, "Zeroconf", none)
    monkeypatch.setattr("sync.server.announcing.Zeroconf", none)
    monkeypatch.setattr(nearby._Told, "once", False)
    now = HERE
    announcer = Announcer(said(105), 8739, lambda: now)
    with caplog.at_level(logging.INFO):
        assert list(listen(an_id(105), SHA)) == list(listen(an_id(105), SHA)) == []
        announcer.refresh()
        now = [*HERE, "127.0.0.2"]
        announcer.refresh()
    assert not announcer.is_heard
    assert [record.name for record in caplog.records] == ["fairclient.nearby", "fairserver"]


@pytest.mark.parametrize("number", ["8.8.8.8", "0.0.0.0", "224.0.0.251", "255.255.255.255", "fe80::1", "x"])
def test_no_announcement_sends_a_laptop_far_away(number: str) -> None:
    assert nearby.addresses_of([number, "192.168.8.10"], 8734) == ["https://192.168.8.10:8734"]
    assert nearby.addresses_of(["192.168.8.10"], 0) == []


@pytest.mark.parametrize(
    "wrong", [{}, {b"hub": None}, {b"hub": b"\xff"}, {b"certificate": b"ab" * 31}, {b"fair": b"x" * 36}]
)
def test_what_is_no_hubs_record_is_left_alone(wrong: dict[bytes, bytes | None]) -> None:
    right = {name.encode(): value.encode() for name, value in said(106).model_dump().items()}
    assert read_txt(right) == said(106)
    assert read_txt(right | wrong if wrong else {}) is None


def test_nothing_personal_and_no_code_is_announced() -> None:
    assert set(Announcement.model_fields) == {"hub", "fair", "certificate"}
