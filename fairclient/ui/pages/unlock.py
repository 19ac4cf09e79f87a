"""The gate of a laptop that has a fair: who is there, and the passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox

from fairclient.base.clock import Clock
from fairclient.base.errors import TooManyTries, WrongPassphrase
from fairclient.base.home import Home
from fairclient.base.words import _
from fairclient.ui.pages.gate import Gate, at_left, link
from fairclient.ui.runner import Runner
from fairclient.ui.trouble import notice_of
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.banner import Banner
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.passphrase_field import PassphraseField
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

if TYPE_CHECKING:  # the vault and the store are loaded after the page is on the screen
    from fairclient.usecases.workplace import Workplace

ASK_MS, WARM_UP_MS = 150, 400


class UnlockPage(Gate):
    """Opens the store of ``home``, or lets somebody in again on the store of ``locked``.

    Signals: those of Gate, and
        enrolment_wanted(): enrol this laptop instead (offered only where the fair is the fictional one).
    """

    enrolment_wanted = Signal()

    def __init__(self, runner: Runner, home: Home, clock: Clock, *, locked: Workplace | None = None) -> None:
        super().__init__(*_words(locked))
        self._runner = runner
        self._home = home
        self._clock = clock
        self._locked = locked
        self._wanted = ""
        self.banner = Banner(closable=False)
        self.operators = QComboBox()
        self.passphrase = PassphraseField()
        self.enter = ActionButton(_("Entrar"), "Enter", primary=True, icon="key")
        self._operator_field = Field(_("¿Quién es usted?"), self.operators)
        self._passphrase_field = Field(_("Contraseña"), self.passphrase)
        self._wait = QTimer(self)
        self._wait.setInterval(1000)
        self._wait.timeout.connect(self._count_down)
        self._seconds = 0
        self._lay_out()
        self.enter.clicked.connect(self._try)
        # After the window is there: the list of names and the libraries of the store, on another thread.
        QTimer.singleShot(ASK_MS, self, self._ask_who)

    def choose(self, operator: str) -> None:
        """Offer ``operator`` first."""
        self._wanted = operator
        self.operators.setCurrentIndex(max(0, self.operators.findData(operator)))

    def offer_enrolment(self) -> None:
        """Say that this is the fictional fair, and offer to enrol the laptop in a real one."""
        self.banner.say("info", _("Feria de demostración: todos los datos son ficticios."))
        button = link(_("Inscribir este equipo en una feria de verdad"))
        button.clicked.connect(self.enrolment_wanted)
        self.form.addLayout(at_left(button))

    def take_focus(self) -> None:
        """To the passphrase: the name is mostly right already."""
        self.passphrase.setFocus()

    def _lay_out(self) -> None:
        title = _("Siga donde iba") if self._locked else _("Entrar a la feria")
        self.form.addWidget(Text(title, "huge"))
        if self._locked is not None:
            self.form.addWidget(Text(self._locked.operator.name, "soft"))
        self.form.addWidget(self.banner)
        self.form.addWidget(self._operator_field)
        self.form.addWidget(self._passphrase_field)
        self.form.addLayout(at_left(self.enter))
        self.form.addWidget(
            Text(
                _(
                    "¿No aparece, u olvidó su contraseña? Quien supervisa entra y se la da en "
                    "«Operadores» (F11)."
                ),
                "hint",
                wrap=True,
            )
        )
        self._operator_field.hide()

    def _ask_who(self) -> None:
        job = self._runner.database(_operators, self._home)
        job.done.connect(self._show_operators)
        job.failed.connect(self._refused)

    def _show_operators(self, found: list[tuple[str, str]]) -> None:
        self.operators.clear()
        for operator, name in found:
            self.operators.addItem(name, operator)
        self.choose(self._wanted)
        show_if(len(found) > 1, self._operator_field)
        QTimer.singleShot(WARM_UP_MS, self, self._warm_up)

    def _warm_up(self) -> None:
        self._runner.network(_load_the_store)

    def _try(self) -> None:
        passphrase = self.passphrase.text()
        if not passphrase or self._seconds or not self.enter.isEnabled():
            return
        self._passphrase_field.set_finding("")
        self.enter.set_busy(_("Abriendo…"))
        operator = self.operators.currentData()
        if self._locked is not None:
            job = self._runner.database(_resume, self._locked, passphrase, operator)
        else:
            job = self._runner.database(_unlock, self._home, passphrase, self._clock, operator)
        job.done.connect(self._opened)
        job.failed.connect(self._refused)

    def _opened(self, place: Workplace) -> None:
        self.passphrase.clear()
        self.enter.set_busy("")
        self.entered.emit(place)

    def _refused(self, error: Exception) -> None:
        self.enter.set_busy("")
        if isinstance(error, TooManyTries):
            self._slow_down(error.seconds)
        elif isinstance(error, WrongPassphrase):
            self._passphrase_field.set_finding(_sentence(error.what, error.do), "refuse")
            self.passphrase.selectAll()
            self.take_focus()
        else:
            notice = notice_of(error)
            self.banner.say(notice.level, notice.what, notice.safe, notice.do)

    def _slow_down(self, seconds: int) -> None:
        self._seconds = max(1, seconds)
        self.enter.setEnabled(False)
        self._wait.start()
        self._tell_wait()

    def _count_down(self) -> None:
        self._seconds -= 1
        self._tell_wait()
        if self._seconds <= 0:
            self._wait.stop()
            self._seconds = 0
            self.enter.setEnabled(True)
            self._passphrase_field.set_finding("")
            self.take_focus()

    def _tell_wait(self) -> None:
        words = _("Hubo varias contraseñas equivocadas. Podrá intentarlo en {n} s; los datos están a salvo.")
        self._passphrase_field.set_finding(words.format(n=self._seconds), "warn")


def _words(locked: Workplace | None) -> tuple[str, str]:
    if locked is None:
        return (
            _("Feria de servicios"),
            _("Registro sin internet: cada persona queda guardada aquí y llega a la central con la red."),
        )
    return (
        _("Pantalla bloqueada"),
        _("Lo que estaba escribiendo sigue tal como lo dejó, y lo pendiente se sigue enviando."),
    )


def _sentence(*parts: str) -> str:
    return " ".join(filter(None, parts))


# The vault, the store and their libraries are loaded on the runner's threads, when the page is there.
def _operators(home: Home) -> list[tuple[str, str]]:
    from fairclient.store import vault  # noqa: PLC0415

    return [(slot.operator, slot.name) for slot in vault.operators(home)]


def _load_the_store() -> None:
    import fairclient.usecases.unlock  # noqa: PLC0415, F401


def _unlock(home: Home, passphrase: str, clock: Clock, operator: str | None) -> Any:
    from fairclient.usecases.unlock import unlock  # noqa: PLC0415

    return unlock(home, passphrase, clock, operator or None)


def _resume(place: Workplace, passphrase: str, operator: str | None) -> Any:
    from fairclient.usecases.resume import resume  # noqa: PLC0415

    return resume(place, passphrase, operator or None)
