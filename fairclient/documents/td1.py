"""Cards with three machine read lines of 30 signs (TD1, ICAO Doc 9303 part 5).

The cédula digital, the permit PPT and the foreigner's card are such cards. On the cédula digital the number
of the person stands among the optional data of line two; the number of the card is not hers.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from fairclient.documents import doubts, mrz, refusals
from fairclient.documents.scanned import ScannedDocument
from fairclient.domain.birth import is_minor
from fairclient.domain.document_numbers import normalise_number

LINE: Final = 30
LINES: Final = 3
_COLOMBIA, _VENEZUELA = "COL", "VEN"


def read_td1(lines: list[str], today: date) -> ScannedDocument:
    """Read the three lines. Raises ScanRefused "broken" where a check digit or a field is wrong."""
    one, two, three = lines
    number = _card_number(one)
    born, expires = two[:6], two[8:14]
    mrz.must_match(born, two[6])
    mrz.must_match(expires, two[14])
    # The composite covers line one from the number on, and of line two all but sex and nationality.
    mrz.must_match(one[5:] + two[:7] + two[8:15] + two[18:29], two[29])
    issuer, nationality = one[2:5].rstrip("<"), two[15:18].rstrip("<")
    if not mrz.is_somewhere(two[15:18]):  # the check digits don't cover it
        raise refusals.broken()
    names = mrz.names(three)
    birth_date = mrz.birth(born, today)
    kind, own, sure = _whose(issuer, nationality, number, two[18:28], birth_date, today)
    doubted = [] if sure else [doubts.WHICH_CARD]
    doubted += [doubts.NAMES_CUT] if names.cut else []
    doubted += [doubts.BIRTH_UNKNOWN] if birth_date is None else []
    return ScannedDocument(
        type=kind,
        number=own,
        country=mrz.state(one[2:5]),
        given_names=names.given_names,
        first_surname=names.first_surname,
        second_surname=names.second_surname,
        sex=mrz.sex(two[7]),
        birth_date=birth_date,
        expires=mrz.expiry(expires, today),
        doubts=tuple(doubted),
    )


def _card_number(one: str) -> str:
    """The card's own number; a long one runs on in the optional data of line one (part 5, note j)."""
    number, digit, optional = one[5:14], one[14], one[15:30]
    if digit != "<":
        mrz.must_match(number, digit)
        return number.rstrip("<")
    rest, _filler, _after = optional.partition("<")
    if not rest:
        raise refusals.broken()
    mrz.must_match(number + rest[:-1], rest[-1])
    return (number + rest[:-1]).rstrip("<")


def _whose(
    issuer: str,
    nationality: str,
    card: str,
    optional: str,
    born: date | None,
    today: date,
) -> tuple[str, str, bool]:
    """The type of a card, the number of its holder, and whether both are certain."""
    if issuer != _COLOMBIA:
        if issuer != nationality:  # no check digit covers them, but they cover each other
            raise refusals.broken()
        return "DNI", normalise_number("DNI", card.replace("<", "")), False
    if nationality == _COLOMBIA:
        number = _digits(optional)
        if not number:
            raise refusals.broken()
        return ("TI" if is_minor(born, today) else "CC"), number, True
    # Which of the foreigners' cards it is, and where each has its number, nobody has published.
    kind = "PPT" if nationality == _VENEZUELA else "CE"
    number = _digits(optional) or _digits(card)
    if not number:
        raise refusals.broken()
    return kind, number, False


def _digits(text: str) -> str:
    """The number in a field of figures and fillers, without leading noughts; "" where it has other signs."""
    plain = text.strip("<")
    plain = plain.removeprefix("PPT").strip("<")
    return plain.lstrip("0") if plain.isascii() and plain.isdecimal() else ""
