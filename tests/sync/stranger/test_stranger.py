"""The stranger's client against the real server: what was written from docs/protocol.md alone, alone works.

The modules beside this one were written by reading that page and nothing else, and take the tables of facts
from the page itself. Where the program changes and the page does not, or the other way round, this fails.
"""

from __future__ import annotations

import ast
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fairclient.demo.centre import Centre
from fairclient.store import vault
from fairclient.store.slots import Cost
from sync.wire.invitation import Invitation, as_text
from tests.running_centre import NearCentre, running
from tests.stories.conftest import PASSPHRASE, Laptop, person
from tests.sync.client import tent
from tests.sync.stranger.journals import text_of
from tests.sync.stranger.line import Refused, Server
from tests.sync.stranger.merging import state_digest
from tests.sync.stranger.notation import Json, NotSo, public_half
from tests.sync.stranger.page import PAGE, Page
from tests.sync.stranger.station import Station
from tests.sync.stranger.stick import Range, bundle, scanned

SOMEBODY: Json = {"given_names": "Persona Ficticia", "sex": "F", "profile": "VP"}


class Steered(NearCentre):
    """A centre whose keeper gives commands."""

    def command(self, *words: str) -> str:
        return self._command(*words)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steered]:
    with running(Steered(tmp_path_factory.mktemp("centre"))) as found:
        yield found


@pytest.fixture
def stranger(centre: Steered) -> Callable[[str], Station]:
    """Enrol a stranger's laptop by name; it has heard the centre's journal."""

    def enrolled(name: str) -> Station:
        station = Station(Server(centre.url), Page(PAGE.read_text(encoding="utf-8")))
        station.enrol(centre.enrolment_code(name, "A"), f"Operadora ficticia {name}")
        station.exchange(station.centre)
        return station

    return enrolled


def new_id() -> str:
    return str(uuid.uuid4())


def settled(centre: Centre, *stations: Station) -> None:
    """Let everybody exchange twice; then all show what the centre shows."""
    for station in stations * 2:
        station.exchange(station.centre)
    assert {state_digest(station.shown()) for station in stations} == {centre.state()["state_digest"]}


def test_it_stands_on_nothing_of_ours() -> None:
    modules = [path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_")]
    assert len(modules) > 5
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            ours = [name for name in names if name.split(".")[0] in ("sync", "fairclient", "tests")]
            assert all(name.startswith("tests.sync.stranger.") for name in ours), path


def test_a_stranger_and_a_real_laptop_show_the_same(
    centre: Steered,
    stranger: Callable[[str], Station],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FAIRCLIENT_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(vault, "Cost", lambda: Cost(passes=1, memory_kib=64, lanes=1))
    laptop = Laptop(tmp_path / "laptop", capsys)
    code = centre.enrolment_code("Punto B", "B")
    assert laptop("enrol", "--server", centre.url, "--code", code, "--name", "Ana").code == 0
    assert [line["row"] for line in laptop.register([person()])] == [1]

    ours = stranger("Ajena")
    for compression in ("zstd", "gzip", "identity"):
        subject = new_id()
        ours.write("attendee", subject, SOMEBODY)
        ours.change("attendee", subject, {"phones": [{"number": "3005550142", "owner": ""}], "notes": "ñ"})
        ours.exchange(ours.centre, compression)
    assert ours.acknowledged()[text_of(ours.own.name)] == ours.own.last == 6
    assert not ours.has_news(ours.centre)
    assert laptop("sync").code == 0
    assert ours.has_news(ours.centre, 20)
    settled(centre, ours)
    theirs = [
        journal
        for name, journal in ours.journals.items()
        if name[0] not in (ours.own.name[0], ours.centre.id)
    ]
    assert {"attendee", "authorisation", "visit", "referral", "slip"} <= {
        one.kind for journal in theirs for one in journal.entries
    }
    assert laptop("sync").code == 0
    assert laptop("state", "--json").json["state_digest"] == state_digest(ours.shown())


def test_changes_that_did_not_know_of_each_other_merge_as_at_the_centre(
    centre: Steered, stranger: Callable[[str], Station]
) -> None:
    first, second = stranger("Una"), stranger("Otra")
    subject, nameless = new_id(), new_id()
    first.write("attendee", subject, SOMEBODY)
    first.write("attendee", nameless, {"sex": "M", "profile": "VP", "anonymous": True})
    first.write("hologram", new_id(), {"of": "a later version"})
    first.write("attendee", new_id(), {**SOMEBODY, "sex": "unheard of"})
    first.change("attendee", subject, {"of_a_later_version": [1]})
    settled(centre, first, second)
    verdicts = [verdict for receipt in first.receipts for verdict in receipt["verdicts"]]
    assert [(one["seq"], one["code"]) for one in verdicts] == [(3, "unknown-kind"), (4, "bad-field")]
    for station, contact in ((first, "N"), (second, "S")):
        station.change("attendee", subject, {"safe_contact": contact, "notes": contact})
        station.change("attendee", nameless, {"notes": "not told of anybody", "age_band": "18-25"})
    settled(centre, first, second)
    shown = first.shown()[("attendee", subject)]
    assert shown["safe_contact"] == "N", "the strictest"
    assert shown["notes"] in ("N", "S"), "the last, and the centre says which: their clocks may stand as one"
    second.change("attendee", subject, {"safe_contact": "L", "phones": []})
    settled(centre, first, second)
    assert first.shown()[("attendee", subject)]["safe_contact"] == "L"


def test_what_is_ruled_on_counts_and_what_is_erased_does_not(
    centre: Steered, stranger: Callable[[str], Station]
) -> None:
    first, second = stranger("Una"), stranger("Otra")
    erased = [new_id() for _ in range(3)]
    first.write("attendee", erased[0], SOMEBODY)
    first.write("referral", erased[1], {"attendee": erased[0], "visit": new_id(), "service": "EMP"})
    first.write("distinction", erased[2], {"attendee": new_id(), "other": erased[0]})
    settled(centre, first, second)
    centre.command("operators", "until", first.operator, "2020-01-01")
    late = first.write("attendee", new_id(), SOMEBODY)
    settled(centre, first, second)
    assert first.receipts[-1]["verdicts"][0]["code"] == "revoked-author"
    centre.command("operators", "until", first.operator, "2999-01-01")
    centre.command("quarantine", "requeue")
    centre.command("erase", erased[0])
    settled(centre, first, second)
    left = {kind: fact for (kind, subject), fact in second.shown().items() if subject in erased}
    assert left["attendee"] == {"anonymous": True, "sex": "F", "profile": "VP"}
    assert set(left) == {"attendee", "referral"} and ("attendee", late.subject) in second.shown()


def test_a_stick_brings_batches_and_its_receipts_come_back(
    centre: Steered, stranger: Callable[[str], Station], tmp_path: Path
) -> None:
    station, other = stranger("Una"), stranger("Otra")
    other.write("attendee", new_id(), SOMEBODY)
    settled(centre, other, station)
    for _ in range(3):
        station.write("attendee", new_id(), SOMEBODY)
    fair = next(fact for (kind, _), fact in station.shown().items() if kind == "fair")
    ranges = [
        Range(station.own, first, last, station.own.batch(first, last, station.key))
        for first, last in ((1, 2), (3, 3))
    ]
    carried = station.journals[other.own.name]
    ranges += [Range(carried, 1, last, batch) for last, batch in carried.sealed]
    file, back = tmp_path / "stick.age", tmp_path / "receipts.json"
    file.write_bytes(bundle(ranges, 1, station.key, fair["age_recipients"]))
    told = json.loads(
        centre.command("import-bundle", str(file), "--receipts-out", str(back), "--qr", "--json")
    )
    assert (told["entries"], told["new"], told["problems"]) == (4, 3, [])
    brought = json.loads(back.read_bytes())
    assert scanned(told["qr"], "FA1:") == brought and len(brought["receipts"]) == 3
    assert all(station.keep(station.centre, receipt) for receipt in brought["receipts"])
    assert station.acknowledged()[text_of(station.own.name)] == 3
    settled(centre, station, other)


@contextmanager
def hub_of(station: Station, folder: Path) -> Iterator[tent.Tent]:
    """Run a real hub on the machine of a stranger."""
    setting = {
        "key": tent.SECRET,
        "name": "Concentrador ficticio",
        "fair": station.own.name[2],
        "centre": station.centre.id,
        "centre_key": station.centre.key,
        "station": station.own.name[0],
        "station_key": public_half(station.key),
    }
    process = tent.started(folder, json.dumps(setting))
    assert process.stdin and process.stdout
    try:
        yield tent.Tent(process, json.loads(process.stdout.readline()))
    finally:
        process.communicate("stop\n", timeout=60)


def test_a_hub_carries_for_those_who_joined_it(
    centre: Steered, stranger: Callable[[str], Station], tmp_path: Path
) -> None:
    first, second = stranger("Una"), stranger("Otra")
    settled(centre, first, second)
    second.write("attendee", new_id(), SOMEBODY)
    with hub_of(first, tmp_path / "hub") as hub:
        invitation = Invitation(
            hub=hub.told["hub"], name="Concentrador", fair=first.own.name[2], key=hub.told["key"],
            certificate=hub.told["certificate"], addresses=(hub.url,), code=hub.code(),
        )  # fmt: skip
        told = scanned(as_text(invitation), "FH1:")
        near = Server(told["addresses"][0], told["key"], told["certificate"])
        first.exchange(near, code=told["code"])
        with pytest.raises(Refused, match="not-joined"):
            second.exchange(near)
        second.exchange(near, code=told["code"])
        assert near.tier == "hub" and text_of(second.own.name) not in second.acknowledged()
        first.exchange(near)
        first.exchange(first.centre)
        first.exchange(near)
        second.exchange(near)
        assert second.acknowledged()[text_of(second.own.name)] == 1, "the centre's receipt came by the hub"
        with pytest.raises(NotSo, match="certificate"):
            Server(hub.url, told["key"], "00" * 32).hello()
    settled(centre, first, second)
