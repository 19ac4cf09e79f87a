"""Pictures of slips and documents are read by the path that the camera's pictures take."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from fairclient.documents.scan import read_scan
from fairclient.documents.scanned import ScannedSlip
from fairclient.documents.symbols import symbols_in
from tests.fairclient.documents import papers
from tests.fairclient.documents.test_scan_cedula import MARIA, TODAY

TOKEN = "FR1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDEXWK G2EP4J0BGJLFX3R3VHXK.PJ:2DPF6"


def picture(content: str | bytes, kind: zxingcpp.BarcodeFormat) -> Image.Image:
    """A drawn symbol with its quiet zone."""
    code = zxingcpp.create_barcode(content, kind)
    drawn = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=3))
    framed = Image.new("L", (drawn.width + 80, drawn.height + 80), 255)
    framed.paste(drawn.convert("L"), (40, 40))
    return framed


def read_file(path: Path) -> list[str | bytes]:
    """What is in the picture of a file."""
    with Image.open(path) as opened:
        grey = opened.convert("L")
    return symbols_in(grey.tobytes(), grey.width, grey.height, grey.width)


def test_a_slip_in_a_picture(tmp_path: Path) -> None:
    picture(TOKEN, zxingcpp.BarcodeFormat.QRCode).rotate(4, expand=True, fillcolor=255).save(
        tmp_path / "slip.png"
    )
    (found,) = read_file(tmp_path / "slip.png")
    assert read_scan(found, TODAY) == ScannedSlip(TOKEN)


def test_an_old_cedula_in_a_picture(tmp_path: Path) -> None:
    picture(papers.cedula(), zxingcpp.BarcodeFormat.PDF417).save(tmp_path / "cedula.png")
    (found,) = read_file(tmp_path / "cedula.png")
    assert isinstance(found, bytes)
    assert read_scan(found, TODAY) == MARIA


def test_an_empty_picture_and_none() -> None:
    assert symbols_in(bytes(10_000), 100, 100, 100) == []
    with pytest.raises(ValueError, match="picture"):
        symbols_in(b"", 100, 100, 100)
