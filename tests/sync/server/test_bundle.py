"""Bundles at the server, on both engines: taken once however often, rejected whole, told apart by journal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from sync.server import bundle, intake, reference
from sync.server.reference import Statement
from sync.server.state import state
from sync.server.words import Refusal
from sync.wire.batch import Batch
from sync.wire.bundle import Maker
from sync.wire.receipt import Receipt, verify
from tests.sync.server.command import Commands
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, new_id

MADE = datetime(2026, 3, 14, 20, 0, tzinfo=UTC)


def save(
    path: Path, laptop: Laptop, batches: Sequence[Batch], recipients: Sequence[str], number: int = 1
) -> Path:
    """Write a sealed bundle as a laptop does."""
    maker = Maker()
    assert all(maker.add(batch) for batch in batches)
    _manifest, plain = maker.finish(laptop.journal, number, MADE, laptop.key)
    path.write_bytes(pyrage.encrypt(plain, [x25519.Recipient.from_str(one) for one in recipients]))
    return path


def taken(place: Place, path: Path, *identities: str) -> bundle.Imported:
    found = bundle.read(path, (place.node.keys.age, *identities))
    return bundle.take(place.node, path, found)


def numbers(place: Place) -> tuple[int, int, str]:
    with place.node.database.read() as connection:
        found = state(connection, place.fair)
    return found.entries, found.quarantined, found.state_digest


def test_the_fair_names_the_servers_own_key_first(place: Place) -> None:
    with place.node.database.read() as connection:
        from sync.server.state import rows

        (fair,) = [fact for kind, _subject, fact in rows(connection, place.fair) if kind == "fair"]
    recipients: tuple[str, ...] = tuple(getattr(fair, "age_recipients", ()))
    assert recipients[0] == place.node.keys.age_recipient


def test_any_number_of_times_in_any_order_and_mixed_with_the_line(place: Place, tmp_path: Path) -> None:
    laptop = place.laptop()
    for _person in range(3):
        laptop.register()
    own = [place.node.keys.age_recipient]
    early = save(tmp_path / "1.age", laptop, [laptop.batch(1, 7)], own)
    late = save(tmp_path / "2.age", laptop, [laptop.batch(1, 9), laptop.batch(10, 18)], own, 2)
    intake.take(place.node, laptop.station, laptop.batch(1, 5))

    first = taken(place, late)
    settled = numbers(place)
    assert (first.new, first.problems) == (13, ())
    assert [receipt.seq for receipt in first.receipts] == [9, 18]
    assert all(verify(receipt, bytes.fromhex(place.node.keys.public_key)) for receipt in first.receipts)
    again, older = taken(place, late), taken(place, early)
    assert (again.new, older.new) == (0, 0)
    assert again.receipts == first.receipts
    assert older.receipts[0].seq == 7
    assert intake.take(place.node, laptop.station, laptop.batch(10, 18)) == first.receipts[1]
    assert numbers(place) == settled


def test_what_others_wrote_comes_along_and_one_gap_stops_no_other(place: Place, tmp_path: Path) -> None:
    carrier, other = place.laptop(), place.laptop()
    carrier.register()
    other.register()
    path = save(
        tmp_path / "b.age", carrier, [other.batch(3), carrier.batch()], [place.node.keys.age_recipient]
    )
    done = taken(place, path)
    assert done.new == len(carrier.entries)
    assert [(problem.journal, problem.code) for problem in done.problems] == [(other.journal, "gap")]
    whole = save(
        tmp_path / "c.age", carrier, [other.batch(), carrier.batch()], [place.node.keys.age_recipient]
    )
    assert (taken(place, whole).new, taken(place, whole).problems) == (len(other.entries), ())


def test_a_laptop_without_access_may_hand_in_its_work_which_is_kept_aside(
    place: Place, tmp_path: Path
) -> None:
    laptop = place.laptop()
    laptop.register()
    with place.node.database.write() as connection:
        revoked = Statement("station", laptop.station, change={"revoked": True})
        reference.publish(connection, place.node, place.fair, [revoked])
    path = save(tmp_path / "b.age", laptop, [laptop.batch()], [place.node.keys.age_recipient])
    done = taken(place, path)
    assert done.new == len(laptop.entries)
    verdicts = [verdict for receipt in done.receipts for verdict in receipt.verdicts]
    assert {(verdict.verdict, verdict.code) for verdict in verdicts} == {("quarantined", "revoked")}
    assert len(verdicts) == len(laptop.entries)


def test_who_can_not_be_trusted_is_rejected_whole(place: Place, tmp_path: Path) -> None:
    laptop, other = place.laptop(), place.laptop()
    laptop.register()
    other.register()
    own = [place.node.keys.age_recipient]
    before = numbers(place)
    stranger = Laptop()
    stranger.station, stranger.fair = new_id(), place.fair
    stranger.register()
    forged = laptop.batch()._replace(signature=bytes(64))
    for name, by, parts in (
        ("stranger", stranger, [stranger.batch()]),
        ("forged", laptop, [forged]),
    ):
        path = save(tmp_path / f"{name}.age", by, parts, own)
        with pytest.raises(Refusal, match="Nothing was changed"):
            taken(place, path)
    laptop.key = other.key
    with pytest.raises(Refusal, match="not signed by the station"):
        taken(place, save(tmp_path / "key.age", laptop, [other.batch()], own))
    assert numbers(place) == before


def test_what_lacks_its_content_is_left_out_and_stops_nothing_else(place: Place, tmp_path: Path) -> None:
    """Taken so, it would lack it for good: its own laptop, or an erasure, has to come first."""
    laptop, other = place.laptop(), place.laptop()
    laptop.register()
    other.register()
    own = [place.node.keys.age_recipient]
    withheld = other.batch()
    bare = withheld._replace(entries=tuple(entry._replace(body=None) for entry in withheld.entries))
    done = taken(place, save(tmp_path / "withheld.age", laptop, [bare, laptop.batch()], own))
    assert done.new == len(laptop.entries)
    assert [(problem.journal, problem.code) for problem in done.problems] == [(withheld.journal, "garbled")]
    assert taken(place, save(tmp_path / "whole.age", other, [withheld], own)).new == len(other.entries)


def test_the_commands_words_and_the_recovery_key(place: Place, fairserver: Commands, tmp_path: Path) -> None:
    laptop = place.laptop()
    laptop.register()
    recovery = x25519.Identity.generate()
    elsewhere = save(tmp_path / "r.age", laptop, [laptop.batch()], [str(recovery.to_public())])
    ran = fairserver("import-bundle", str(elsewhere))
    assert ran.code == 1 and "another server or key" in ran.err and "--identity" in ran.err
    key = tmp_path / "recovery.txt"
    key.write_text(f"# made for a rehearsal\n{recovery}\n")
    out = tmp_path / "receipts.json"
    done = fairserver(
        "import-bundle", str(elsewhere), "--identity", str(key), "--receipts-out", str(out), "--json"
    ).json()
    assert (done["new"], done["receipts"], done["problems"]) == (len(laptop.entries), 1, [])
    assert done["qr"].startswith("FA1:")
    kept = [Receipt.model_validate(one) for one in json.loads(out.read_text())["receipts"]]
    assert [receipt.seq for receipt in kept] == [len(laptop.entries)]

    told = fairserver("import-bundle", str(elsewhere), "--identity", str(key), "--qr")
    assert told.code == 0 and "0 new here" in told.out and "█" in told.out
    plain = tmp_path / "plain.txt"
    plain.write_text("hello")
    for path, words in ((plain, "not a sealed bundle"), (tmp_path / "none.age", "can't be read")):
        ran = fairserver("import-bundle", str(path))
        assert ran.code == 1 and words in ran.err
    ran = fairserver("import-bundle", str(elsewhere), "--identity", str(plain))
    assert ran.code == 1 and "does not hold an age identity" in ran.err
