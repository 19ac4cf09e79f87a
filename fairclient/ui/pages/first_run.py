"""The gate of a laptop that has no fair yet: enrol it with the centre's code, or practise."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from fairclient.base.clock import Clock
from fairclient.base.errors import CodeRefused, ServerUnreachable
from fairclient.base.home import Home
from fairclient.base.words import _
from fairclient.ui.pages.gate import Gate, at_left
from fairclient.ui.runner import Runner
from fairclient.ui.trouble import notice_of
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.banner import Banner
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.passphrase_field import PassphraseField
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

ENROL, PRACTISE = "enrol", "practise"


class FirstRunPage(Gate):
    """Enrols ``home`` at the centre, or opens the fictional fair in ``practice``. Signals: those of Gate."""

    def __init__(self, runner: Runner, home: Home, practice: Home, clock: Clock) -> None:
        super().__init__(
            _("Este equipo aún no tiene feria"),
            _("Inscríbalo con el código que le dio la central, o practique con datos ficticios."),
        )
        self._runner = runner
        self._home = home
        self._practice = practice
        self._clock = clock
        self.banner = Banner(closable=False)
        self.what = Segments(
            [(ENROL, _("Inscribir este equipo")), (PRACTISE, _("Practicar"))], optional=False
        )
        self.address = QLineEdit()
        self.code = QLineEdit()
        self.name = QLineEdit()
        self.passphrase = PassphraseField()
        self.again = PassphraseField()
        self.go = ActionButton("", "Enter", primary=True, icon="play")
        self._fields = self._make_fields()
        self._lay_out()
        self.what.changed.connect(self._show_what)
        self.go.clicked.connect(self._start)
        self.what.set_value(ENROL)
        self._show_what(ENROL)

    def take_focus(self) -> None:
        """To the first choice."""
        self.what.setFocus()

    def field_of(self, editor: QLineEdit) -> Field:
        """The field that holds ``editor``."""
        return self._fields[editor]

    def _make_fields(self) -> dict[QLineEdit, Field]:
        self.address.setPlaceholderText("https://")
        self.address.setMaxLength(200)
        self.code.setMaxLength(80)
        self.name.setMaxLength(60)
        return {
            self.address: Field(_("Dirección de la central"), self.address),
            self.code: Field(_("Código de inscripción"), self.code, _("sirve una sola vez")),
            self.name: Field(_("Su nombre"), self.name, _("queda junto a lo que usted registre")),
            self.passphrase: Field(_("Contraseña nueva"), self.passphrase, _("cuatro palabras que recuerde")),
            self.again: Field(_("La misma contraseña otra vez"), self.again),
        }

    def _lay_out(self) -> None:
        self.form.addWidget(Text(_("Primera vez en este equipo"), "huge", wrap=True))
        self.form.addWidget(self.banner)
        self.form.addWidget(self.what)
        for field in self._fields.values():
            self.form.addWidget(field)
        self.form.addLayout(at_left(self.go))

    def _show_what(self, what: str) -> None:
        enrolling = what == ENROL
        show_if(enrolling, self._fields[self.address])
        show_if(enrolling, self._fields[self.code])
        self.go.set_words(_("Inscribir y entrar") if enrolling else _("Abrir la feria de demostración"))
        self.banner.say(
            "info",
            "" if enrolling else _("Nada de lo que registre en la práctica sale de este equipo."),
        )

    def _start(self) -> None:
        if not self.go.isEnabled() or not self._complete():
            return
        enrolling = self.what.value() == ENROL
        self.go.set_busy(_("Hablando con la central…") if enrolling else _("Preparando la feria…"))
        name, passphrase = self.name.text().strip(), self.passphrase.text()
        if enrolling:
            given = (self.address.text().strip(), self.code.text().strip(), passphrase, name)
            job = self._runner.network(_enrol, self._home, given, self._clock)
        else:
            job = self._runner.database(_practise, self._practice, passphrase, self._clock, name)
        job.done.connect(self._opened)
        job.failed.connect(self._refused)

    def _complete(self) -> bool:
        """Whether everything is there; else say what is missing, and go to the first of it."""
        missing = []
        for editor, field in self._fields.items():
            words = self._lack(editor) if field.isVisibleTo(self) else ""
            field.set_finding(words, "refuse")
            if words:
                missing.append(editor)
        if missing:
            missing[0].setFocus()
        return not missing

    def _lack(self, editor: QLineEdit) -> str:
        if editor is self.again:
            return (
                ""
                if self.again.text() == self.passphrase.text()
                else _("Las dos contraseñas no son iguales.")
            )
        return "" if editor.text().strip() else _("Falta este dato.")

    def _opened(self, place: Any) -> None:
        self.passphrase.clear()
        self.again.clear()
        self.go.set_busy("")
        self.entered.emit(place)

    def _refused(self, error: Exception) -> None:
        self.go.set_busy("")
        notice = notice_of(error)
        if isinstance(error, CodeRefused | ServerUnreachable):
            editor = self.code if isinstance(error, CodeRefused) else self.address
            self._fields[editor].set_finding(" ".join(filter(None, (notice.what, notice.do))), "refuse")
            editor.selectAll()
            editor.setFocus()
            return
        self.banner.say(notice.level, notice.what, notice.safe, notice.do)


# The use cases load the store and the network's libraries: on the runner's threads, when they are needed.
def _enrol(home: Home, given: tuple[str, str, str, str], clock: Clock) -> Any:
    from fairclient.usecases.enrol import Enrolment, enrol  # noqa: PLC0415

    place, _report = enrol(home, Enrolment(*given), clock)
    return place


def _practise(home: Home, passphrase: str, clock: Clock, name: str) -> Any:
    from fairclient.usecases.practice_fair import practice_fair  # noqa: PLC0415

    return practice_fair(home, passphrase, clock, name)
