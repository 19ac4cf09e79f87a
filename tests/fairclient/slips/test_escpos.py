"""The bytes for a thermal printer, printed by one that we made ourselves: pixels, QR, and nothing odd."""

from __future__ import annotations

import pytest
from PIL import ImageChops

from fairclient.slips.escpos import LONGEST_RASTER, rendered
from fairclient.slips.papers import ROLL_HEAD, Roll
from fairclient.slips.qr import symbol
from tests.fairclient.slips.factory import content, issued
from tests.fairclient.slips.rasters import codes, corner
from tests.fairclient.slips.thermal import NotUnderstood, interpreted

ROLLS: tuple[Roll, ...] = ("roll80", "roll58")
MODULE = {"roll80": 8, "roll58": 6}


@pytest.mark.parametrize("roll", ROLLS)
def test_each_slip_comes_out_by_itself_and_its_qr_reads(roll: Roll) -> None:
    tokens = [issued(turn=f"B-{number:03d}", token_id=f"{number:016x}") for number in (1, 42, 999)]
    for cut in (True, False):
        data = rendered([content(token=token) for token in tokens], roll, cut=cut)
        assert [codes(slip) for slip in interpreted(data, ROLL_HEAD[roll])] == [[token] for token in tokens]
        assert (data.count(b"\x1dV\x01") == 3) is cut


@pytest.mark.parametrize("roll", ROLLS)
def test_every_module_is_whole_dots(roll: Roll) -> None:
    slip = interpreted(rendered([content()], roll), ROLL_HEAD[roll])[0]
    made, module = symbol(content().token), MODULE[roll]
    left, top = corner(slip)
    for y in range(made.size):
        for x in range(made.size):
            dark = made.rows[y] >> made.size - 1 - x & 1
            box = (left + x * module, top + y * module, left + (x + 1) * module, top + (y + 1) * module)
            assert slip.crop(box).getextrema() == ((0, 0) if dark else (255, 255)), (x, y)
    quiet = (left - 4 * module, top - 4 * module, left + (made.size + 4) * module, top)
    assert slip.crop(quiet).getextrema() == (255, 255)


@pytest.mark.parametrize("roll", ROLLS)
def test_a_protected_desk_looks_like_any_other(roll: Roll) -> None:
    token = issued()
    both = [content(desks=tuple(desks), token=token) for desks in ("ACD", "ACV")]
    plain, protected = interpreted(rendered(both, roll), ROLL_HEAD[roll])
    assert plain.size == protected.size
    changed = ImageChops.difference(plain, protected).getbbox()
    assert changed is not None
    assert changed[2] - changed[0] < plain.width // 5 and changed[3] - changed[1] < plain.width // 5


def test_a_head_with_fewer_dots_gets_a_narrower_slip() -> None:
    slip = interpreted(rendered([content()], "roll80", width=512), 512)[0]
    assert codes(slip) == [content().token]
    with pytest.raises(NotUnderstood):
        interpreted(rendered([content()], "roll80"), 512)


def test_darkness_is_said_only_where_it_is_asked_for() -> None:
    assert b"\x1d(K" not in rendered([content()], "roll80")
    assert b"\x1d(K\x02\x001\x06" in rendered([content()], "roll80", darkness=6)
    assert b"\x1d(K\x02\x001\xfa" in rendered([content()], "roll80", darkness=-6)
    for wrong in ({"darkness": 7}, {"width": 100}, {"width": 571}):
        with pytest.raises(ValueError):
            rendered([content()], "roll80", **wrong)  # type: ignore[arg-type]


def test_no_raster_is_longer_than_printers_take_and_white_paper_costs_few_bytes() -> None:
    data = rendered([content(desks=tuple("ABCDEFGHIJKLMNOPQRSTUVWX"), token=issued())], "roll80")
    at, heights = 0, []
    while (at := data.find(b"\x1dv0\x00", at)) >= 0:
        wide, high = (int.from_bytes(data[at + k : at + k + 2], "little") for k in (4, 6))
        heights.append(high)
        at += 8 + wide * high
    assert max(heights) <= LONGEST_RASTER
    assert len(data) < 0.8 * 72 * sum(heights)


@pytest.mark.parametrize("roll", ROLLS)
@pytest.mark.parametrize(
    "change",
    [
        {"edition": "draft", "turn": "", "desks": ()},
        {"edition": "draft", "turn": "", "desks": (), "display_name": ""},
        {"edition": "blank", "display_name": "", "desks": ()},
        {"edition": "reissue", "fictional": True, "turn": "ZZ-99999"},
        {"desks": ("A", "AB", "ZZ"), "bring": ("Documento de identidad de cada integrante del hogar",) * 5},
        {"help_line": "", "place": "", "display_name": "", "desks": ()},
        {"fair": "Gran feria intersectorial de servicios para la integración de todas las personas " * 2},
        {"display_name": "Maximiliana-Guadalupe-Esperanza-del-Rosario W."},
    ],
)
def test_odd_slips_print_too(roll: Roll, change: dict[str, object]) -> None:
    slip = interpreted(rendered([content(**change)], roll), ROLL_HEAD[roll])[0]
    assert codes(slip) == [content().token]


def test_a_printer_of_ours_understands_nothing_else() -> None:
    good = rendered([content()], "roll80")
    for bad in (good + b"hola", good[:-6], b"\x1b@\x1dv0\x00\xff\x00\x01\x00" + bytes(255)):
        with pytest.raises(NotUnderstood):
            interpreted(bad)
