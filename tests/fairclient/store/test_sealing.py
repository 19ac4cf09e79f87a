"""Sealed notes: opened by the keys that they were sealed for, whole or not at all, and by no other."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from pyrage import DecryptError, decrypt, x25519

from fairclient.store import sealing
from sync.wire.sealed import Sealed

LUZ, ANA, EVA = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2, 3))
RECIPIENTS = (sealing.recipient_of(LUZ), sealing.recipient_of(ANA))
REFERRAL = "01890000-0000-7000-8000-0000000000aa"


def test_the_identity_is_always_the_same_and_is_one_that_age_knows() -> None:
    assert sealing.recipient_of(LUZ) == RECIPIENTS[0] != RECIPIENTS[1]
    assert str(x25519.Recipient.from_str(RECIPIENTS[0])) == RECIPIENTS[0]
    assert LUZ.private_bytes_raw().hex() not in RECIPIENTS[0]


@pytest.mark.parametrize(
    ("prefix", "content", "written"),
    [("a", b"", "a12uel5l"), ("abcdef", bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df"),
      "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw")],
)  # fmt: skip
def test_bech32_is_that_of_the_standard(prefix: str, content: bytes, written: str) -> None:
    assert sealing._bech32(prefix, content) == written


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300))
def test_every_recipient_opens_it_and_nobody_else(text: str) -> None:
    content = sealing.seal(text, RECIPIENTS)
    assert [sealing.unseal(content, key) for key in (LUZ, ANA, EVA)] == [text, text, None]
    with pytest.raises(DecryptError):
        decrypt(base64.b64decode(content), [x25519.Identity.generate()])


def test_its_length_says_little_of_what_is_in_it() -> None:
    sealed = [base64.b64decode(sealing.seal("x" * count, RECIPIENTS)) for count in (1, 40, 300, 511)]
    # The header varies by itself: the library adds a random line to it.
    assert {len(decrypt(content, [sealing._identity(LUZ)])) for content in sealed} == {512}


def test_the_longest_note_for_the_most_people_is_still_a_fact() -> None:
    many = [sealing.recipient_of(Ed25519PrivateKey.generate()) for _person in range(20)]
    content = sealing.seal("\U0001f600" * sealing.LONGEST, many)
    assert Sealed(about=REFERRAL, recipients=tuple(many), content=content).content == content


@pytest.mark.parametrize("content", ["", "AAAA", "no es base 64", "YWdlLWVuY3J5cHRpb24ub3JnL3YxCg=="])
def test_what_is_no_sealed_note_opens_to_nobody(content: str) -> None:
    assert sealing.unseal(content, LUZ) is None


def test_a_note_that_is_changed_on_the_way_does_not_open() -> None:
    content = bytearray(base64.b64decode(sealing.seal("llame al 155", RECIPIENTS)))
    content[-1] ^= 1
    assert sealing.unseal(base64.b64encode(content).decode(), LUZ) is None


@pytest.mark.parametrize(("text", "recipients"), [("x" * 4001, RECIPIENTS), ("x", ("age1qqqq",))])
def test_what_cannot_be_sealed_is_refused(text: str, recipients: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"too long|recipient"):
        sealing.seal(text, recipients)
