"""The sheets of the Operators page: give access or a new passphrase, change one's own, take somebody off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from fairclient.base.errors import BadInput, TooManyTries, Unauthorised, WrongPassphrase
from fairclient.base.words import _
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.saving_sheet import SavingSheet
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.passphrase_field import PassphraseField
from fairclient.ui.widgets.text import Text
from fairclient.usecases.add_operator import add_operator
from fairclient.usecases.laptop_people import Person
from fairclient.usecases.remove_operator import remove_operator
from fairclient.usecases.renew_passphrase import change_passphrase, give_passphrase
from fairclient.usecases.workplace import ROLE_NAMES


class PassphraseSheet(SavingSheet):
    """Asks for a new passphrase twice (where ``new`` has a label) and for that of whoever is at work.

    Signals:
        written(str, str): it was done; a title and a text for the toast.
    """

    TOLD = (BadInput, Unauthorised, WrongPassphrase, TooManyTries)
    written = Signal(str, str)

    def __init__(self, page: Page, title: str, save: str, icon: str = "done") -> None:
        super().__init__(page, title, save, 560, icon)
        self.new = PassphraseField()
        self.again = PassphraseField()
        self.own = PassphraseField()
        self._fields: dict[QLineEdit, Field] = {}
        for editor in (self.new, self.again, self.own):
            editor.returnPressed.connect(self._next)
        self.closed.connect(self._forget)

    def begin(self) -> None:
        """Open it."""
        self.open(self._first())

    def field_of(self, editor: QLineEdit) -> Field:
        """The field that holds ``editor``."""
        return self._fields[editor]

    def ask_new(self, label: str, hint: str) -> None:
        """Take the two lines for a new passphrase among the parts."""
        self._put(self.new, label, hint)
        self._put(self.again, _("La misma otra vez"), "")

    def ask_own(self, label: str, hint: str) -> None:
        """Take the line for the passphrase of whoever is at work, and end the parts."""
        self._put(self.own, label, hint)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        self.finish()

    def _put(self, editor: QLineEdit, label: str, hint: str) -> None:
        field = Field(label, editor, hint)
        self._fields[editor] = field
        self.body.addWidget(field)

    def _first(self) -> QWidget:
        return next(iter(self._fields))

    def _next(self) -> None:
        """Enter goes on to the next line; on the last one it does what the sheet is for."""
        lines = list(self._fields)
        at = next((number for number, line in enumerate(lines) if line.hasFocus()), len(lines) - 1)
        if at + 1 < len(lines):
            self.go_to(lines[at + 1])
        else:
            self._save()

    def _save(self) -> None:
        self.notice.clear()
        lacks = [editor for editor in self._fields if not self._is_filled(editor)]
        if lacks:
            self.go_to(lacks[0])
        elif self.save.isEnabled():
            self._do()

    def _is_filled(self, editor: QLineEdit) -> bool:
        """Whether a line is as it must be; else it says beneath what it lacks."""
        words = "" if editor.text() else _("Falta este dato.")
        if editor is self.again and editor.text() != self.new.text():
            words = _("Las dos contraseñas no son iguales.")
        self._fields[editor].set_finding(words, "refuse")
        return not words

    def _do(self) -> None:
        """What the sheet is for."""
        raise NotImplementedError

    def _failed(self, error: Exception) -> None:
        """What is wrong with a passphrase is said beneath it; all else above the button."""
        code = error.code if isinstance(error, BadInput) else ""
        if code in ("short-passphrase", "same-passphrase") and self.new in self._fields:
            self._refuse(self.new, error)
        elif isinstance(error, WrongPassphrase | TooManyTries):
            self._refuse(self.own, error)
        else:
            super()._failed(error)

    def _refuse(self, editor: QLineEdit, error: Exception) -> None:
        self.save.set_busy()
        words = " ".join(filter(None, (getattr(error, "what", ""), getattr(error, "do", ""))))
        self._fields[editor].set_finding(words, "refuse")
        editor.selectAll()
        self.go_to(editor)

    def _forget(self) -> None:
        for editor in (self.new, self.again, self.own):
            editor.clear()


class AddSheet(PassphraseSheet):
    """Gives one of ``people`` access; the new person types, then the supervisor."""

    def __init__(self, page: Page, people: Sequence[Person], person: Person | None = None) -> None:
        super().__init__(page, _("Agregar a alguien a este equipo"), _("Dar acceso"), "plus")
        self._people = {one.id: one for one in people}
        self.who = QComboBox()
        self._roles = Text("", "soft", wrap=True)
        for one in people:
            self.who.addItem(one.name, one.id)
        self.body.addWidget(Field(_("¿A quién?"), self.who, _("de la lista de la feria")))
        self.body.addWidget(self._roles)
        self.who.currentIndexChanged.connect(lambda _at: self._show_roles())
        self.ask_new(_("Contraseña nueva"), _("la escribe la persona nueva; nadie más la sabe"))
        self.ask_own(_own_label(page), _("confirma que es usted quien da el acceso"))
        self.who.setCurrentIndex(max(0, self.who.findData(person.id if person else "")))
        self._show_roles()

    def _first(self) -> QWidget:
        return self.who

    def _show_roles(self) -> None:
        person = self._people[self.who.currentData()]
        roles = ", ".join(_(ROLE_NAMES[role]) for role in person.roles)
        self._roles.setText(_("Podrá: {roles}. Lo decide la central; aquí no cambia.").format(roles=roles))

    def _do(self) -> None:
        given = (self.who.currentData(), self.new.text(), self.own.text())
        self.write(add_operator, *given, then=self._told)

    def _told(self, person: Person) -> None:
        self.written.emit(
            _("{name} ya puede entrar en este equipo").format(name=person.name),
            _("Bloquee la pantalla (Ctrl+L) para que entre. Su firma viaja con la próxima sincronización."),
        )


class GiveSheet(PassphraseSheet):
    """Gives somebody of this laptop a new passphrase."""

    def __init__(self, page: Page, person: Person) -> None:
        super().__init__(
            page, _("Contraseña nueva para {name}").format(name=person.name), _("Guardar"), "key"
        )
        self._person = person
        self.body.addWidget(
            Text(
                _(
                    "Nada de lo registrado se pierde. Las notas selladas para su contraseña de antes las "
                    "leen los demás puntos focales. Queda escrito que usted se la dio."
                ),
                wrap=True,
            )
        )
        self.ask_new(_("Contraseña nueva"), _("la escribe la persona; nadie más la sabe"))
        self.ask_own(_own_label(page), _("confirma que es usted quien la da"))

    def _do(self) -> None:
        self.write(give_passphrase, self._person.id, self.new.text(), self.own.text(), then=self._told)

    def _told(self, person: Person) -> None:
        self.written.emit(
            _("{name} tiene contraseña nueva").format(name=person.name), _("La de antes ya no sirve aquí.")
        )


class ChangeSheet(PassphraseSheet):
    """Changes the passphrase of whoever is at work."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Cambiar mi contraseña"), _("Guardar"), "key")
        self._name = page.place.operator.name
        self._put(self.own, _("Contraseña de ahora"), "")
        self.ask_new(_("Contraseña nueva"), _("cuatro palabras que recuerde"))
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        self.finish()

    def _do(self) -> None:
        self.write(change_passphrase, self.new.text(), self.own.text(), then=lambda _none: self._told())

    def _told(self) -> None:
        self.written.emit(_("Su contraseña cambió"), _("Vale en este equipo, desde ahora."))


class RemoveSheet(PassphraseSheet):
    """Takes somebody off this laptop."""

    def __init__(self, page: Page, person: Person) -> None:
        super().__init__(
            page, _("Quitar a {name} de este equipo").format(name=person.name), _("Quitar"), "void"
        )
        self._person = person
        self.body.addWidget(
            Text(
                _(
                    "Su contraseña deja de abrir este equipo. Lo que registró sigue aquí y sigue siendo "
                    "suyo; en la lista de la feria permanece, y se le puede dar acceso otra vez."
                ),
                wrap=True,
            )
        )
        self.ask_own(_own_label(page), _("confirma que es usted quien la quita"))

    def _do(self) -> None:
        self.write(remove_operator, self._person.id, self.own.text(), then=self._told)

    def _told(self, person: Person) -> None:
        self.written.emit(
            _("{name} ya no entra en este equipo").format(name=person.name),
            _("Para retirarla de toda la feria, avise a la central."),
        )


def _own_label(page: Page) -> str:
    return _("Contraseña de usted, {name}").format(name=page.place.operator.name)
