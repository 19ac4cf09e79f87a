"""«Mis datos»: all that is kept about a person, written to a file for her."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from fairclient.base.errors import SayError
from fairclient.base.words import N_, _
from fairclient.store.queries.names import full_name
from fairclient.ui.folders import documents
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.pages.person.saving_sheet import SavingSheet
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.text import Text
from fairclient.usecases.export_person import export_person

_ID = 8


class ExportSheet(SavingSheet):
    """Asks for the form and the folder; Ctrl+Enter writes the file.

    Signals:
        written(str): it has been written, in words.
    """

    TOLD = (SayError,)
    BUSY = N_("Preparando…")

    written = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Mis datos"), _("Guardar archivo"), icon="document")
        self._facts: PersonFacts | None = None
        self.folder = documents()
        self._who = Text("", "strong", wrap=True)
        self._where = Text("", "soft", wrap=True)
        self.form = Segments(
            [("pdf", _("Papel (PDF)")), ("json", _("Para un programa (JSON)"))], optional=False
        )
        self.choose = ActionButton(_("Otra carpeta…"), "Alt+O", icon="folder")
        self._lay_out()
        self.form.changed.connect(lambda _form: self._say_where())
        self.choose.clicked.connect(self._choose)

    def open_for(self, facts: PersonFacts) -> None:
        """Open it for a person."""
        self._facts = facts
        self._who.setText(full_name(facts.page.fact))
        self.notice.clear()
        self.form.set_value("pdf")
        self._say_where()
        self.open(self.form)

    def path(self) -> Path:
        """Where it goes: a name that says nothing about the person to others."""
        subject = self._facts.page.attendee if self._facts else ""
        return self.folder / f"mis-datos-{subject[-_ID:]}.{self.form.value()}"

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Carpeta para el archivo"), str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            self._say_where()

    def _say_where(self) -> None:
        self._where.setText(_("Va a: {folder}").format(folder=self.path()))

    def _save(self) -> None:
        if self._facts is None:
            return
        attendee, form = self._facts.page.attendee, self.form.value()
        self.write(export_person, attendee, self.path(), form, then=lambda _data: self._tell())

    def _tell(self) -> None:
        self.written.emit(_("Sus datos están en {file}").format(file=self.path().name))

    def _lay_out(self) -> None:
        self.body.addWidget(self._who)
        self.body.addWidget(
            Text(
                _(
                    "Todo lo que se guarda de esta persona, también lo sensible, "
                    "con la prueba de lo que autorizó. Es para ella. Queda escrito que usted lo sacó."
                ),
                wrap=True,
            )
        )
        self.body.addWidget(self.notice)
        self.body.addWidget(Field(_("En qué forma"), self.form))
        self.body.addWidget(self._where)
        self.body.addWidget(self.choose)
        self.body.addStretch(1)
        self.finish()
