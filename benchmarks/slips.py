"""Slips: how long one takes to be made, and how many are read after a day in a pocket."""

from __future__ import annotations

import io
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import qrcode
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from reportlab.lib.pagesizes import A6
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks import decode
from benchmarks.figure import Figure, in_turn, percentile, seconds
from fairclient.slips import escpos, pdf, token
from fairclient.slips.code import human_code
from fairclient.slips.layout import SlipContent
from fairclient.slips.qr import symbol

ROUNDS = 120
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
FAIR = "0195a000-0000-7000-8000-000000000002"


def run() -> list[Figure]:
    """Return all figures of slips."""
    contents = [_content(number) for number in range(ROUNDS + 3)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "slip.pdf"
        ours, bare = in_turn(
            lambda n: pdf.render([contents[n]], "a6", out),
            lambda n: _bare(contents[n], Path(folder) / "bare.pdf"),
            ROUNDS,
        )
    p50, ratio = percentile(ours, 50) * 1000, percentile(ours, 50) / percentile(bare, 50)
    native = percentile([_native(content) for content in contents], 50) * 1000
    return [
        Figure("slips.pdf_p50_ms", p50, "ms", "≤ 20", "one A6 slip, QR and all", p50 <= 20),
        Figure("slips.pdf_ratio", ratio, "×", "≤ 1.5", "bare reportlab + qrcode, same page", ratio <= 1.5),
        Figure("slips.escpos_p50_ms", native, "ms", "≤ 5", "one 80 mm slip, after its QR", native <= 5),
        *decode.figures(contents),
    ]


def _native(content: SlipContent) -> float:
    """Return the seconds that a slip's bytes for a thermal printer take, once its QR is there."""
    symbol(content.token)
    return seconds(lambda: escpos.rendered([content], "roll80"))


def _content(number: int) -> SlipContent:
    token_id = f"{number * 7919 + 1:016x}"
    text = token.issue(
        KEY,
        fair=FAIR,
        token_id=token_id,
        turn=f"B-{number + 1:03}",
        desks=("A", "C", "D"),
        issued=datetime(2026, 3, 14, 8, tzinfo=UTC),
        expires=datetime(2026, 3, 16, 8, tzinfo=UTC),
    )
    return SlipContent(
        turn=f"B-{number + 1:03}",
        display_name="Yuleidy U.",
        desks=("A", "C", "D"),
        code=human_code(token_id),
        token=text,
        fair="Feria ficticia de servicios",
        place="Patio del colegio ficticio",
        day=date(2026, 3, 14),
        help_line="000 000 0000",
        language="es",
        fictional=True,
    )


def _bare(content: SlipContent, out: Path) -> None:
    """Draw the same things the plain way: what the two libraries' own documentation shows."""
    code = qrcode.QRCode(version=None, error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(content.token)
    code.make(fit=True)
    picture = io.BytesIO()
    code.make_image().save(picture)
    canvas = Canvas(str(out), pagesize=A6)
    for size, height, words in (
        (10, 140, content.fair),
        (9, 134, f"{content.place} {content.day:%d/%m/%Y}"),
        (48, 112, content.turn),
        (16, 102, content.display_name),
        (28, 88, "  ".join(content.desks)),
        (12, 24, content.code),
        (9, 12, content.help_line),
    ):
        canvas.setFont("Helvetica", size)
        canvas.drawString(8 * mm, height * mm, words)
    canvas.drawImage(ImageReader(picture), 28 * mm, 30 * mm, 50 * mm, 50 * mm)
    canvas.drawImage(ImageReader(picture), 78 * mm, 30 * mm, 25 * mm, 25 * mm)
    canvas.save()
