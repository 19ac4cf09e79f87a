"""Short sounds for a loud tent: one for done, another for look at the screen. They can be off."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QUrl

from fairclient.base import resources

DONE, ATTENTION = "done", "attention"


class Sounds(QObject):
    """Plays ``resources/sounds/<name>.wav``. QtMultimedia is loaded with the first sound, never before."""

    def __init__(self, enabled: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.enabled = enabled
        self._effects: dict[str, Any] = {}

    def play(self, name: str) -> None:
        """Play a sound; a laptop without sound stays silent, the screen says it all anyway."""
        if not self.enabled:
            return
        if name not in self._effects:
            self._effects[name] = self._effect(name)
        if self._effects[name] is not None:
            self._effects[name].play()

    def _effect(self, name: str) -> Any:
        try:
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect  # noqa: PLC0415 (a heavy library)
        except ImportError:
            return None
        if QMediaDevices.defaultAudioOutput().isNull():
            return None
        effect = QSoundEffect(self)
        effect.setSource(QUrl.fromLocalFile(str(resources.path(f"sounds/{name}.wav"))))
        effect.setVolume(0.5)
        return effect
