"""The barcode of the old cédula: whole, with its NULs dropped, broken, cut off."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from fairclient.documents import doubts
from fairclient.documents.refusals import ScanRefused
from fairclient.documents.scan import read_scan
from fairclient.documents.scanned import ScannedDocument
from tests.fairclient.documents import papers

TODAY = date(2026, 11, 22)


def read(scan: str | bytes) -> ScannedDocument:
    found = read_scan(scan, TODAY)
    assert isinstance(found, ScannedDocument)
    return found


def refusal(scan: str | bytes) -> str:
    with pytest.raises(ScanRefused) as refused:
        read_scan(scan, TODAY)
    assert refused.value.what and refused.value.safe and refused.value.do
    return refused.value.code


MARIA = ScannedDocument(
    type="CC",
    number="51907053",
    country="COL",
    given_names="MARIA GABRIELA",
    first_surname="GONZALEZ",
    second_surname="MARIN",
    sex="F",
    birth_date=date(1967, 1, 28),
)


@pytest.mark.parametrize(
    "scan",
    [
        papers.cedula(),
        papers.cedula().decode("latin-1"),
        papers.cedula()[:530],
        papers.cedula() + b"\r\n",
        b"]L2" + papers.cedula(),
        papers.cedula().replace(b"\0", b" "),
        papers.cedula().decode("latin-1").replace("PubDSK_1", "PubDSK?1"),
        papers.cedula().decode("latin-1").swapcase(),
    ],
    ids=["bytes", "text", "530", "ending", "kind", "blanks", "other-keyboard", "caps-lock"],
)
def test_the_whole_frame_is_read(scan: str | bytes) -> None:
    assert read(scan) == MARIA


def test_nothing_of_the_body_is_kept() -> None:
    kept = repr(read(papers.cedula()))
    for secret in (papers.AFIS, papers.CARD, papers.BLOOD, papers.FINGER.decode("latin-1")[:12], "15001"):
        assert secret not in kept


def test_nulls_that_shrank_to_one_still_divide() -> None:
    shrunk = papers.cedula()
    while b"\0\0" in shrunk:
        shrunk = shrunk.replace(b"\0\0", b"\0")
    assert read(shrunk) == MARIA


def test_dropped_nulls_leave_names_that_are_told_apart_and_compared() -> None:
    found = read(papers.cedula().replace(b"\0", b""))
    assert (found.first_surname, found.second_surname, found.given_names) == (
        "GONZALEZ",
        "MARIN",
        "MARIA GABRIELA",
    )
    assert (found.number, found.sex, found.birth_date) == (MARIA.number, "F", MARIA.birth_date)
    assert found.doubts == (doubts.NAMES_SPLIT,)


def test_names_that_nobody_can_tell_apart_are_not_guessed() -> None:
    strange = papers.cedula(surnames=("XUQUIL", "OBANTU"), given=("WERLY", "TIKAR"))
    found = read(strange.replace(b"\0", b""))
    assert (found.surnames, found.given_names) == ("", "")
    assert found.names_as_read == "XUQUILOBANTUWERLYTIKAR"
    assert found.number == MARIA.number
    assert found.doubts == (doubts.NAMES_RUN_TOGETHER,)
    assert "XUQUILOBANTUWERLYTIKAR" in doubts.findings(found)[0].words


def test_letters_of_spanish_and_missing_names() -> None:
    found = read(papers.cedula(surnames=("MUÑOZ", ""), given=("JOSÉ", ""), sex="M"))
    assert (found.first_surname, found.second_surname, found.given_names) == ("MUÑOZ", "", "JOSÉ")
    assert read(papers.cedula(surnames=("DE LA CRUZ", "PEÑA"))).first_surname == "DE LA CRUZ"


@pytest.mark.parametrize("end", [33, 60, 100, 160, 168, 300, 529])
def test_a_frame_that_breaks_off_fills_nothing(end: int) -> None:
    assert refusal(papers.cedula()[:end]) == "truncated"


@pytest.mark.parametrize("end", [20, 50, 70, 79])
def test_a_run_that_breaks_off_fills_nothing(end: int) -> None:
    assert refusal(papers.cedula().replace(b"\0", b"")[:end]) == "truncated"


@pytest.mark.parametrize(
    "frame",
    [
        papers.cedula(number="51X07053"),
        papers.cedula(number="0"),
        papers.cedula(sex="Q"),
        papers.cedula(born="19671328"),
        papers.cedula(born="20991228"),
        papers.cedula(born="17670128"),
        papers.cedula(surnames=("G0NZALEZ", "MARIN")),
        papers.cedula(surnames=("", "MARIN")),
        papers.cedula() * 2,
    ],
)
def test_fields_that_cannot_be_right_are_refused(frame: bytes) -> None:
    assert refusal(frame) == "broken"


@settings(max_examples=300, deadline=None)
@given(some.one_of(some.binary(max_size=700), some.text(max_size=200)))
def test_noise_raises_nothing_but_our_refusal(noise: bytes | str) -> None:
    code = ""
    try:
        read_scan(noise, TODAY)
    except ScanRefused as refused:
        code = refused.code
    assert code in {"", "broken", "foreign", "truncated", "other-keyboard"}


@settings(max_examples=300, deadline=None)
@given(some.integers(0, 530), some.integers(0, 255))
def test_a_changed_byte_is_refused_or_read_in_its_own_field(at: int, byte: int) -> None:
    frame = bytearray(papers.cedula())
    frame[at] = byte
    try:
        found = read(bytes(frame))
    except ScanRefused:
        return
    if not 48 <= at < 160:
        assert found == MARIA
    assert not set(found.given_names + found.surnames) & set("\0\x07<0123456789")
