"""A page measured in printer dots from its top left corner: what the slip painters draw on.

Everything stands on whole dots of a 203 dpi thermal head (8 dots a millimetre), so that the modules of the QR
come out as whole dots too: off that grid the same symbol reads half as often after a little blur.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Literal, NamedTuple

from fairclient.slips.qr import QUIET, Symbol

DPI = 203

Align = Literal["left", "middle", "right"]


class Style(NamedTuple):
    """A face and its size in dots (25 dots are 9 points); ``spacing`` is extra room between letters."""

    face: str
    size: float
    spacing: float = 0


class Sheet(ABC):
    """A page of ``width`` dots; y grows downwards from the top and texts stand on their base line.

    A page is as long as what came to stand on it: whoever draws says so at the end with ``done``.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self.height = 0

    def done(self, height: int) -> None:
        """Nothing more comes, and the page is ``height`` dots long."""
        self.height = height

    @abstractmethod
    def length(self, text: str, style: Style) -> float:
        """How wide ``text`` is, in dots."""

    @abstractmethod
    def text(
        self, x: float, y: float, text: str, style: Style, align: Align = "left", ink: float = 0
    ) -> None:
        """Write one line at ``x``; ``ink`` is 0 for black and 1 for white."""

    @abstractmethod
    def block(self, x: float, y: float, width: float, height: float, radius: float = 0) -> None:
        """A black rectangle from its top left corner."""

    @abstractmethod
    def frame(self, x: float, y: float, width: float, height: float, radius: float, thick: float) -> None:
        """An outline of ``thick`` dots, drawn inside of the rectangle."""

    @abstractmethod
    def arrow(self, x: float, y: float, size: float) -> None:
        """A solid triangle that points right: ``size`` dots high, its left edge at ``x``, around ``y``."""

    @abstractmethod
    def symbol(self, x: int, y: int, made: Symbol, module: int) -> None:
        """The dark modules of a QR symbol; ``x``, ``y`` and ``module`` are whole dots.

        The four modules of white around it are the caller's to leave (see `symbol_side`).
        """

    def beginning(self, x: float, text: str, style: Style, align: Align) -> float:
        """Where ``text`` begins that is to end at ``x``, or to stand around it."""
        if align == "left":
            return x
        return x - self.length(text, style) / (1 if align == "right" else 2)

    def fitted(self, text: str, style: Style, width: float) -> Style:
        """``style``, made smaller where ``text`` would be wider than ``width``."""
        wide = self.length(text, style)
        if wide <= width:
            return style
        return style._replace(size=style.size * width / wide, spacing=style.spacing * width / wide)

    def lines(self, text: str, style: Style, width: float, most: int) -> list[str]:
        """``text`` broken into at most ``most`` lines of ``width`` dots; what is left over ends in "…"."""
        broken: list[str] = []
        for word in text.split():
            longer = f"{broken[-1]} {word}" if broken else word
            if broken and self.length(longer, style) <= width:
                broken[-1] = longer
            else:
                broken.append(word)
        if len(broken) > most:
            last = broken[most - 1]
            while " " in last and self.length(last + "…", style) > width:
                last = last.rpartition(" ")[0]
            broken[most - 1] = last + "…"
        return broken[:most]


def symbol_side(made: Symbol, module: int) -> int:
    """How many dots a symbol needs with the white around it."""
    return (made.size + 2 * QUIET) * module
