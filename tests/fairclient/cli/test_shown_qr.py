"""The QR of an invitation can be read off a terminal and out of its picture."""

from __future__ import annotations

from pathlib import Path

from fairclient.cli import shown_qr
from fairclient.documents.picture_file import text_of
from fairclient.documents.symbols import symbols_in
from fairclient.slips.qr import QUIET

TEXT = "FH1:" + "6BFOXN%TSUHQ7$TG8BJ0" * 18
SIDE = 4


def test_a_terminal_shows_it_dark_on_light() -> None:
    lines = shown_qr.for_terminal(TEXT)
    assert len({len(line) for line in lines}) == 1
    assert set(lines[0]) == {" "} and all(line.startswith(" " * QUIET) for line in lines)
    dark = [[half in letter for letter in line] for line in map(_halves, lines) for half in (0, 1)]
    grey = b"".join(
        b"".join((b"\0" if one else b"\xff") * SIDE for one in row) for row in dark for _copy in range(SIDE)
    )
    width = len(dark[0]) * SIDE
    assert symbols_in(grey, width, len(dark) * SIDE, width) == [TEXT]


def _halves(line: str) -> list[tuple[int, ...]]:
    """Which halves of each letter are drawn."""
    return [{" ": (), "▀": (0,), "▄": (1,), "█": (0, 1)}[letter] for letter in line]


def test_a_picture_of_it_is_kept_fresh_and_taken_away(tmp_path: Path) -> None:
    picture, text = tmp_path / "código.png", tmp_path / "código.txt"
    for told in ("FH1:AAA", TEXT):
        shown_qr.write_picture(picture, told)
        shown_qr.write_text(text, told)
        assert (text_of(str(picture)), text.read_text()) == (told, told + "\n")
    for path in (picture, text, text):
        shown_qr.take_away(path)
    assert not picture.exists() and not text.exists()
