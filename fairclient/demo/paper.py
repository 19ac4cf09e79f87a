"""Look at printed slips as a desk would: render pages at the printer's resolution, read their QR codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PRINTER_DPI = 203


def qr_texts(pdf: Path) -> Iterator[str]:
    """Yield the text of the QR code on each page ("" where none could be read), in the order of pages."""
    # Both are wanted only when a picture is read: start-up stays fast.
    import pypdfium2  # noqa: PLC0415
    import zxingcpp  # noqa: PLC0415

    only_qr = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            picture = page.render(scale=PRINTER_DPI / 72).to_pil().convert("L")
            page.close()
            found = zxingcpp.read_barcodes(picture, formats=only_qr)
            yield found[0].text if found else ""
