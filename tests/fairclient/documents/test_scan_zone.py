"""Machine readable zones: cards and passports, their check digits, names, dates, and every way to err."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from fairclient.documents import doubts, mrz
from fairclient.documents.refusals import ScanRefused
from tests.fairclient.documents import papers
from tests.fairclient.documents.test_scan_cedula import read, refusal

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"


def test_the_check_digit_is_that_of_the_standard() -> None:
    """The specimen of ICAO Doc 9303 part 4, appendix."""
    assert mrz.check_digit("520727") == "3"
    assert mrz.check_digit("D231458907<<<<<<<<<<<<<<<") == mrz.check_digit("D231458907")
    assert mrz.check_digit("AB2134<<<") == "5"


def test_the_number_of_a_cedula_digital_is_not_that_of_the_card() -> None:
    found = read(papers.td1())
    assert (found.type, found.number, found.country) == ("CC", "1032456789", "COL")
    assert (found.first_surname, found.second_surname, found.given_names) == (
        "GONZALEZ",
        "MARIN",
        "MARIA GABRIELA",
    )
    assert (found.sex, found.birth_date, found.expires) == ("F", date(1990, 2, 15), date(2031, 2, 14))
    assert found.doubts == (doubts.NAMES_CUT,)  # the field is full to its last sign


def test_an_old_number_comes_without_its_noughts() -> None:
    assert read(papers.td1(optional="0051907053")).number == "51907053"
    assert read(papers.td1(optional="51907053")).number == "51907053"


def test_a_child_has_the_card_of_children() -> None:
    assert read(papers.td1(born="120215")).type == "TI"


@pytest.mark.parametrize(("nationality", "kind"), [("VEN", "PPT"), ("ECU", "CE"), ("XXA", "CE")])
def test_cards_of_foreigners_ask_for_a_second_look(nationality: str, kind: str) -> None:
    found = read(papers.td1(code="I<", nationality=nationality, optional="5482193", names="PAZ<<YULEIDY"))
    assert (found.type, found.number) == (kind, "5482193")
    assert found.doubts == (doubts.WHICH_CARD,)


def test_a_card_without_optional_data_gives_its_own_number() -> None:
    assert (
        read(papers.td1(nationality="VEN", card="5482193", optional="", names="PAZ<<YULEIDY")).number
        == "5482193"
    )


def test_a_long_card_number_runs_on() -> None:
    one, two, three = papers.td1(issuer="ECU", nationality="ECU", card="D23145890", names="PAZ<<ANA").split(
        "\n"
    )
    number = "D23145890734"
    one = ("ICECU" + number[:9] + "<" + number[9:] + mrz.check_digit(number)).ljust(30, "<")
    two = two[:29] + mrz.check_digit(one[5:] + two[:7] + two[8:15] + two[18:29])
    found = read("\n".join((one, two, three)))
    assert (found.type, found.number, found.country) == ("DNI", number, "ECU")


def test_a_passport() -> None:
    found = read(papers.td3())
    assert (found.type, found.number, found.country) == ("PA", "123456789", "VEN")
    assert (found.surnames, found.given_names, found.sex) == ("URDANETA PAZ", "YORMAN JOSE", "M")
    assert (found.birth_date, found.expires) == (date(1985, 7, 4), date(2024, 7, 3))
    assert found.doubts == ()


def test_a_passport_of_a_state_with_letters_of_its_own() -> None:
    found = read(papers.td3(issuer="D", nationality="D", number="C01X00T47", personal="1234567890"))
    assert (found.country, found.number) == ("DEU", "C01X00T47")


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("DE<LA<CRUZ<MUNOZ<<ANA", ("DE LA CRUZ", "MUNOZ", "ANA")),
        ("MUNXXOZ<<ANA<<MARIA", ("MUNXXOZ", "", "ANA MARIA")),
        ("PEREZ<DE<LOS<RIOS<<LUZ", ("PEREZ", "DE LOS RIOS", "LUZ")),
        ("ARKFREITHMAN", ("ARKFREITHMAN", "", "")),
    ],
)
def test_names_stay_as_they_were_transliterated(zone: str, expected: tuple[str, str, str]) -> None:
    found = read(papers.td3(names=zone))
    assert (found.first_surname, found.second_surname, found.given_names) == expected


def test_names_to_the_last_sign_may_be_cut() -> None:
    long = "A" * 39
    assert doubts.NAMES_CUT in read(papers.td3(names=f"PAZ<<{long}")).doubts


@pytest.mark.parametrize(
    ("born", "day"),
    [("261122", date(2026, 11, 22)), ("261123", date(1926, 11, 23)), ("000229", date(2000, 2, 29))],
)
def test_two_figures_of_a_birth_are_of_the_latest_century_that_was(born: str, day: date) -> None:
    assert read(papers.td3(born=born)).birth_date == day


def test_unknown_parts_of_a_birth_are_asked() -> None:
    found = read(papers.td3(born="85<<<<"))
    assert found.birth_date is None
    assert found.doubts == (doubts.BIRTH_UNKNOWN,)
    assert read(papers.td3(sex="<")).sex == read(papers.td3(sex="X")).sex == ""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\t", ""])
def test_lines_may_be_apart_or_together(ending: str) -> None:
    for zone in (papers.td1(), papers.td3()):
        assert read(zone.replace("\n", ending) + ending) == read(zone)


@pytest.mark.parametrize("filler", [";", "\\", "|", ">"])
def test_fillers_of_another_keyboard_are_understood_or_refused(filler: str) -> None:
    zone = papers.td3().replace("<", filler)
    if filler == ">":
        assert refusal(zone) == "foreign"
    else:
        assert read(zone) == read(papers.td3())
    assert read(papers.td3().lower()) == read(papers.td3())


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (papers.td1()[:-1], "truncated"),
        (papers.td1()[:31], "truncated"),
        (papers.td3()[:50], "truncated"),
        (papers.td3() + "<", "broken"),
        (papers.td3(code="V<"), "foreign"),
        (papers.td1(issuer="CHL"), "broken"),
        (papers.td1(nationality="QQQ"), "broken"),
        (papers.td1(optional=""), "broken"),
        (papers.td3(born="851304"), "broken"),
        (papers.td3(number="A"), "broken"),
        (papers.td3(names="<<ANA"), "broken"),
        ("7702004003508", "foreign"),
        ("https://example.org/x", "foreign"),
        ("", "foreign"),
        ("FR1", "foreign"),
        ("FR1Ñ{}{}", "other-keyboard"),
    ],
)
def test_every_way_to_be_wrong_has_its_words(scan: str, code: str) -> None:
    assert refusal(scan) == code


def test_the_composite_digit_holds_what_the_others_let_pass() -> None:
    """Another number with its own right digit, and the digit of the whole left as it was."""
    for zone in (papers.td3(), papers.td1()):
        wrong = str((int(zone[-1 if zone[0] == "P" else 60]) + 1) % 10)
        at = len(zone) - 1 if zone[0] == "P" else 60
        assert refusal(zone[:at] + wrong + zone[at + 1 :]) == "broken"
    one, two = papers.td3().split("\n")
    other = papers.td3(number="987654321").split("\n")[1]
    assert refusal(f"{one}\n{other[:10]}{two[10:]}") == "broken"


FREE = {  # columns that no check digit covers: document and state, sex and nationality, names
    "td1": [*range(5), *(31 + at for at in (7, 15, 16, 17)), *range(62, 92)],
    "td3": [*range(44), *(45 + at for at in (10, 11, 12, 20))],
}


@settings(max_examples=600, deadline=None)
@given(some.sampled_from(["td1", "td3"]), some.integers(0, 90), some.sampled_from(SIGNS))
def test_a_changed_sign_is_caught_or_harmless(kind: str, at: int, sign: str) -> None:
    """The check digits are modulo 10: signs of one value (A and K and nought) are one to them, by design."""
    zone = getattr(papers, kind)()
    before = zone[at % len(zone)]
    at %= len(zone)
    if before in ("\n", sign):
        return
    changed = zone[:at] + sign + zone[at + 1 :]
    right = read(zone)
    try:
        found = read(changed)
    except ScanRefused:
        return
    same = (found.number, found.birth_date, found.expires) == (right.number, right.birth_date, right.expires)
    if at in FREE[kind]:
        assert same or found.doubts != right.doubts
    else:
        assert found == right or mrz.check_digit(before) == mrz.check_digit(sign)
        assert found == right or kind == "td3"
