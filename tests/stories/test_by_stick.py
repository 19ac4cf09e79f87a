"""A week without network: everything goes to the centre on a stick, and the receipts come back on it."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairclient.demo.centre import Centre
from tests.stories.conftest import Laptop, person
from tests.sync.server.command import Commands

Enrolled = Callable[[str, str], Laptop]


@pytest.fixture
def fairserver(
    started_centre: Centre, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Commands:
    """Commands at the centre, while it serves."""
    return Commands(started_centre.database, monkeypatch, capsys)


def carry(fairserver: Commands, bundle: Path, *more: str) -> dict[str, Any]:
    """Import a bundle at the centre."""
    found: dict[str, Any] = fairserver("import-bundle", str(bundle), "--json", *more).json()
    return found


def centre_state(fairserver: Commands) -> dict[str, Any]:
    found: dict[str, Any] = fairserver("state", "--fair", "DEMO", "--json").json()
    return found


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def saved(laptop: Laptop, out: Path) -> dict[str, Any]:
    said = laptop("export", "bundle", "--out", str(out), "--json")
    assert said.code == 0, said
    return said.json


def test_a_week_without_network(enrolled: Enrolled, fairserver: Commands, stick: Path) -> None:
    point = enrolled("far-away", "K")
    point.register([person(document_number=str(number)) for number in range(3)])
    written = point("state", "--json").json
    assert written["acknowledged"] < written["entries"]

    bundle = saved(point, stick)
    path = Path(bundle["out"])
    assert (path.parent, path.name) == (stick, "DEMO-K-001.age")
    assert [(one["point"], one["entries"]) for one in bundle["stations"]] == [("K", bundle["entries"])]
    assert b"Yuleidy" not in path.read_bytes() and list(stick.iterdir()) == [path]

    receipts = stick / "acuse.json"
    first = carry(fairserver, path, "--receipts-out", str(receipts))
    assert (first["new"], first["quarantined"], first["problems"]) == (bundle["entries"], 0, [])

    before = centre_state(fairserver)
    again = carry(fairserver, path)
    assert (again["new"], centre_state(fairserver)) == (0, before)

    back = point("import", "receipts", str(receipts), "--json")
    assert (back.code, back.json["acknowledged"], back.json["left"]) == (0, bundle["entries"], 0), back
    state = point("state", "--json").json
    assert state["acknowledged"] == state["entries"]
    assert point("export", "bundle", "--out", str(stick), "--json").json["error"]["code"] == "nothing"
    assert point("sync", "--json").json["sent"] == 0, "HTTPS has nothing left to do"
    assert point("state", "--json").json["state_digest"] == centre_state(fairserver)["state_digest"]


def test_the_stick_and_the_network_in_any_order(
    enrolled: Enrolled, fairserver: Commands, stick: Path
) -> None:
    point, other = enrolled("mixed", "L"), enrolled("mixed-other", "M")
    point.register([person(document_number="901")])
    old = Path(saved(point, stick)["out"])
    point.register([person(document_number="902")])
    newer = Path(saved(point, stick)["out"])
    assert point("sync", "--json").code == 0
    assert other("sync", "--json").code == 0
    settled = centre_state(fairserver)
    assert carry(fairserver, newer)["new"] == carry(fairserver, old)["new"] == 0
    now = centre_state(fairserver)
    assert (now["state_digest"], now["entries"]) == (settled["state_digest"], settled["entries"])

    other.register([person(document_number="903")])
    both = saved(other, stick)
    assert {one["point"] for one in both["stations"]} == {"M"}, "what the centre proved to have stays at home"
    assert carry(fairserver, Path(both["out"]))["problems"] == []


def test_what_was_tampered_with_cut_or_swapped_is_rejected_whole(
    enrolled: Enrolled, fairserver: Commands, stick: Path
) -> None:
    point = enrolled("tampered", "N")
    point.register([person(document_number="77")])
    path = Path(saved(point, stick)["out"])
    good = path.read_bytes()
    before = centre_state(fairserver)
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 1
    for bad in (bytes(flipped), good[:-1], good[: len(good) // 2], b"", good + b"x"):
        path.write_bytes(bad)
        ran = fairserver("import-bundle", str(path), "--json")
        assert ran.code == 1 and "Nothing was changed" in ran.err
        assert path.read_bytes() == bad, "the file itself is kept"
    assert centre_state(fairserver) == before
    path.write_bytes(good)
    assert carry(fairserver, path)["new"] > 0


def test_a_full_disk_leaves_no_half_and_the_old_one_whole(
    enrolled: Enrolled, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = enrolled("full", "O")
    point.register([person(document_number="78")])
    path = stick / "paquete.age"
    saved(point, path)
    old = path.read_bytes()
    real = os.fsync

    def full(descriptor: int) -> None:
        aside = stick / "paquete.age.new"
        if aside.exists() and os.path.samestat(os.fstat(descriptor), aside.stat()):
            raise OSError(errno.ENOSPC, "no room")
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        said = point("export", "bundle", "--out", str(path), "--json").json["error"]
    assert said["code"] == "disk-full" and str(stick) in said["what"] and said["safe"]
    assert path.read_bytes() == old and list(stick.iterdir()) == [path]
    gone = point("export", "bundle", "--out", str(stick / "pulled" / "x.age"), "--json").json["error"]
    assert gone["code"] == "stick-not-writable" and gone["do"]


def test_files_of_the_wrong_kind_are_told_apart(
    enrolled: Enrolled, practice: Laptop, fairserver: Commands, stick: Path
) -> None:
    point = enrolled("wrong", "P")
    point.register([person(document_number="79")])
    bundle = Path(saved(point, stick)["out"])
    receipts = stick / "acuse.json"
    carry(fairserver, bundle, "--receipts-out", str(receipts))
    left = point("state", "--json").json["acknowledged"]

    def refused(laptop: Laptop, path: Path) -> str:
        said = laptop("import", "receipts", str(path), "--json")
        assert said.code == 1 and said.json["error"]["safe"], said
        return str(said.json["error"]["code"])

    assert refused(point, bundle) == "sealed-bundle"
    assert refused(point, stick / "none.json") == "unreadable"
    assert refused(practice, receipts) == "foreign-receipts"
    good = receipts.read_text(encoding="utf-8")
    for bad, code in ((good[:-9], "not-receipts"), (good.replace('"seq":', '"seq":1'), "bad-signature")):
        receipts.write_text(bad, encoding="utf-8")
        assert refused(point, receipts) == code
    assert point("state", "--json").json["acknowledged"] == left
    assert practice("export", "bundle", "--out", str(stick), "--json").json["error"]["code"] == "practice"
    assert point("import", "bundle", str(bundle)).code == 1


def test_what_leaves_quarantine_counts_at_every_laptop(
    enrolled: Enrolled, fairserver: Commands, stick: Path
) -> None:
    """Somebody's permission was set to an end too early; what she wrote after it comes out again."""
    point, other = enrolled("too-late", "Q"), enrolled("other-point", "R")
    (line,) = point.register([person(document_number="8080", given_names="Maruja")])
    who = _author(point, line["attendee"], stick)
    fairserver("operators", "until", who, "2020-01-01", "--fair", "DEMO")
    written = point("sync", "--json").json
    assert written["quarantined"] == written["sent"] > 0
    other("sync", "--json")
    assert other("search", "Maruja", "--json").json["found"] == []
    fairserver("operators", "until", who, "2199-01-01", "--fair", "DEMO")
    assert fairserver("quarantine", "requeue", "--fair", "DEMO", "--json").json() == {
        "released": written["sent"],
        "left": 0,
    }
    for one in (point, other):
        assert one("sync", "--json").code == 0
        assert len(one("search", "Maruja", "--json").json["found"]) == 1
        assert one("state", "--json").json["state_digest"] == centre_state(fairserver)["state_digest"]
        assert one("doctor", "--replay", "--json").json["healthy"]
    assert other("sync", "--json").json["received"] == 0, "a body is asked for once"


def _author(laptop: Laptop, subject: str, folder: Path) -> str:
    out = folder / "journal.jsonl"
    assert laptop("export", "journal", "--out", str(out), "--json").code == 0
    entries = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    (author,) = {entry["author"] for entry in entries if entry["subject"] == subject}
    return str(author)
