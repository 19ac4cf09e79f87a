"""Receipts and the other signed messages: only the right key over the very content counts."""

from __future__ import annotations

from datetime import UTC, datetime

from sync.wire import messages, receipt, signing, version
from sync.wire.messages import EnrolReply
from sync.wire.receipt import Receipt, Verdict
from sync.wire.state import state_digest
from tests.sync.wire.samples import JOURNAL, KEY, SAMPLES, an_id

PUBLIC = signing.public_bytes(KEY)
GIVEN = Receipt(
    number=7,
    server=an_id(5),
    tier="centre",
    journal=str(JOURNAL),
    seq=12,
    digest="ab" * 32,
    at=datetime(2026, 3, 14, 20, 0, tzinfo=UTC),
    verdicts=(Verdict(seq=3, verdict="quarantined", code="bad-field"),),
)


def test_a_receipt_is_bound_to_every_one_of_its_fields() -> None:
    signed = receipt.sign(GIVEN, KEY)
    assert receipt.verify(signed, PUBLIC)
    assert receipt.verify(Receipt.model_validate_json(signed.model_dump_json()), PUBLIC)
    touched: list[dict[str, object]] = [
        {"number": 8},
        {"seq": 13},
        {"digest": "cd" * 32},
        {"tier": "hub"},
        {"verdicts": ()},
        {"server": an_id(6)},
        {"journal": "x"},
        {"at": datetime(2027, 1, 1, tzinfo=UTC)},
        {"signature": ""},
        {"signature": "00" * 64},
    ]
    for change in touched:
        assert not receipt.verify(signed.model_copy(update=change), PUBLIC), change
    assert not receipt.verify(signed, bytes(32))


def test_an_enrolment_reply_counts_only_for_the_laptop_that_asked() -> None:
    reply = EnrolReply(
        station=an_id(1),
        incarnation=1,
        fair=an_id(2),
        name="Punto B",
        point="B",
        operator=an_id(9),
        roles=("registrar",),
        scope="fair",
        server=an_id(5),
        server_public_key=PUBLIC.hex(),
    ).signed(KEY, "aa" * 32)
    assert reply.verify("aa" * 32)
    assert not reply.verify("bb" * 32)
    assert not reply.model_copy(update={"scope": "desk"}).verify("aa" * 32)


def test_a_seal_can_not_pass_for_a_session_proof() -> None:
    message = signing.challenge_message(an_id(5), an_id(1), "x")
    assert signing.check(PUBLIC, KEY.sign(message), message)
    assert not signing.check_seal(PUBLIC, JOURNAL, 1, bytes(32), KEY.sign(message))


def test_the_state_digest_does_not_depend_on_the_order_of_rows() -> None:
    rows = [(kind, an_id(number), fact) for number, (kind, fact) in enumerate(SAMPLES.items())]
    assert state_digest(rows) == state_digest(reversed(rows))
    assert state_digest(rows) != state_digest(rows[1:])


def test_versions_are_negotiated_and_each_is_told() -> None:
    assert version.common(version.MIN, version.MAX + 5) == version.MAX
    assert version.common(version.MAX + 1, version.MAX + 5) is None
    assert version.common(-3, version.MIN - 1) is None
    assert set(version.HISTORY) == set(range(1, version.MAX + 1))


def test_problems_carry_what_is_needed_to_go_on() -> None:
    problem = messages.Problem.model_validate_json(b'{"status":409,"code":"gap","expected":4,"new_field":1}')
    assert (problem.code, problem.expected) == ("gap", 4)
