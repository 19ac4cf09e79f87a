"""A page measured in printer dots from its top left corner: what the slip painters draw with.

Everything stands on whole dots of a 203 dpi thermal head (8 dots a millimetre), so that the modules of the QR
come out as whole dots too; off that grid the same symbol reads half as often after a little blur.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

DPI = 203
DOT = 72 / DPI  # PDF points in a dot

Align = Literal["left", "middle", "right"]


class Canvas(Protocol):
    """The part of reportlab's canvas that slips need."""

    def setPageSize(self, size: tuple[float, float]) -> None: ...  # noqa: N802
    def setFont(self, name: str, size: float) -> None: ...  # noqa: N802
    def drawString(self, x: float, y: float, text: str) -> None: ...  # noqa: N802


class Sheet:
    pass
