"""Every kind of fact has a golden file: the bytes of its body and its digest must never change unnoticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.wire import body, entry
from sync.wire.catalogue import KINDS
from sync.wire.entry import GENESIS
from tests.sync.wire.samples import SAMPLES, an_id, make_entries, salt

GOLDEN = Path(__file__).parent / "golden"


def test_every_kind_has_a_sample_and_a_golden_file() -> None:
    assert set(SAMPLES) == set(KINDS)
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_bytes_of_a_body_and_its_digest_stay(kind: str) -> None:
    golden = json.loads((GOLDEN / f"{kind}.json").read_text(encoding="utf-8"))
    raw = body.encode_fact(SAMPLES[kind], salt(1))
    written = make_entries([(kind, an_id(100), raw)])[0]
    assert raw.decode() == golden["body"]
    assert written.header.encoded().decode() == golden["header"]
    assert entry.chain(GENESIS, [written])[0].hex() == golden["digest"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_golden_body_reads_back_as_the_fact(kind: str) -> None:
    golden = json.loads((GOLDEN / f"{kind}.json").read_text(encoding="utf-8"))
    assert body.decode(kind, golden["body"].encode()).fact == SAMPLES[kind]
