"""The gate of a laptop that has no fair yet: enrol it with the centre's code, or practise."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit

from fairclient.base.clock import Clock
from fairclient.base.errors import CodeRefused, ServerUnreachable
from fairclient.base.home import Home
from fairclient.base.words import _
from fairclient.documents.keyboards import retype_token
from fairclient.ui.pages.gate import Gate, at_left
from fairclient.ui.runner import Runner
from fairclient.ui.scanning.scanner import Scanner
from fairclient.ui.trouble import notice_of
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.banner import Banner
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.passphrase_field import PassphraseField
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

if TYPE_CHECKING:
    from fairclient.usecases.read_enrolment_code import EnrolmentCode

ENROL, PRACTISE = "enrol", "practise"
TICKET = "FE1:"
"""How the text of an enrolment's QR begins (docs/protocol.md)."""
LONGEST = 1600
"""Signs that a field takes; such a text has at most 1500."""


class FirstRunPage(Gate):
    """Enrols ``home`` at the centre, or opens the fictional fair in ``practice``. Signals: those of Gate.

    The code is typed, said in words, or scanned with whatever reads a QR; a scanned one brings the address.
    """

    def __init__(self, runner: Runner, home: Home, practice: Home, clock: Clock) -> None:
        super().__init__(
            _("Este equipo aún no tiene feria"),
            _("Inscríbalo con el código que le dio la supervisión, o practique con datos ficticios."),
        )
        self._runner = runner
        self._home = home
        self._practice = practice
        self._clock = clock
        self.banner = Banner(closable=False)
        self.what = Segments(
            [(ENROL, _("Inscribir este equipo")), (PRACTISE, _("Practicar"))], optional=False
        )
        self.code = QLineEdit()
        self.camera = ActionButton(_("Con la cámara"), "Ctrl+K", icon="eye")
        self.address = QLineEdit()
        self.name = QLineEdit()
        self.passphrase = PassphraseField()
        self.again = PassphraseField()
        self.go = ActionButton("", "Enter", primary=True, icon="play")
        self._ticket = ""
        self._brought = ("", "")
        self._fields = self._make_fields()
        self._lay_out()
        self.what.changed.connect(self._show_what)
        self.go.clicked.connect(self._start)
        self.camera.clicked.connect(self.show_camera)
        self.code.textChanged.connect(self._look_for_ticket)
        self.address.textChanged.connect(self._look_for_ticket)
        self._scanner = Scanner(self)
        self._scanner.scanned.connect(self.take_scan)
        self.what.set_value(ENROL)
        self._show_what(ENROL)

    def take_focus(self) -> None:
        """To the code: most laptops are opened here with one at hand."""
        (self.code if self.code.isVisibleTo(self) else self.what).setFocus()

    def take_scan(self, scan: str | bytes) -> None:
        """Take the QR of an enrolment, whatever read it; anything else is told."""
        text = scan.decode("latin-1") if isinstance(scan, bytes) else scan
        meant = retype_token(text.strip()) or text
        try:
            self._take(meant)
        except CodeRefused as refused:
            self.field_of(self.code).set_finding(str(refused), "refuse")

    def show_camera(self) -> None:
        """Look for the QR with the camera."""
        # Loaded when somebody wants it: most read the code or scan it.
        from fairclient.ui.scanning.camera import Camera  # noqa: PLC0415
        from fairclient.ui.scanning.camera_card import CameraCard  # noqa: PLC0415

        sheet = Sheet(self, _("Escanear el código"))
        camera = Camera(self._runner, sheet)
        card = CameraCard(camera)
        sheet.body.addWidget(card)
        sheet.body.addStretch(1)
        camera.scanned.connect(lambda _scan: sheet.close_sheet())
        camera.scanned.connect(self.take_scan)
        sheet.closed.connect(camera.stop)
        sheet.closed.connect(sheet.deleteLater)
        sheet.open(card.look)
        card.look_now()

    def field_of(self, editor: QLineEdit) -> Field:
        """The field that holds ``editor``."""
        return self._fields[editor]

    def _make_fields(self) -> dict[QLineEdit, Field]:
        self.address.setPlaceholderText("https://")
        self.name.setMaxLength(60)
        for editor in (self.code, self.address):
            editor.setMaxLength(LONGEST)
        return {
            self.code: Field(
                _("Código de inscripción"),
                self.code,
                _("escaneado, o sus letras o doce palabras"),
            ),
            self.address: Field(_("Dirección de la central"), self.address),
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
            if field.editor is self.code:
                self.form.addLayout(at_left(self.camera))
        self.form.addLayout(at_left(self.go))

    def _show_what(self, what: str) -> None:
        enrolling = what == ENROL
        show_if(enrolling, self._fields[self.address])
        show_if(enrolling, self._fields[self.code])
        show_if(enrolling, self.camera)
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
            given = (self.address.text().strip(), self._code_given(), passphrase, name)
            job = self._runner.network(_enrol, self._home, given, self._clock)
        else:
            job = self._runner.database(_practise, self._practice, passphrase, self._clock, name)
        job.done.connect(self._opened)
        job.failed.connect(self._refused)

    def _look_for_ticket(self, text: str) -> None:
        """Somebody pasted the text of a QR, or a scanner typed it too slowly to be taken for one."""
        if text.lstrip().startswith(TICKET):
            with suppress(CodeRefused):  # it isn't whole yet
                self._take(text)

    def _take(self, text: str) -> None:
        """Fill in what a QR brings, and go on to what it doesn't. Raises CodeRefused."""
        if not text.lstrip().startswith(TICKET):
            raise CodeRefused(
                _("Ese código no es de una inscripción."), do=_("Escanee el que muestra la supervisión.")
            )
        found = _read(text)
        self.what.set_value(ENROL)
        self._show_what(ENROL)
        self._ticket, self._brought = text.strip(), (found.code, found.address)
        for editor, shown in zip((self.code, self.address), self._brought, strict=True):
            editor.setText(shown)
            self._fields[editor].set_finding("", "refuse")
        self.banner.say("info", _("Se inscribirá en: {fair}").format(fair=found.fair) if found.fair else "")
        self.name.setFocus()

    def _code_given(self) -> str:
        """The QR as it was scanned, with the centre's key, as long as nobody wrote over what it brought."""
        if self._ticket and self._brought == (self.code.text(), self.address.text()):
            return self._ticket
        return self.code.text().strip()

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


def _read(text: str) -> EnrolmentCode:
    # The contract's libraries take a while to load: the page is there before them.
    from fairclient.usecases.read_enrolment_code import read_enrolment_code  # noqa: PLC0415

    return read_enrolment_code(text)


# The use cases load the store and the network's libraries: on the runner's threads, when they are needed.
def _enrol(home: Home, given: tuple[str, str, str, str], clock: Clock) -> Any:
    from fairclient.usecases.enrol import Enrolment, enrol  # noqa: PLC0415

    place, _report = enrol(home, Enrolment(*given), clock)
    return place


def _practise(home: Home, passphrase: str, clock: Clock, name: str) -> Any:
    from fairclient.usecases.practice_fair import practice_fair  # noqa: PLC0415

    return practice_fair(home, passphrase, clock, name)
