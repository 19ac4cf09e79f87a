"""The hub that runs on this laptop, for as long as the program does: a locked screen must not end it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal

from fairclient.usecases.run_hub import RunningHub


class Hosting(QObject):
    """Holds the hub of this laptop beyond windows, languages and operators; ends it with the program.

    Signals:
        changed(): a hub begins to be held, or no longer is.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hub: RunningHub | None = None

    @property
    def hub(self) -> RunningHub | None:
        """The hub that runs now, or None."""
        return self._hub if self._hub is not None and self._hub.is_running else None

    def hold(self, hub: RunningHub) -> None:
        """Hold a hub that was started."""
        self._hub = hub
        self.changed.emit()

    def give_up(self) -> RunningHub | None:
        """Hold it no longer; whoever asked stops it."""
        hub, self._hub = self._hub, None
        self.changed.emit()
        return hub

    def end(self) -> None:
        """Stop what is held: the program ends."""
        hub = self.give_up()
        if hub is not None:
            hub.stop()


def hosting() -> Hosting:
    """The one of this program."""
    program = QCoreApplication.instance()
    assert program is not None  # there is no window without one
    found = program.findChild(Hosting)
    if found is None:
        found = Hosting(program)
        program.aboutToQuit.connect(found.end)
    return found
