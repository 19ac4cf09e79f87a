"""The truth about the network and about what has arrived, always in sight."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.text import Text

OFFLINE, ONLINE, BUSY, TROUBLE = "offline", "online", "busy", "trouble"

_MARKS = {OFFLINE: "offline", ONLINE: "online", BUSY: "synchronise", TROUBLE: "warn"}


@dataclass(frozen=True)
class Counts:
    """How many entries are only here, at the hub, at the centre with a receipt, and set apart."""

    here: int = 0
    at_hub: int = 0
    at_centre: int = 0
    quarantined: int = 0


class TruthPill(QPushButton):
    """Words and counts: "Sin red · 37 solo aquí · 212 en el concentrador · 1 480 con acuse".

    It is a button: it leads to the page that tells of every record. In a narrow window it keeps the network's
    state and what is only here. Signals: those of QPushButton.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "pill")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._network = OFFLINE
        self._counts = Counts()
        self._narrow = False
        self._mark = Picture("offline", "warn_ink", 18)
        self._words = Text("", "pill")
        self._words.setFont(theme.tabular(self._words.font()))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP, 0, theme.ROOMY, 0)
        row.setSpacing(theme.SNUG)
        for part in (self._mark, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        self._tell()

    def set_truth(self, network: str, counts: Counts) -> None:
        """Show the state of the ``network`` (one of this module's words) and the counts."""
        self._network, self._counts = network, counts
        self._tell()

    def set_narrow(self, narrow: bool) -> None:
        """Say less, for a narrow window; a screen reader still hears it all."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._tell()

    def words(self) -> str:
        """All that it knows, in words."""
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(self._row.sizeHint().width(), theme.scaled(32))

    def minimumSizeHint(self) -> QSize:
        """Never cut off."""
        return self.sizeHint()

    def _tell(self) -> None:
        level = self._level()
        parts = self._parts()
        self._mark.show_picture(_MARKS[self._network], f"{level}_ink")
        self._words.setText("  ·  ".join(parts[:2] if self._narrow else parts))
        self.setAccessibleName(" · ".join(parts))
        self.setToolTip(" · ".join(parts) if self._narrow else "")
        if self.property("level") != level:
            self.setProperty("level", level)
            theme.restyle(self)
            theme.restyle(self._words)
        self.updateGeometry()

    def _level(self) -> str:
        waiting = self._counts.here or self._counts.quarantined
        return "warn" if waiting or self._network in (OFFLINE, TROUBLE) else "done"

    def _parts(self) -> list[str]:
        counts = self._counts
        parts = [_network_words(self._network), _("{n} solo aquí").format(n=figure(counts.here))]
        if counts.quarantined:
            parts.append(_("{n} por revisar").format(n=figure(counts.quarantined)))
        if counts.at_hub:
            parts.append(_("{n} en el concentrador").format(n=figure(counts.at_hub)))
        parts.append(_("{n} con acuse").format(n=figure(counts.at_centre)))
        return parts


def _network_words(network: str) -> str:
    return {
        OFFLINE: _("Sin red"),
        ONLINE: _("Con red"),
        BUSY: _("Enviando"),
        TROUBLE: _("La red no responde"),
    }[network]
