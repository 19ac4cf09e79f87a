"""The card that chooses the paper and its printer, and says how that printer is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fairclient.base.errors import SayError
from fairclient.base.settings import ROLL_DOTS
from fairclient.base.words import N_, _, ngettext
from fairclient.printers import address
from fairclient.printers.address import Address
from fairclient.printers.find import Found
from fairclient.printers.status import Condition
from fairclient.printers.trouble import reason_words
from fairclient.ui import theme
from fairclient.ui.printing.lent import own_addresses
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.choice import Choice
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.note_row import NoteRow, empty
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

PAPERS = (
    ("roll80", N_("Rollo 80")),
    ("roll58", N_("Rollo 58")),
    ("a6", N_("A6")),
    ("a4", N_("A4, cuatro")),
)


class ChoiceCard(Card):
    """The paper, its printer, how that is, and whether other laptops may print here.

    Signals:
        chosen(object): the Address of a printer, None for the system's own.
        typed(str): the address of a network printer, as somebody typed it.
        shared(bool): whether other laptops may print here.
    """

    chosen = Signal(object)
    typed = Signal(str)
    shared = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Impresora de las fichas"), parent=parent)
        self.paper = Segments([(code, _(words)) for code, words in PAPERS], optional=False)
        self.printer = Choice()
        self.search = ActionButton(_("Buscar"), "Ctrl+B", icon="find", compact=True)
        self.address = QLineEdit()
        self.use = ActionButton(_("Usar"), compact=True)
        self.sample = ActionButton(_("Ficha de prueba"), "Ctrl+T", icon="slip")
        self.again = ActionButton(_("Preguntar"), "Ctrl+R", icon="printer")
        self.share = QCheckBox(_("Prestarla a los otros equipos de la red"))
        self._address_field = Field(_("O por su número en la red"), _together(self.address, self.use))
        self._where = Text("", "hint", wrap=True)
        self._state = QVBoxLayout()
        self._state_row: NoteRow | None = None
        self._offered: list[tuple[Address | None, str]] = []
        self._lay_out()
        self.printer.activated.connect(lambda at: self.chosen.emit(self.printer.itemData(at)))
        self.use.clicked.connect(lambda: self.typed.emit(self.address.text()))
        self.address.returnPressed.connect(self.use.click)
        self.share.clicked.connect(self.shared)

    def show_printers(self, found: Sequence[Found], drivers: Sequence[str], chosen: Address | None) -> None:
        """Offer the printers that there are for this paper; the one in use is always among them."""
        native = self.paper.value() in ROLL_DOTS
        offered = [(one.address, _named(one)) for one in found if native]
        offered += [(Address(address.DRIVER, name), name) for name in drivers]
        if chosen is not None and chosen not in [to for to, _name in offered]:
            offered.insert(0, (chosen, address.words(chosen)))
        items: list[tuple[Address | None, str]] = [(None, _("Ninguna"))] if chosen is None else []
        items += offered
        if items != self._offered:
            self._offered = items
            self.printer.clear()
            for to, name in items:
                self.printer.addItem(name, to)
        self.printer.setCurrentIndex(next((n for n, (to, _name) in enumerate(items) if to == chosen), 0))
        self.printer.setToolTip(self.printer.currentText())
        show_if(native, self._address_field)
        show_if(native, self.share)

    def set_finding(self, finding: bool) -> None:
        """Say that printers are being looked for."""
        self.search.set_busy(_("Buscando…") if finding else "")

    def refuse_address(self, error: SayError | None) -> None:
        """Say under the address what is wrong with it; None for nothing."""
        self._address_field.set_finding(f"{error.what} {error.do}" if error else "", "refuse")

    def show_none(self) -> None:
        """No printer takes this paper."""
        what, _do = reason_words("no-printer")
        self._say("warn", "warn_ink", what, _("Elija una en la lista, o pulse Buscar."))

    def show_asking(self) -> None:
        """The printer is being asked."""
        self._say("clock", "ink_soft", _("Preguntando a la impresora…"))

    def show_printing(self) -> None:
        """A sample is on its way."""
        self._say("clock", "ink_soft", _("Imprimiendo una ficha de prueba…"))

    def show_condition(self, condition: Condition) -> None:
        """How the printer is, where it can print."""
        if condition.warning:
            self._say("warn", "warn_ink", *reason_words(condition.warning))
        elif condition.answered:
            self._say("done", "done_ink", _("La impresora está lista."))
        else:
            self._say(
                "info",
                "accent_ink",
                _("La impresora no dice cómo está."),
                _("Recibe fichas, pero no confirma si salieron: pruebe una."),
            )

    def show_trouble(self, error: SayError) -> None:
        """Why the printer can't print."""
        self._say("danger", "danger_ink", error.what, error.do)

    def show_printed(self, *, confirmed: bool) -> None:
        """A sample went out."""
        if confirmed:
            self._say("done", "done_ink", _("La ficha de prueba se imprimió."))
        else:
            sent = _("La ficha de prueba se envió.")
            self._say("info", "accent_ink", sent, _("Mire si salió: esta impresora no lo confirma."))

    def show_sharing(self, on: bool, possible: bool, port: int) -> None:
        """Say what others type to print here."""
        self.share.setChecked(on and possible)
        where = ", ".join(f"{one}:{port}" for one in own_addresses())
        words = _("En los otros equipos escriban: {where}").format(where=where) if on else ""
        if on and not where:
            words = _("Este equipo no está en ninguna red.")
        if not possible:
            words = _("Otro programa de este equipo usa ese puerto: no se puede prestar.")
        self._where.setText(words)
        show_if(bool(words), self._where)

    def show_lent(self, count: int) -> None:
        """Say how many slips of others came out here."""
        words = ngettext(
            "{n} ficha de otro equipo salió aquí", "{n} fichas de otros equipos salieron aquí", count
        )
        self._where.setText(words.format(n=count))
        show_if(True, self._where)

    def state_words(self) -> str:
        """What is said of the printer."""
        return self._state_row.accessibleName() if self._state_row is not None else ""

    def _say(self, icon: str, role: str, title: str, text: str = "") -> None:
        empty(self._state)
        self._state_row = NoteRow(icon, role, title, text)
        self._state.addWidget(self._state_row)

    def _lay_out(self) -> None:
        self.paper.setAccessibleName(_("Papel"))
        self.printer.setAccessibleName(_("Impresora"))
        self.printer.setMinimumContentsLength(12)
        self.printer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.address.setPlaceholderText("192.168.8.20")
        self.address.setMaxLength(120)
        self.add(self.paper)
        self.add(_row((self.printer, 1), (self.search, 0)))
        self.add(self._address_field)
        self.add(self._state)
        self.add(_row((self.sample, 1), (self.again, 1)))
        self.add(self.share)
        self.add(self._where)
        self._where.hide()


def _together(line: QLineEdit, button: QWidget) -> QWidget:
    holder = QWidget()
    row = _row((line, 1), (button, 0))
    row.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(row)
    holder.setFocusProxy(line)
    return holder


def _row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SNUG)
    for widget, share in parts:
        row.addWidget(widget, share)
    return row


def _named(found: Found) -> str:
    words = address.words(found.address)
    return f"{words}  ·  {found.model}" if found.model else words
