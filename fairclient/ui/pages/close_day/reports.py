"""The attendance list and the activity report of a day: where they go, and where they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.folders import documents
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.flow import Flow
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.text import Text


class ReportsCard(Card):
    """Chooses a folder, asks for the reports, and opens the folder in which they are.

    Signals:
        wanted(object): write the reports into this folder (a Path).
        folder_changed(str): somebody chose another parent folder.
    """

    wanted = Signal(object)
    folder_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Lista de asistencia e informe"), parent=parent)
        self._parent_folder = documents()
        self._name = ""
        self._where = Text("", "soft", wrap=True)
        self._files = NoteList()
        self.save = ActionButton(_("Guardar lista e informe"), "Ctrl+S", icon="document")
        self.choose = ActionButton(_("Otra carpeta…"), "Alt+O", icon="folder")
        self.open_folder = ActionButton(_("Abrir carpeta"), "Alt+B")
        self.save.clicked.connect(lambda: self.wanted.emit(self.folder()))
        self.choose.clicked.connect(self._choose)
        self.open_folder.clicked.connect(self._open)
        buttons = QWidget()
        row = Flow(buttons, theme.SNUG)
        for button in (self.save, self.choose, self.open_folder):
            row.addWidget(button)
        self.add(self._where)
        self.add(self._files)
        self.add(buttons)
        self.open_folder.hide()

    def folder(self) -> Path:
        """Where the reports go: a folder of the day's own, so that no day writes over another."""
        return self._parent_folder / self._name

    def set_parent_folder(self, folder: Path) -> None:
        """Reports go beneath ``folder``."""
        self._parent_folder = folder
        self._say_where()

    def set_name(self, name: str) -> None:
        """Reports go into a folder with this name; those of another day are no longer shown."""
        if name != self._name:
            self._name = name
            self._files.show_rows([])
            self.open_folder.hide()
            self._say_where()

    def set_busy(self, busy: bool) -> None:
        """Take no key while they are being written."""
        self.save.set_busy(_("Preparando…") if busy else "")
        self.choose.setEnabled(not busy)

    def show_written(self, files: Sequence[Path]) -> None:
        """They are there."""
        kinds = {
            "attendance": _("Lista de asistencia (Excel)"),
            "report": _("Informe de actividad (PDF)"),
            "carry-over": _("Pendientes para otro día (Excel)"),
        }
        self._files.show_rows(
            [NoteRow("done", "done_ink", kinds.get(file.stem, file.stem), file.name) for file in files]
        )
        self.open_folder.show()

    def words(self) -> list[str]:
        """What the rows say."""
        return self._files.words()

    def _say_where(self) -> None:
        self._where.setText(_("Van a: {folder}").format(folder=self.folder()))

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Carpeta de los informes"), str(self._parent_folder)
        )
        if chosen:
            self.set_parent_folder(Path(chosen))
            self.folder_changed.emit(chosen)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder())))
