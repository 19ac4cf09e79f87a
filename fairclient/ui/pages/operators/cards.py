"""The two lists of the Operators page: who enters on this laptop, and the rest of the fair's roster."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.empty_state import EmptyState
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text
from fairclient.usecases.laptop_people import MAY_ADMIT, Person, may_admit
from fairclient.usecases.workplace import ROLE_NAMES, Workplace


class HereCard(Card):
    """Who enters here.

    Signals:
        helped(object): this Person forgot her passphrase. removed(object): this one is to go.
    """

    helped = Signal(object)
    removed = Signal(object)

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(_("Entran en este equipo"), parent=parent)
        self._place = place
        self.change = ActionButton(_("Cambiar mi contraseña"), "F8", icon="key")
        self.buttons: list[ActionButton] = []
        self._rows = NoteList()
        self.add(self._rows, 1)
        self.add(_at_left(self.change))

    def show_people(self, people: Sequence[Person]) -> None:
        """Show them as the laptop lists them."""
        self.buttons = []
        self.set_title(_("Entran en este equipo"), figure(len(people)))
        self._rows.show_rows([self._row(one) for one in people])

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()

    def _row(self, person: Person) -> NoteRow:
        oneself = person.id == self._place.operator.id
        row = _row(person, _("usted") if oneself else "")
        if not oneself and may_admit(self._place, person, removing=True):
            give = _button(person, _("Contraseña nueva"), self.buttons)
            remove = _button(person, _("Quitar de este equipo"), self.buttons)
            show_if(person.access == "holds" and may_admit(self._place, person), give)
            give.clicked.connect(partial(self.helped.emit, person))
            remove.clicked.connect(partial(self.removed.emit, person))
            _put(row, give, remove)
        return row


class RosterCard(Card):
    """Who else is on the roster.

    Signals:
        chosen(object): this Person is to get access.
    """

    chosen = Signal(object)

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(_("Otras personas de la feria"), parent=parent)
        self._place = place
        self.add_one = ActionButton(_("Agregar a alguien a este equipo"), "F9", primary=True, icon="plus")
        self.add_one.setEnabled(False)
        self.buttons: list[ActionButton] = []
        self._rows = NoteList()
        self._empty = EmptyState(
            "done",
            _("Nadie más está en la lista de la feria"),
            _("La central agrega personas; con la siguiente sincronización aparecen aquí."),
        )
        self._who = Text(
            _("Quien supervisa da acceso a las demás personas; no hace falta la red."), "soft", wrap=True
        )
        self._admits = not place.operator.roles.isdisjoint(MAY_ADMIT)
        for part in (self._empty, self._rows):
            self.add(part, 1)
        self.add(self._who)
        self.add(_at_left(self.add_one))
        show_if(not self._admits, self._who)
        show_if(self._admits, self.add_one)
        self._rows.hide()

    def show_people(self, people: Sequence[Person]) -> list[Person]:
        """Show them; gives those whom the operator at work may give access."""
        addable = [one for one in people if one.access == "holds" and may_admit(self._place, one)]
        self.buttons = []
        self.set_title(_("Otras personas de la feria"), figure(len(people)) if people else "")
        self._rows.show_rows([self._row(one, one in addable) for one in people])
        show_if(bool(people), self._rows)
        show_if(not people, self._empty)
        self.add_one.setEnabled(bool(addable))
        return addable

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()

    def _row(self, person: Person, addable: bool) -> NoteRow:
        row = _row(person, "")
        if self._admits and person.access == "holds" and not addable:
            row.lines.addWidget(Text(_whose_it_is(person), "row_text", wrap=True))
        if addable:
            give = _button(person, _("Dar acceso"), self.buttons)
            give.clicked.connect(partial(self.chosen.emit, person))
            _put(row, give)
        return row


def _row(person: Person, aside: str) -> NoteRow:
    roles = ", ".join(_(ROLE_NAMES[role]) for role in person.roles)
    said = {
        "holds": ("person", "accent_ink", roles),
        "over": ("void", "warn_ink", _("Su permiso para la feria terminó. {roles}").format(roles=roles)),
        "unlisted": ("warn", "warn_ink", _("Aún no está en la lista de la feria de este equipo.")),
    }
    icon, role, text = said[person.access]
    return NoteRow(icon, role, person.name, text.strip(), aside)


def _whose_it_is(person: Person) -> str:
    """Who gives somebody access, where whoever is at work doesn't."""
    if "administrator" in person.roles:
        return _("Le da acceso otra persona que administra la feria.")
    if "protection" in person.roles:
        return _("Le da acceso otro punto focal de protección, o la administración.")
    return _("Le da acceso quien supervisa.")


def _button(person: Person, words: str, among: list[ActionButton]) -> ActionButton:
    button = ActionButton(words, compact=True)
    button.setAccessibleDescription(person.name)
    among.append(button)
    return button


def _put(row: NoteRow, *buttons: ActionButton) -> None:
    actions = QHBoxLayout()
    actions.setSpacing(theme.SNUG)
    for button in buttons:
        actions.addWidget(button)
    actions.addStretch(1)
    row.lines.addSpacing(theme.TIGHT)
    row.lines.addLayout(actions)


def _at_left(button: ActionButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row
