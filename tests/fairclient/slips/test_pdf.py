"""The printed slip: whole dots, a QR that reads, the right words, and nothing that tells who somebody is."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from PIL import ImageChops

from fairclient.base.errors import DiskFull
from fairclient.slips.papers import Paper
from fairclient.slips.pdf import render, rendered
from fairclient.slips.qr import symbol
from fairclient.slips.token import read
from tests.fairclient.slips.factory import FAIR, ISSUED, content, issued, roster
from tests.fairclient.slips.rasters import codes, corner, pages, slips, texts

PAPERS: tuple[Paper, ...] = ("a6", "a4", "roll80", "roll58")
MODULE = {"a6": 7, "a4": 7, "roll80": 8, "roll58": 6}

# Everything that DP-06 keeps off the paper, of one fictional person.
CANARIES = {
    "document": "1090512345",
    "phone": "3105550123",
    "address": "Calle 9 # 12-34",
    "birth date": "1994-03-07",
    "birth date written": "07/03/1994",
    "nationality": "VEN",
    "surname": "Urdaneta",
    "second name": "Carmen",
    "service": "Ruta de atención VBG",
    "service code": "VBG",
    "sensitive service": "Salud sexual y reproductiva",
    "needs": "Orientación población LGBTIQ+",
}


@pytest.mark.parametrize("paper", PAPERS)
def test_the_qr_reads_from_the_printed_page(paper: Paper) -> None:
    tokens = [issued(turn=f"B-{number:03d}", token_id=f"{number:016x}") for number in (1, 42, 999)]
    drawn = slips(rendered([content(token=token) for token in tokens], paper), paper)
    assert [codes(page) for page in drawn] == [[token] for token in tokens]
    assert read(codes(drawn[1])[0], roster, FAIR, ISSUED).turn == "B-042"


@pytest.mark.parametrize("paper", PAPERS)
def test_every_module_is_whole_dots_of_pure_ink(paper: Paper) -> None:
    page = pages(rendered([content()], paper))[0]
    made, module = symbol(content().token), MODULE[paper]
    left, top = corner(page)
    for y in range(made.size):
        for x in range(made.size):
            dark = made.rows[y] >> made.size - 1 - x & 1
            box = (left + x * module, top + y * module, left + (x + 1) * module, top + (y + 1) * module)
            shades = page.crop(box).tobytes()
            assert (max(shades) < 4) if dark else (min(shades) > 251), (x, y)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_quiet_zone_is_white(paper: Paper) -> None:
    busy = content(desks=tuple("ABCDEFGHIJ"), bring=("Documento", "Recibo", "Foto", "Carta"), fictional=True)
    page = pages(rendered([busy], paper))[0]
    side, quiet = symbol(busy.token).size * MODULE[paper], 4 * MODULE[paper]
    left, top = corner(page)
    around = [
        (left - quiet, top - quiet, left + side + quiet, top),
        (left - quiet, top + side, left + side + quiet, top + side + quiet),
        (left - quiet, top, left, top + side),
        (left + side, top, left + side + quiet, top + side),
    ]
    assert min(min(page.crop(box).tobytes()) for box in around) > 251


@pytest.mark.parametrize("paper", PAPERS)
def test_what_is_printed(paper: Paper) -> None:
    said = texts(rendered([content(bring=("Recibo de luz",))], paper))[0]
    running = " ".join(said.split())
    for words in (
        "Feria de servicios Puente Nuevo",
        "Sábado 24 de octubre de 2026",
        "Colegio La Esperanza",
        "B-042",
        "Yuleidy U.",
        "Pase por estas mesas, en este orden",
        "Recibo de luz",
        "01 8000 000 000",
        "Guarde esta ficha",
    ):
        assert words in running
    assert re.search(r"^A\s+C\s+D\s*$", said, re.MULTILINE)
    assert re.search(r"030\s+FZV\s+GJ4", said)


@pytest.mark.parametrize("paper", PAPERS)
def test_no_canary_sings_on_paper_in_the_qr_or_in_the_file(paper: Paper) -> None:
    made = rendered([content()], paper)
    everything = "\n".join([*texts(made), *codes(pages(made)[0]), made.decode("latin-1")])
    token = read(content().token, roster, FAIR, ISSUED)
    everything += repr(token)
    assert [name for name, secret in CANARIES.items() if secret in everything] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_protected_desk_looks_like_any_other(paper: Paper) -> None:
    """Two slips that differ in one letter differ in that letter's box alone (and in the token)."""
    token = issued()
    drawn = rendered([content(desks=tuple(d), token=token) for d in ("ACD", "ACV")], paper)
    plain, protected = slips(drawn, paper)
    assert plain.size == protected.size
    # Two quarters of an A4 differ by a shade of rounding at the edges of letters.
    changed = ImageChops.difference(plain, protected).point(lambda shade: 255 if shade > 32 else 0).getbbox()
    assert changed is not None
    assert changed[2] - changed[0] < plain.width // 5 and changed[3] - changed[1] < plain.width // 5


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "change",
    [
        {"desks": ()},
        {"desks": tuple("ABCDEFGHIJKLMNOPQRSTUVWX")},
        {"desks": ("A", "AB", "ZZ")},
        {"fair": "Gran feria intersectorial de servicios para la integración de todas las personas " * 2},
        {"display_name": "Maximiliana-Guadalupe-Esperanza-del-Rosario W."},
        {"turn": "ZZ-99999", "edition": "reissue", "fictional": True},
        {"help_line": "", "place": "", "display_name": ""},
        {
            "bring": (
                "Documento de identidad vigente de cada integrante del hogar que asista",
                "Carta",
                "Foto",
                "x",
            )
        },
    ],
)
def test_odd_slips_still_print_with_ink_inside_the_margins(paper: Paper, change: dict[str, object]) -> None:
    desks = change.get("desks", ("A", "C", "D"))
    token = issued(desks=desks)
    page = slips(rendered([content(token=token, **change)], paper), paper)[0]
    box = page.point(lambda shade: 255 - shade).getbbox()
    assert box is not None
    assert min(box[0], box[1]) >= 10 and box[2] <= page.width - 20 and box[3] <= page.height - 8
    assert codes(page) == [token]


def test_a_roll_is_as_long_as_its_slip() -> None:
    short, long = pages(rendered([content(desks=()), content(desks=tuple("ABCDEFGHIJKLM"))], "roll80"))
    assert short.height < long.height < 2000
    assert abs(short.width - 640) <= 1


def test_the_fonts_are_inside_and_the_same_slip_gives_the_same_bytes() -> None:
    made = rendered([content()], "a6")
    assert made == rendered([content()], "a6")
    embedded = re.findall(rb"/FontFile2 \d+ 0 R\s+/FontName /\w+\+(SourceSansPro-\w+)", made)
    assert sorted(embedded) == [b"SourceSansPro-Black", b"SourceSansPro-Semibold"]


def test_several_slips_go_into_one_file(tmp_path: Path) -> None:
    out = tmp_path / "fichas.pdf"
    render([content(), content(turn="B-043")], "roll80", out)
    assert len(texts(out.read_bytes())) == 2
    assert list(tmp_path.iterdir()) == [out]


def test_a_full_disk_is_said_and_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "ficha.pdf"
    out.write_bytes(b"before")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        render([content()], "a6", out)
    assert out.read_bytes() == b"before" and list(tmp_path.iterdir()) == [out]
