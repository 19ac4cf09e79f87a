"""The signed token: read by any desk, and each bad one refused in its own words."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import base45
import cbor2
import pytest
from cwt import CWT, COSEKey
from hypothesis import given
from hypothesis import strategies as st

from fairclient.base.clock import moment
from fairclient.base.errors import SlipRefused
from fairclient.slips import cose
from fairclient.slips.token import (
    FLAG_WORDS,
    FROM_LATER,
    ISSUER_REVOKED,
    ISSUER_UNKNOWN,
    KeyKnown,
    SlipToken,
    fair_mark,
    flag_words,
    looks_like_token,
    read,
)
from tests.fairclient.slips.factory import (
    EXPIRES,
    FAIR,
    ISSUED,
    KEY,
    OTHER_KEY,
    PUBLIC,
    STATION,
    issued,
    roster,
)

LATER = ISSUED + timedelta(hours=2)
letters = st.sampled_from([chr(code) for code in range(ord("A"), ord("Z") + 1)])
desk = st.one_of(letters, st.tuples(letters, letters).map("".join))


def read_here(text: str) -> SlipToken:
    return read(text, roster, FAIR, LATER)


def refusal(text: str, fair: str = FAIR, now: object = LATER) -> SlipRefused:
    with pytest.raises(SlipRefused) as caught:
        read(text, roster, fair, now)  # type: ignore[arg-type]
    assert caught.value.what and caught.value.safe and caught.value.do
    return caught.value


def resigned(claims: object) -> str:
    """A token with other claims under a good signature."""
    return in_text(cose.seal(KEY, cbor2.dumps(claims)))


def in_text(raw: bytes) -> str:
    """Any bytes as a scanner would hand them in."""
    encoded: bytes = base45.b45encode(raw)
    return "FR1:" + encoded.decode()


GOOD_CLAIMS = {2: "B042ACD", 3: fair_mark(FAIR), 4: 1792934400, 6: 1792848600, 7: bytes(8)}


def test_a_token_says_what_was_put_in() -> None:
    assert read_here(issued()) == SlipToken(
        token_id="00c0ffee12345678",
        turn="B-042",
        desks=("A", "C", "D"),
        station=STATION,
        fair=FAIR,
        issued=ISSUED,
        expires=EXPIRES,
        verified=True,
    )


@given(
    token_id=st.binary(min_size=8, max_size=8).map(bytes.hex),
    point=desk,
    number=st.integers(0, 99_999),
    desks=st.lists(desk, max_size=12),
    at=st.integers(1_600_000_000, 4_000_000_000),
)
def test_round_trip(token_id: str, point: str, number: int, desks: list[str], at: int) -> None:
    turn, when = f"{point}-{number:03d}", moment(at * 1000)
    text = issued(token_id=token_id, turn=turn, desks=desks, issued=when, expires=when + timedelta(days=1))
    found = read(text, roster, FAIR, when)
    assert (found.token_id, found.turn, found.desks) == (token_id, turn, tuple(desks))
    assert (found.issued, found.verified, found.flags) == (when, True, ())


def test_it_is_short_and_of_the_letters_that_a_qr_packs_best() -> None:
    text = issued()
    assert len(text) <= 197
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_another_library_reads_it_by_the_standards() -> None:
    key = COSEKey.new({1: 1, 2: cose.key_id(PUBLIC), 3: -8, 4: [2], -1: 6, -2: PUBLIC})
    claims = CWT.new().decode(base45.b45decode(issued().removeprefix("FR1:")), key, no_verify=True)
    assert claims == {
        2: "B042ACD",
        3: fair_mark(FAIR),
        4: int(EXPIRES.timestamp()),
        6: int(ISSUED.timestamp()),
        7: bytes.fromhex("00c0ffee12345678"),
    }


def test_scanner_endings_and_caps_lock_are_forgiven() -> None:
    assert read_here(f"\x00\ufeff {issued().lower()}\r\n") == read_here(issued())


def test_a_token_never_begins_or_ends_in_a_blank() -> None:
    for second in range(200):
        text = issued(issued=ISSUED + timedelta(seconds=second))
        assert text == text.strip()


def test_an_issuer_not_heard_of_is_taken_with_a_flag() -> None:
    found = read_here(issued(key=OTHER_KEY))
    assert (found.verified, found.station, found.flags) == (False, "", (ISSUER_UNKNOWN,))


def test_a_revoked_issuer_and_a_clock_that_runs_ahead_are_flagged() -> None:
    def revoked(_kid: bytes) -> KeyKnown:
        return KeyKnown(PUBLIC, STATION, revoked=True)

    found = read(issued(), revoked, FAIR, ISSUED - timedelta(minutes=11))
    assert found.verified and found.flags == (ISSUER_REVOKED, FROM_LATER)
    assert read(issued(), roster, FAIR, ISSUED - timedelta(minutes=9)).flags == ()


def test_each_flag_has_its_words() -> None:
    assert len({flag_words(flag) for flag in FLAG_WORDS}) == len(FLAG_WORDS) == 3


def test_each_refusal_in_its_own_words() -> None:
    good = issued()
    forged = good[:-1] + ("0" if good[-1] != "0" else "1")
    found = {
        "forged": refusal(forged),
        "foreign": refusal(good, fair="01920000-0000-7000-8000-00000000beef"),
        "expired": refusal(good, now=EXPIRES),
        "garbled": refusal(good[:100]),
    }
    assert {name: one.code for name, one in found.items()} == {name: name for name in found}
    assert len({str(one) for one in found.values()}) == 4


def test_expiry_has_no_leeway_and_says_both_times() -> None:
    assert read(issued(), roster, FAIR, EXPIRES - timedelta(seconds=1)).verified
    words = refusal(issued(), now=EXPIRES).what
    assert "26/10/2026 08:30" in words  # Colombia's time


@given(st.data())
def test_no_changed_character_gets_through_as_verified(data: st.DataObject) -> None:
    good = issued()
    place = data.draw(st.integers(4, len(good) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
    changed = good[:place] + other + good[place + 1 :]
    if changed == good:
        return
    with contextlib.suppress(SlipRefused):
        # Only a changed key id gets here: it makes the issuer one that nobody knows.
        found = read_here(changed)
        assert not found.verified and found.flags == (ISSUER_UNKNOWN,)


def test_a_signature_under_anothers_name_is_forged() -> None:
    raw = bytearray(base45.b45decode(issued(key=OTHER_KEY).removeprefix("FR1:")))
    raw[9:17] = cose.key_id(PUBLIC)
    assert refusal(in_text(bytes(raw))).code == "forged"


@given(
    st.one_of(st.text(max_size=600), st.text("0123456789ABCDEF $%*+-./:", max_size=600).map("FR1:".__add__))
)
def test_whatever_comes_in_is_refused_in_words(text: str) -> None:
    assert refusal(text).code == "garbled"


@given(st.binary(max_size=120))
def test_signed_rubbish_is_refused_too(payload: bytes) -> None:
    raw = b"\xd2\x84\x43\xa1\x01\x27\xa1\x04\x48" + cose.key_id(PUBLIC) + bytes((0x58, len(payload)))
    text = in_text(raw + payload + b"\x58\x40" + bytes(64))
    assert refusal(text).code == "garbled"


@pytest.mark.parametrize(
    "change",
    [
        {2: "B042acd"},
        {2: "B-042"},
        {2: "B042" + "A" * 30},
        {3: 7},
        {4: True},
        {4: 10**18},
        {4: 1.5},
        {6: -(10**18)},
        {7: bytes(7)},
        {8: "more"},
    ],
)
def test_claims_that_we_would_not_write_are_garbled_even_when_signed(change: dict[int, object]) -> None:
    assert read_here(resigned(GOOD_CLAIMS)).verified
    assert refusal(resigned({**GOOD_CLAIMS, **change})).code == "garbled"


def test_a_scanner_with_another_keyboard_is_told_apart() -> None:
    good = issued()
    for text in (good.replace(":", "Ñ"), good.replace("FR1:", "FR1>"), good[:60] + "¿" + good[61:]):
        assert "teclado" in refusal(text).what
    assert "teclado" not in refusal(good[:100]).what


def test_what_is_a_token_and_what_is_typed() -> None:
    assert looks_like_token(issued()) and looks_like_token(issued().lower()[:60])
    assert not looks_like_token("FR1") and not looks_like_token("030-FZV-GJ4")


@pytest.mark.parametrize(
    "change",
    [
        {"token_id": "00C0FFEE12345678"},
        {"token_id": "00c0ffee"},
        {"turn": "042"},
        {"turn": "B-42"},
        {"desks": ("a",)},
        {"desks": ("A",) * 25},
        {"issued": ISSUED.replace(tzinfo=None)},
    ],
)
def test_nothing_is_issued_that_could_not_be_read(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        issued(**change)


def test_the_longest_route_can_still_be_issued_and_read() -> None:
    desks = tuple("ABCDEFGHIJKLMNOPQRSTUVWX")
    assert read_here(issued(desks=desks, turn="AB-99999")).desks == desks
