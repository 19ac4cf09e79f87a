"""What keeps a printer from printing, by a code that the queue keeps, and in words."""

from __future__ import annotations

from typing import Final

from fairclient.base.errors import SayError
from fairclient.base.words import N_, _

NO_PRINTER: Final = "no-printer"
NO_ANSWER: Final = "no-answer"
WRONG_ADDRESS: Final = "wrong-address"
BUSY: Final = "busy"
UNPLUGGED: Final = "unplugged"
NOT_ALLOWED: Final = "not-allowed"
NO_LIBRARY: Final = "no-library"
PAPER_OUT: Final = "paper-out"
COVER_OPEN: Final = "cover-open"
NEAR_END: Final = "near-end"
CUTTER: Final = "cutter"
FAULT: Final = "fault"
OFFLINE: Final = "offline"
QUEUE_MISSING: Final = "queue-missing"
QUEUE_STOPPED: Final = "queue-stopped"
QUEUE_DROPPED: Final = "queue-dropped"
SYSTEM: Final = "system"
CUT_OFF: Final = "cut-off"
INTERRUPTED: Final = "interrupted"
NOT_MADE: Final = "not-made"

_WORDS: Final[dict[str, tuple[str, str]]] = {
    NO_PRINTER: (
        N_("No hay impresora elegida para las fichas."),
        N_("Elija una en Impresoras (F10)."),
    ),
    NO_ANSWER: (
        N_("La impresora no responde."),
        N_("Revise que esté encendida y conectada a la misma red."),
    ),
    WRONG_ADDRESS: (
        N_("En esa dirección no hay una impresora."),
        N_("Revise el número en la hoja de prueba de la impresora."),
    ),
    BUSY: (
        N_("La impresora no recibe la ficha ahora: puede estar ocupada con otro equipo, o apagada."),
        N_("Se vuelve a intentar solo."),
    ),
    UNPLUGGED: (N_("La impresora está desconectada."), N_("Revise el cable y que esté encendida.")),
    NOT_ALLOWED: (
        N_("El sistema no deja usar la impresora."),
        N_("Pida permiso a quien administra este equipo, o use su cola del sistema."),
    ),
    NO_LIBRARY: (
        N_("A este programa le falta el componente para esa impresora."),
        N_("Use la impresora por la red o por su cola del sistema."),
    ),
    PAPER_OUT: (N_("La impresora no tiene papel."), N_("Ponga un rollo nuevo y cierre la tapa.")),
    COVER_OPEN: (N_("La tapa de la impresora está abierta."), N_("Ciérrela.")),
    NEAR_END: (N_("El papel de la impresora se está acabando."), N_("Tenga a mano otro rollo.")),
    CUTTER: (
        N_("La cuchilla de la impresora está trabada."),
        N_("Apague la impresora, abra la tapa, saque el papel atascado y enciéndala."),
    ),
    FAULT: (N_("La impresora tiene un fallo."), N_("Apáguela, espere un momento y enciéndala.")),
    OFFLINE: (
        N_("La impresora está en pausa o fuera de línea."),
        N_("Oprima su botón de papel o de línea, o apáguela y enciéndala."),
    ),
    QUEUE_MISSING: (
        N_("Este equipo ya no tiene esa impresora."),
        N_("Elija otra en Impresoras (F10)."),
    ),
    QUEUE_STOPPED: (
        N_("La cola de la impresora está detenida."),
        N_("Reanúdela en las impresoras del sistema."),
    ),
    QUEUE_DROPPED: (
        N_("El sistema quitó la ficha de la cola de la impresora."),
        N_("Reimprímala si no salió."),
    ),
    SYSTEM: (
        N_("El sistema de impresión de este equipo no responde."),
        N_("Reinicie el equipo, o use otra impresora."),
    ),
    CUT_OFF: (
        N_("La impresora dejó de responder a mitad de la ficha: pudo haberse impreso."),
        N_("Mire si salió entera; si no, reimprímala."),
    ),
    INTERRUPTED: (
        N_("El programa se cerró mientras imprimía: pudo haberse impreso."),
        N_("Mire si salió; si no, reimprímala."),
    ),
    NOT_MADE: (
        N_("La ficha no se pudo preparar."),
        N_("Vuelva a intentarlo; si sigue igual, avise a quien da soporte."),
    ),
    # What the slip itself may say of why it can't be printed, by the codes of issue_slip.
    "void-slip": (N_("Esta ficha está anulada."), N_("No hay que imprimirla.")),
    "unknown-slip": (N_("Esta ficha no está en este equipo."), N_("Imprímala donde se expidió.")),
}

DOUBTFUL: Final = frozenset({CUT_OFF, INTERRUPTED, QUEUE_DROPPED})
"""The slip may be on paper: the program never repeats it by itself, somebody looks and says."""


class PrinterTrouble(SayError):
    """A printer can't print now. ``begun`` where bytes had gone out, so that a slip may be on paper."""

    CODE = "printer"

    def __init__(self, code: str, *, begun: bool = False) -> None:
        what, do = reason_words(code)
        super().__init__(what, _("Las personas están guardadas; la ficha espera."), do, code)
        self.begun = begun


def reason_words(code: str) -> tuple[str, str]:
    """What happened, and what to do, for a code that the queue kept."""
    what, do = _WORDS.get(code, _WORDS[FAULT])
    return _(what), _(do)
