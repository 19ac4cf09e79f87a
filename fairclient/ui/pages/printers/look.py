"""The card that shows a slip as it will come out, and how dark and how wide."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from fairclient.base.words import N_, _
from fairclient.slips import pdf
from fairclient.slips.layout import SlipContent
from fairclient.ui.printing.driver import pages_of
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.showing import show_if
from fairclient.usecases.issue_slip import FORMATS

DARKNESSES = (("-3", N_("Claro")), ("0", N_("Normal")), ("5", N_("Oscuro")))
WIDTHS = {
    "roll80": ((512, "64 mm"), (576, "72 mm"), (640, "80 mm")),
    "roll58": ((360, "45 mm"), (384, "48 mm"), (432, "54 mm")),
}
DOTS = 203


def preview(sample: SlipContent, paper: str) -> QImage:
    """A sample on a paper, as a picture. Runs on the paper's lane: one page is drawn at a time."""
    return pages_of(pdf.rendered([sample], FORMATS[paper]), DOTS)[0]


class LookCard(Card):
    """A picture of a slip, its darkness and its width.

    Signals:
        dots_chosen(int): the dots that the roll's printer has in a row.
        darkness_chosen(int): from -6 to 6.
    """

    dots_chosen = Signal(int)
    darkness_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Así sale la ficha"), parent=parent)
        self._picture = _Picture()
        self.darkness = Segments([(code, _(words)) for code, words in DARKNESSES], optional=False)
        self.widths = {
            paper: Segments([(str(dots), words) for dots, words in choices], optional=False)
            for paper, choices in WIDTHS.items()
        }
        self._darkness_field = Field(_("Oscuridad"), self.darkness)
        self._fields = {paper: Field(_("Ancho que imprime"), one) for paper, one in self.widths.items()}
        self.add(self._picture, 1)
        for field in (*self._fields.values(), self._darkness_field):
            self.add(field)
        self.darkness.changed.connect(lambda code: self.darkness_chosen.emit(int(code)))
        for one in self.widths.values():
            one.changed.connect(partial(self._emit_dots))

    def show_options(self, paper: str, dots: int, darkness: int) -> None:
        """Show what is chosen; pages for a driver have neither."""
        for name, field in self._fields.items():
            show_if(name == paper, field)
        show_if(paper in self._fields, self._darkness_field)
        if paper in self.widths:
            known = str(dots) in [str(choice) for choice, _words in WIDTHS[paper]]
            self.widths[paper].set_value(str(dots) if known else "")
            self.darkness.set_value(str(darkness) if str(darkness) in dict(DARKNESSES) else "")

    def show_slip(self, slip: QImage) -> None:
        """Show a slip."""
        self._picture.show_image(slip)

    def _emit_dots(self, code: str) -> None:
        self.dots_chosen.emit(int(code))


class _Picture(QLabel):
    """A picture as large as its place allows."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(QSize(120, 220))
        self.setAccessibleName(_("Muestra de la ficha"))

    def show_image(self, image: QImage) -> None:
        """Show another."""
        self._image = image
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the place."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        fitted = self._image.scaled(self.size() * ratio, keep, smooth)
        fitted.setDevicePixelRatio(ratio)
        self.setPixmap(QPixmap.fromImage(fitted))
