"""Notices that the laptop is in another network, where the system says so."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class NetworkChange(QObject):
    """Tells that the network came, went or became another one. Where the system is silent, so is this.

    Signals:
        changed(): what failed before may go well now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if not QNetworkInformation.availableBackends():
            return
        if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            return
        information = QNetworkInformation.instance()
        if information is not None:
            information.reachabilityChanged.connect(self._changed)
            information.transportMediumChanged.connect(self._changed)

    def _changed(self, _what: object) -> None:
        self.changed.emit()
