"""docs/protocol.md says what the code does: its tables, bounds, names and worked example, byte for byte."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BaseModel

from sync.client import backoff
from sync.wire import (
    batch,
    body,
    bundle,
    canonical,
    clock,
    invitation,
    journal,
    messages,
    qr_text,
    receipt,
    receipts_file,
    routes,
    signing,
)
from tests.sync.client import protocol_blocks as blocks

PAGE = (Path(__file__).parents[3] / "docs" / "protocol.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "table"), list(blocks.kinds()))
def test_each_kind_has_its_fields(kind: str, table: str) -> None:
    assert f"### `{kind}`\n\n{table}\n\n" in PAGE


@pytest.mark.parametrize("table", [blocks.problems(), blocks.restrictive(), blocks.versions()])
def test_each_table_is_whole(table: str) -> None:
    assert f"\n\n{table}\n\n" in PAGE


@pytest.mark.parametrize(("name", "kinds"), list(blocks.lists()))
def test_the_kinds_of_kinds(name: str, kinds: str) -> None:
    assert kinds in " ".join(PAGE.split()), name


@pytest.mark.parametrize(("name", "text"), list(blocks.examples()))
def test_the_worked_example_is_exact(name: str, text: str) -> None:
    assert f"\n**{name}**\n\n```\n{text}\n```\n" in PAGE


def test_nothing_is_worked_that_the_code_does_not_make() -> None:
    assert re.findall(r"^\*\*([a-z0-9 ]+)\*\*$", PAGE, re.MULTILINE) == [
        name for name, _ in blocks.examples()
    ]


@pytest.mark.parametrize(
    "bound",
    [
        batch.MAX_ENTRIES,
        batch.MAX_BYTES,
        batch.MAX_READ_BYTES,
        body.MAX_BODY,
        journal.MAX_INCARNATION,
        routes.MAX_REQUEST,
        routes.MAX_REPLY,
        bundle.MAX_BYTES,
        bundle.MAX_LIST,
        bundle.MAX_BATCHES,
        receipts_file.MAX_BYTES,
        receipts_file.MAX_TEXT,
        qr_text.MAX_TEXT,
        messages.MAX_RECEIPTS,
        routes.WAIT_SECONDS,
    ],
)
def test_each_bound_is_told(bound: int) -> None:
    assert re.search(rf"\b{bound}\b", PAGE)


def test_smaller_numbers_are_told() -> None:
    words = " ".join(PAGE.split())
    assert canonical.MAX_DEPTH == 12
    assert "deeper than 12 levels" in words
    assert clock.MAX_AHEAD_MS == 24 * 3600 * 1000
    assert "more than 24 hours ahead" in words
    assert (backoff.FIRST_S, backoff.CAP_S, backoff.SERVER_CAP_S) == (1, 30, 300)
    assert "from one second, doubling to 30" in words


@pytest.mark.parametrize(
    "name",
    [
        f"GET {routes.HELLO}",
        f"POST {routes.ENROL}",
        f"POST {routes.CODES}",
        f"POST {routes.SESSION}",
        f"POST {routes.HEADS}",
        f"POST {routes.BATCHES}",
        f"GET {routes.BATCH_OF}?after=N",
        f"POST {routes.RECEIPTS}",
        f"GET {routes.WAIT}?after=MARK&seconds=N",
        f"GET {routes.PEOPLE}?fair=ID&after=PLACE",
        f"GET {routes.HEALTH}",
        routes.H_WIRE,
        routes.H_ECHO,
        routes.H_COMPRESSION,
        routes.JSON,
        routes.BATCH,
        routes.PROBLEM,
    ],
)
def test_each_name_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize(
    "message",
    [
        messages.Hello,
        messages.EnrolRequest,
        messages.EnrolReply,
        messages.SessionRequest,
        messages.SessionReply,
        messages.HeadsRequest,
        messages.HeadsReply,
        messages.ReceiptsRequest,
        messages.ReceiptsReply,
        messages.WaitReply,
        invitation.Invitation,
    ],
)
def test_each_field_of_each_message_is_told(message: type[BaseModel]) -> None:
    missing = [name for name in message.model_fields if f'"{name}":' not in PAGE]
    assert missing == []


def test_each_field_of_receipts_and_problems_is_told() -> None:
    fields = {*receipt.Receipt.model_fields, *receipt.Verdict.model_fields, *messages.Problem.model_fields}
    assert [name for name in sorted(fields) if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE] == []


def test_bundles_are_told() -> None:
    told = (bundle.Manifest, bundle.Piece, receipts_file.ReceiptsFile)
    fields = {name for model in told for name in model.model_fields}
    assert [name for name in sorted(fields) if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE] == []
    assert f"`{bundle.MAGIC.decode().strip()}`" in PAGE and f"`{receipts_file.PREFIX}`" in PAGE


def test_the_worked_example_holds_together() -> None:
    """The example is not only what the code prints: another reader would accept it."""
    sample = blocks.sample_batch()
    read = batch.decode(batch.encode(sample))
    read.check_seal(signing.public_bytes(blocks.STATION_KEY))
    assert read == sample
    proof = blocks.sample_receipt()
    again = receipt.Receipt.model_validate_json(proof.model_dump_json())
    assert receipt.verify(again, signing.public_bytes(blocks.SERVER_KEY))
    assert (again.seq, again.digest) == (sample.last, sample.after.hex())


def said(name: str) -> bytes:
    """Return a block of the page's worked example."""
    found = re.search(rf"^\*\*{name}\*\*\n\n```\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1].encode()


def test_the_formulas_of_the_page_give_its_example() -> None:
    """Worked out from the page alone, with nothing of ours, as the author of another client would."""
    previous = bytes(32)
    for number in "12":
        inner = hashlib.sha256(said(f"body {number}")).digest()
        assert inner.hex().encode() == said(f"body digest {number}")
        previous = hashlib.sha256(previous + said(f"header {number}") + inner).digest()
        assert previous.hex().encode() == said(f"digest {number}")
    station = Ed25519PublicKey.from_public_bytes(bytes.fromhex(said("station key").split()[-1].decode()))
    server = Ed25519PublicKey.from_public_bytes(bytes.fromhex(said("server key").split()[-1].decode()))
    assert json.loads(said("seal message"))[-1] == previous.hex()
    station.verify(bytes.fromhex(said("seal").decode()), said("seal message"))
    station.verify(bytes.fromhex(said("session signature").decode()), said("session message"))
    station.verify(bytes.fromhex(said("enrolment proof").decode()), said("enrolment message"))
    server.verify(bytes.fromhex(said("hello proof").decode()), said("hello message"))
    server.verify(bytes.fromhex(said("enrolment reply signature").decode()), said("enrolment reply message"))
    proof = json.loads(said("receipt"))
    signature = bytes.fromhex(proof.pop("signature"))
    message = json.dumps(
        ["fairclient/receipt/1", proof], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert message.encode() == said("receipt message")
    server.verify(signature, message.encode())
    about, *lines = said("batch").split(b"\n")
    assert lines[1::2] == [said("body 1"), said("body 2")]
    assert json.loads(about)["signature"].encode() == said("seal")
    assert hashlib.sha256(said("batch") + b"\n").hexdigest().encode() == said("batch digest")
    fact = json.loads(said("body 1"))["fact"]
    subject = json.loads(said("header 1"))[7]
    line = json.dumps(
        ["attendee", subject, fact], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()
    row = hashlib.sha256(line).digest()
    assert hashlib.sha256(row).hexdigest().encode() == said("state digest")
