"""Slips in picture files: damaged ones that are cleaned first, and files that are no pictures."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from benchmarks import damage
from fairclient.base.errors import BadInput
from fairclient.documents.picture_file import symbols_in_file, text_of
from fairclient.documents.symbols import symbols_in
from fairclient.slips.escpos import rendered
from tests.fairclient.slips.factory import content
from tests.fairclient.slips.thermal import interpreted

TOKEN = content().token


@pytest.fixture(scope="module")
def slip() -> Image.Image:
    """A slip from a narrow roll, whose modules are the smallest."""
    return interpreted(rendered([content()], "roll58"), 384)[0]


@pytest.mark.parametrize("name", [*damage.WITHOUT_SPECKS, *damage.WITH_SPECKS])
def test_whatever_happened_to_a_slip_it_is_read(slip: Image.Image, name: str) -> None:
    hurt = {**damage.WITHOUT_SPECKS, **damage.WITH_SPECKS}[name](slip, Random(name))
    assert symbols_in(hurt.tobytes(), hurt.width, hurt.height, hurt.width) == [TOKEN]


def test_a_large_photo_lying_on_its_side_is_read(slip: Image.Image, tmp_path: Path) -> None:
    photo = slip.resize((slip.width * 3, slip.height * 3)).rotate(90, expand=True).convert("RGB")
    photo.save(tmp_path / "ficha.JPG", quality=80)
    assert symbols_in_file(tmp_path / "ficha.JPG") == [TOKEN]
    assert text_of(str(tmp_path / "ficha.JPG")) == TOKEN


def png(width: int, height: int) -> bytes:
    """A well-made PNG of one colour that is small on the disk and large when it is opened."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + (width + 7) // 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_what_is_typed_is_no_file() -> None:
    assert text_of("030-FZV-GJ4") == "030-FZV-GJ4"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("notes.png", b"no picture", "no-picture"),
        ("empty.jpg", b"", "no-picture"),
        ("bomb.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\0\0\0\0", "no-picture"),
        ("huge.png", png(20_000, 20_000), "no-picture"),
        ("large.png", png(9_000, 9_000), "no-picture"),
        ("missing.png", None, "no-picture"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str, data: bytes | None, code: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput) as caught:
        text_of(str(tmp_path / name))
    assert (caught.value.code, name in caught.value.what) == (code, True)


def test_a_picture_without_a_slip_is_told_apart(tmp_path: Path) -> None:
    Image.new("L", (300, 300), 200).save(tmp_path / "wall.png")
    with pytest.raises(BadInput) as caught:
        symbols_in_file(tmp_path / "wall.png")
    assert caught.value.code == "no-symbol"
