"""Who may vouch for whom, and what a key on a laptop is bound to."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from sync.wire import signing
from sync.wire.operator_key import OperatorKey, may_attest
from tests.sync.wire.samples import JOURNAL, KEY, an_id

NEW = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))


@pytest.mark.parametrize(
    ("writer", "whose", "adds", "withdraws"),
    [
        ({"supervisor"}, {"registrar", "desk", "supervisor"}, True, True),
        ({"supervisor"}, {"protection"}, False, True),
        ({"supervisor"}, {"administrator"}, False, False),
        ({"supervisor", "protection"}, {"protection", "supervisor"}, True, True),
        ({"supervisor", "protection"}, {"administrator"}, False, False),
        ({"protection"}, {"protection", "desk"}, True, True),
        ({"protection"}, {"protection", "supervisor"}, False, False),
        ({"protection"}, {"registrar"}, False, False),
        ({"administrator"}, {"administrator", "protection"}, True, True),
        ({"registrar", "desk"}, set[str](), False, False),
    ],
)
def test_nobody_vouches_for_more_than_she_is(
    writer: set[str], whose: set[str], adds: bool, withdraws: bool
) -> None:
    assert may_attest(writer, whose) is adds
    assert may_attest(writer, whose, withdrawn=True) is withdraws


def attested(**changed: object) -> OperatorKey:
    """A key of somebody's, signed by itself and by another; then something of it is changed."""
    bare = OperatorKey(
        operator=an_id(9),
        public_key=signing.public_bytes(NEW).hex(),
        age_recipient="age1" + "q" * 58,
    )
    message = bare.signed_part(JOURNAL)
    signed = {"proof": NEW.sign(message).hex(), "signature": KEY.sign(message).hex()}
    return bare.model_copy(update=signed | changed)


def test_both_signatures_bind_all_that_is_said() -> None:
    keys = [bytes(32), signing.public_bytes(KEY)]
    assert attested().is_signed(JOURNAL, keys)
    assert not attested().is_signed(JOURNAL, [signing.public_bytes(NEW)])
    assert not attested().is_signed(JOURNAL, [])
    assert attested().is_signed(JOURNAL._replace(incarnation=2), keys)  # the laptop stays the same
    for other in (JOURNAL._replace(fair=an_id(7)), JOURNAL._replace(station=an_id(7))):
        assert not attested().is_signed(other, keys)
    changes: list[dict[str, object]] = [
        {"operator": an_id(8)},
        {"public_key": signing.public_bytes(KEY).hex()},
        {"age_recipient": "age1" + "p" * 58},
        {"withdrawn": True},
        {"proof": "ab" * 64},
        {"proof": ""},
        {"signature": ""},
    ]
    assert not any(attested(**change).is_signed(JOURNAL, keys) for change in changes)


def test_a_withdrawal_needs_no_proof_and_an_unknown_key_has_no_name() -> None:
    bare = OperatorKey(operator=an_id(9), withdrawn=True)
    signed = bare.model_copy(update={"signature": KEY.sign(bare.signed_part(JOURNAL)).hex()})
    assert signed.is_signed(JOURNAL, [signing.public_bytes(KEY)])
    with pytest.raises(ValidationError):
        OperatorKey(operator=an_id(9), public_key="cd" * 31)
