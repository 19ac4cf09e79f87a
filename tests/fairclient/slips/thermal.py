"""A thermal printer as far as it matters: takes ESC/POS bytes and gives back the paper as pictures."""

from __future__ import annotations

from PIL import Image

LINE = 34  # dots of a line feed: a sixth of an inch at 203 dpi, rounded


class NotUnderstood(ValueError):
    """Bytes that our printers are never sent; a real one would print garbage."""


def interpreted(data: bytes, width: int = 576) -> list[Image.Image]:
    """The slips that come out, each a picture in black on white as wide as the head.

    A slip ends with a cut, or with the feed that stands for one. Raises NotUnderstood for anything but a
    reset (ESC @), density (GS ( K), rasters (GS v 0), feeds (ESC d) and cuts (GS V), and for rasters wider
    than the head.
    """
    slips: list[Image.Image] = []
    rows: list[bytes] = []
    at, stride = 0, width // 8
    while at < len(data):
        if data.startswith(b"\x1b@", at):
            at += 2
        elif data.startswith(b"\x1d(K\x02\x001", at):
            at += 7
        elif data.startswith(b"\x1dv0\x00", at):
            wide, high = (int.from_bytes(data[at + k : at + k + 2], "little") for k in (4, 6))
            at += 8
            if not 0 < wide <= stride or not high or at + wide * high > len(data):
                raise NotUnderstood(f"a raster of {wide} by {high} at byte {at - 8}")
            rows += [data[at + y * wide : at + (y + 1) * wide].ljust(stride, b"\0") for y in range(high)]
            at += wide * high
        elif data.startswith(b"\x1bd", at):
            rows += [bytes(stride)] * LINE * data[at + 2]
            at += 3
            if not data.startswith(b"\x1dV", at):
                _off(slips, rows, width)
        elif data.startswith(b"\x1dV\x01", at):
            at += 3
            _off(slips, rows, width)
        else:
            raise NotUnderstood(f"byte {at}: {data[at : at + 4]!r}")
    if rows:
        raise NotUnderstood("the last slip is neither cut nor fed out")
    return slips


def _off(slips: list[Image.Image], rows: list[bytes], width: int) -> None:
    """What was printed leaves the printer."""
    dots = Image.frombytes("1", (width, len(rows)), b"".join(rows))
    slips.append(dots.convert("L").point(lambda shade: 255 - shade))
    rows.clear()
