"""The QR symbol: small, of one size for all, with the mask that the standard asks for."""

from __future__ import annotations

import random

import pytest
import qrcode
from qrcode import util

from fairclient.slips import qr
from tests.fairclient.slips.factory import issued

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def by_qrcode(text: str, mask: int | None = None) -> qrcode.QRCode:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=mask)
    code.add_data(text)
    code.make()
    return code


def rows(code: qrcode.QRCode) -> tuple[int, ...]:
    return tuple(int("".join("01"[bool(dark)] for dark in row), 2) for row in code.modules)


def test_a_token_is_version_8_in_alphanumeric_mode() -> None:
    made = qr.symbol(issued())
    assert (made.version, made.size) == (8, 49)
    alone = by_qrcode(issued())
    assert alone.version == 8
    assert [data.mode for data in alone.data_list] == [util.MODE_ALPHA_NUM]


@pytest.mark.parametrize("seed", range(6))
def test_it_is_the_easiest_to_read_of_the_eight_that_qrcode_makes(seed: int) -> None:
    text = "FR1:" + "".join(random.Random(seed).choices(LETTERS, k=191))
    made = [by_qrcode(text, mask) for mask in range(8)]
    assert qr.symbol(text).rows == rows(min(made, key=lambda code: util.lost_point(code.modules)))


@pytest.mark.parametrize("mask", range(8))
def test_the_penalty_is_the_one_that_qrcode_counts_module_by_module(mask: int) -> None:
    code = by_qrcode(issued(), mask)
    size, stride, flat, area = code.modules_count, code.modules_count + 1, 0, 0
    for row in rows(code):
        flat, area = flat << stride | row, area << stride | (1 << size) - 1
    assert qr.penalty(flat, area, stride) == util.lost_point(code.modules)


def test_the_bars_are_the_dark_modules() -> None:
    made = qr.symbol(issued())
    drawn = [0] * made.size
    for x, y, length in qr.bars(made):
        drawn[y] |= (1 << length) - 1 << made.size - x - length
    assert tuple(drawn) == made.rows


def test_a_dozen_desks_too_many_make_it_grow_and_nothing_else_does() -> None:
    assert qr.symbol(issued(desks=tuple("ABCDEFGHIJKL"))).version == 8
    assert qr.symbol(issued(desks=tuple("ABCDEFGHIJKLMNOPQRSTUVWX"))).version == 9


def test_other_signs_have_no_place_in_it() -> None:
    with pytest.raises(ValueError):
        qr.symbol("yuleidy")
