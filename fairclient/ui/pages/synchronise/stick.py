"""The stick on the Sync page: save a sealed bundle for the centre, bring its receipts back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from fairclient.base.words import _, ngettext
from fairclient.store.queries.truth import Stick
from fairclient.ui.pages.synchronise.words import time_words
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text
from fairclient.usecases.import_bundle import ImportedBundle
from fairclient.usecases.import_receipts import ImportedReceipts
from fairclient.usecases.save_bundle import SavedBundle


class StickCard(Card):
    """Two acts, and what the last of each did.

    Signals:
        save_to(Path): save a bundle into this folder.
        bring(Path): take the receipts of this file.
    """

    save_to = Signal(object)
    bring = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Memoria USB"), parent=parent)
        self.folder = ""
        self._about = Text(
            _("Sin red, lo de aquí viaja sellado: solo lo abren la central y quienes supervisan la feria."),
            "soft",
            wrap=True,
        )
        self._rows = NoteList()
        self.save = ActionButton(_("Guardar en USB"), "Ctrl+U", icon="usb")
        self.take = ActionButton(_("Traer de USB"), "Ctrl+T", icon="receipt")
        for part in (self._about, self._rows, self.save, self.take):
            self.add(part)
        for button in (self.save, self.take):
            button.setAutoDefault(True)  # Enter presses it too
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rows.hide()
        self.save.clicked.connect(self._choose_folder)
        self.take.clicked.connect(self._choose_file)

    def set_practice(self) -> None:
        """A practice fair has no centre to take anything to."""
        self.save.setEnabled(False)
        self.take.setEnabled(False)

    def show_last(self, stick: Stick | None, time_zone: str) -> None:
        """Show which bundle was saved last, unless something newer is told."""
        if stick is not None and not self._rows.words():
            self._show([_bundle_row(stick.number, stick.entries, stick.place, stick.at, time_zone)])

    def show_saving(self) -> None:
        """A bundle is being written."""
        self.save.set_busy(_("Guardando y comprobando…"))

    def show_saved(self, saved: SavedBundle, at: datetime, time_zone: str) -> None:
        """It stands there whole; say whose records are on it."""
        self.save.set_busy()
        rows = [_bundle_row(saved.number, saved.entries, str(saved.path), at, time_zone)]
        if len(saved.stations) > 1:
            names = [f"{one.name or _('Otro equipo')}: {figure(one.entries)}" for one in saved.stations]
            rows.append(NoteRow("here", "accent_ink", _("De estos equipos"), " · ".join(names)))
        if saved.left_out:
            words = _("Otros {n} no cupieron: irán en el siguiente, cuando vuelva el acuse de este.")
            rows.append(NoteRow("warn", "warn_ink", words.format(n=figure(saved.left_out))))
        rows.append(NoteRow("info", "accent_ink", _("Llévela a la central y traiga de vuelta el acuse.")))
        self._show(rows)

    def show_taking(self) -> None:
        """Receipts are being read."""
        self.take.set_busy(_("Comprobando las firmas…"))

    def show_taken(self, done: ImportedReceipts) -> None:
        """The receipts were proved; say what they cover."""
        self.take.set_busy()
        words = ngettext("Llegó el acuse de {n}.", "Llegó el acuse de {n}.", done.acknowledged)
        rows = [NoteRow("receipt", "done_ink", words.format(n=figure(done.acknowledged)))]
        if done.quarantined:
            words = ngettext(
                "{n} quedó aparte, por revisar.", "{n} quedaron aparte, por revisar.", done.quarantined
            )
            rows.append(NoteRow("warn", "warn_ink", words.format(n=figure(done.quarantined))))
        if done.unused:
            words = ngettext(
                "{n} acuse es de otro equipo y aquí no cuenta.",
                "{n} acuses son de otros equipos y aquí no cuentan.",
                done.unused,
            )
            rows.append(NoteRow("info", "accent_ink", words.format(n=figure(done.unused))))
        if done.left:
            words = ngettext("Falta el acuse de {n}.", "Falta el acuse de {n}.", done.left)
            rows.append(NoteRow("clock", "warn_ink", words.format(n=figure(done.left))))
        self._show(rows)

    def show_bundle(self, done: ImportedBundle) -> None:
        """What another laptop had saved is here now; say how much of it is new."""
        self.take.set_busy()
        words = ngettext("Llegó {n} de otro equipo.", "Llegaron {n} de otro equipo.", done.new)
        if not done.new:
            words = _("Todo lo de ese paquete ya estaba aquí.")
        rows = [NoteRow("here", "done_ink", words.format(n=figure(done.new)))]
        if done.waiting:
            words = _("Falta algo anterior de {n} bitácoras: sincronice y tráigalo otra vez.")
            rows.append(NoteRow("clock", "warn_ink", words.format(n=figure(done.waiting))))
        self._show(rows)

    def give_up(self) -> None:
        """It did not work; the page says why."""
        self.save.set_busy()
        self.take.set_busy()

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()

    def _show(self, rows: list[NoteRow]) -> None:
        self._rows.show_rows(rows)
        show_if(bool(rows), self._rows)
        show_if(not rows, self._about)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Carpeta de la memoria USB"), self.folder)
        if chosen:
            self.save_to.emit(Path(chosen))

    def _choose_file(self) -> None:
        kinds = f"{_('Acuses y paquetes')} (*.json *.txt *.age);;{_('Todos los archivos')} (*)"
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Acuses de la central, o paquete de otro equipo"), self.folder, kinds
        )
        if chosen:
            self.bring.emit(Path(chosen))


def _count(entries: int) -> str:
    return ngettext("{n} registro", "{n} registros", entries).format(n=figure(entries))


def _bundle_row(number: int, entries: int, place: str, at: datetime, time_zone: str) -> NoteRow:
    path = Path(place)
    where = _("{count} en {folder}: {file}").format(
        count=_count(entries), folder=path.parent.name or str(path.parent), file=path.name
    )
    row = NoteRow(
        "usb", "accent_ink", _("Paquete n.º {number}").format(number=number), where, time_words(at, time_zone)
    )
    row.setToolTip(place)
    return row
