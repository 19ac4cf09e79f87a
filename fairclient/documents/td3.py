"""Passports: two machine read lines of 44 signs (TD3, ICAO Doc 9303 part 4)."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from fairclient.documents import doubts, mrz, refusals
from fairclient.documents.scanned import ScannedDocument

LINE: Final = 44
LINES: Final = 2
_NUMBER: Final = re.compile(r"[A-Z0-9]{3,9}<*", re.ASCII)


def read_td3(lines: list[str], today: date) -> ScannedDocument:
    """Read the two lines. Raises ScanRefused "broken" where a check digit or a field is wrong."""
    one, two = lines
    number, born, expires, personal = two[:9], two[13:19], two[21:27], two[28:42]
    if not _NUMBER.fullmatch(number):
        raise refusals.broken()
    mrz.must_match(number, two[9])
    mrz.must_match(born, two[19])
    mrz.must_match(expires, two[27])
    mrz.must_match(personal, two[42])
    mrz.must_match(two[:10] + two[13:20] + two[21:43], two[43])
    country, nationality = mrz.state(one[2:5]), mrz.state(two[10:13])
    names = mrz.names(one[5:])
    birth_date = mrz.birth(born, today)
    doubted = [doubts.NAMES_CUT] if names.cut else []
    doubted += [doubts.BIRTH_UNKNOWN] if birth_date is None else []
    doubted += [doubts.WHICH_COUNTRY] if country != nationality or not country else []
    return ScannedDocument(
        type="PA",
        number=number.rstrip("<"),
        country=country,
        given_names=names.given_names,
        first_surname=names.first_surname,
        second_surname=names.second_surname,
        sex=mrz.sex(two[20]),
        birth_date=birth_date,
        expires=mrz.expiry(expires, today),
        doubts=tuple(doubted),
    )
