"""The colours of the two themes, each pair of text and ground at 7:1 or better."""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """Named colours as ``#rrggbb``; the names say what a colour is for, never what it looks like."""

    name: str
    ink: str  # text
    ink_soft: str  # labels, hints, what is secondary
    example: str  # inside an input that is empty: nobody takes it for an answer
    paper: str  # behind the cards
    card: str
    field: str  # inside an input
    hairline: str  # the edge of a card
    edge: str  # the edge of an input, 3:1 against what surrounds it
    accent: str  # filled: chosen, or the one next thing to do
    accent_line: str
    accent_ink: str  # headings and links
    accent_tint: str
    on_accent: str
    warn_ink: str
    warn_tint: str
    warn_line: str
    danger_ink: str
    danger_tint: str
    danger_line: str
    done_ink: str
    done_tint: str
    done_line: str
    rail: str
    rail_chosen: str
    rail_ink: str
    rail_ink_soft: str
    rail_line: str
    rail_focus: str
    edge_width: str  # pixels
    focus_width: str  # pixels, of the ring around an input

    def tokens(self) -> dict[str, str]:
        """The colours by name, for the style sheet."""
        return self._asdict()


INDOORS = Palette(
    name="indoors",
    ink="#17212b",
    ink_soft="#424d58",
    example="#4f5256",
    paper="#f4f2ec",
    card="#ffffff",
    field="#fbfaf7",
    hairline="#dedacf",
    edge="#8a8576",
    accent="#07605b",
    accent_line="#0b7a75",
    accent_ink="#055450",
    accent_tint="#e0f2f0",
    on_accent="#ffffff",
    warn_ink="#654000",
    warn_tint="#fff1d0",
    warn_line="#b87a14",
    danger_ink="#8c1a12",
    danger_tint="#fdecea",
    danger_line="#c2352b",
    done_ink="#055450",
    done_tint="#e0f2f0",
    done_line="#0b7a75",
    rail="#12302f",
    rail_chosen="#1d4644",
    rail_ink="#f1f7f6",
    rail_ink_soft="#b9d2cf",
    rail_line="#37605d",
    rail_focus="#ffd479",
    edge_width="1",
    focus_width="2",
)

SUNLIGHT = Palette(
    name="sunlight",
    ink="#000000",
    ink_soft="#000000",
    example="#555555",
    paper="#ffffff",
    card="#ffffff",
    field="#ffffff",
    hairline="#000000",
    edge="#000000",
    accent="#00332f",
    accent_line="#00332f",
    accent_ink="#00332f",
    accent_tint="#d5f0ed",
    on_accent="#ffffff",
    warn_ink="#3d2600",
    warn_tint="#ffe6a8",
    warn_line="#5c3900",
    danger_ink="#6b0000",
    danger_tint="#ffdcd8",
    danger_line="#6b0000",
    done_ink="#00332f",
    done_tint="#d5f0ed",
    done_line="#00332f",
    rail="#000000",
    rail_chosen="#2b2b2b",
    rail_ink="#ffffff",
    rail_ink_soft="#ffffff",
    rail_line="#ffffff",
    rail_focus="#ffd479",
    edge_width="2",
    focus_width="4",
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
