"""An invitation as the text of a QR: read back as it was, and nothing else is taken for one."""

from __future__ import annotations

import base45
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.wire import canonical, compression, invitation
from sync.wire.invitation import PREFIX, Invitation
from sync.wire.problem import WireError
from sync.wire.qr_text import MAX_TEXT

HUB = "0195a000-0000-7000-8000-000000000005"
GOOD = Invitation(
    hub=HUB,
    name="Concentrador ficticio",
    fair=HUB,
    key="5a" * 32,
    certificate="c3" * 32,
    addresses=("https://192.168.8.10:8734", "https://[fe80::1]:8734"),
    code="0" * 32,
)


def wrapped(content: object) -> str:
    packed: str = PREFIX + base45.b45encode(compression.compress(canonical.encode(content))).decode()
    return packed


def test_it_is_read_back_as_it_was_also_pasted_with_line_ends() -> None:
    text = invitation.as_text(GOOD)
    assert invitation.decode(text) == GOOD
    assert invitation.decode(f"  {text[:60]}\n{text[60:]}\r\n") == GOOD
    assert len(text) < 600, "a QR that a cheap camera reads from a screen"


def test_the_largest_one_fits() -> None:
    address = "https://" + "h" * 90 + ":65535"
    large = GOOD.model_copy(
        update={"name": "ñ" * 80, "addresses": tuple(f"{address[:-1]}{n}" for n in range(8))}
    )
    assert len(invitation.as_text(large)) <= MAX_TEXT


@pytest.mark.parametrize(
    "change",
    [
        {"addresses": ["http://192.168.8.10:8734"]},
        {"addresses": ["https://user:pass@host"]},
        {"addresses": []},
        {"addresses": ["https://a"] * 9},
        {"key": "5a" * 31},
        {"certificate": "zz" * 32},
        {"fair": "DEMO"},
        {"name": ""},
        {"code": "0" * 121},
    ],
)
def test_what_could_lead_elsewhere_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(WireError) as refused:
        invitation.decode(wrapped(GOOD.model_dump(mode="json") | change))
    assert refused.value.code == "garbled"


def test_a_field_of_a_later_version_is_left_aside() -> None:
    assert invitation.decode(wrapped(GOOD.model_dump(mode="json") | {"later": 1})) == GOOD


@pytest.mark.parametrize("cut", [5, 40, -1])
def test_one_that_is_cut_is_refused(cut: int) -> None:
    with pytest.raises(WireError):
        invitation.decode(invitation.as_text(GOOD)[:cut])


def test_bombs_and_long_texts_are_bounded() -> None:
    with pytest.raises(WireError) as long:
        invitation.decode(PREFIX + "A" * MAX_TEXT)
    assert long.value.code == "too-large"
    bomb = PREFIX + base45.b45encode(compression.compress(b" " * 1_000_000)).decode()
    with pytest.raises(WireError) as refused:
        invitation.decode(bomb)
    assert refused.value.code == "too-large"


@given(st.text(max_size=300))
def test_any_text_is_refused_in_words(text: str) -> None:
    for tried in (text, PREFIX + text):
        with pytest.raises(WireError):
            invitation.decode(tried)
