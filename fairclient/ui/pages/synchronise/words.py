"""What the Sync page says: where a record is, how the last pass went, why something was set apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from fairclient.base.clock import zone
from fairclient.base.words import N_, _, ngettext
from fairclient.ui.widgets.figures import figure

if TYPE_CHECKING:
    from sync.client.report import Progress, SyncReport

HERE, HUB, CENTRE, QUARANTINED, STICK = "here", "hub", "centre", "quarantined", "stick"

RowWords: TypeAlias = tuple[str, str, str, str, str]
"""What a `NoteRow` is made of: drawing, colour's role, title, text, aside."""

WEATHER = frozenset({"offline", "refused", "timeout", "interrupted"})
"""Trouble of the network that is nobody's fault, and of no account to what people do here."""


@dataclass(frozen=True)
class WhereLook:
    """The name of a place, what it means, what to do, its drawing and the palette's role that colours it."""

    text: str
    meaning: str
    advice: str
    icon: str
    role: str


PLACES = {
    HERE: WhereLook(
        N_("Solo aquí"),
        N_("Aún no hay otra copia"),
        N_("Se enviará en cuanto haya red."),
        "here",
        "warn_ink",
    ),
    HUB: WhereLook(
        N_("En el concentrador"),
        N_("Hay otra copia en la carpa"),
        N_("Falta el acuse de la central."),
        "hub",
        "accent_ink",
    ),
    CENTRE: WhereLook(
        N_("En la central"),
        N_("Con acuse firmado"),
        "",
        "receipt",
        "done_ink",
    ),
    QUARANTINED: WhereLook(
        N_("Por revisar"),
        N_("Guardados aparte en la central"),
        N_("No se perdió: está guardado aquí y aparte en la central. Avise a la supervisión."),
        "warn",
        "warn_ink",
    ),
    STICK: WhereLook(
        N_("En una memoria"),
        N_("Salieron en USB; falta su acuse"),
        N_("Sigue guardado aquí hasta que vuelva el acuse de la central."),
        "usb",
        "warn_ink",
    ),
}

_KINDS = {
    "attendee": N_("Persona"),
    "household": N_("Hogar"),
    "authorisation": N_("Autorización"),
    "visit": N_("Asistencia"),
    "distinction": N_("Decisión sobre un parecido"),
    "draft": N_("Registro sin terminar"),
    "sealed": N_("Nota sellada"),
    "erasure": N_("Supresión de datos"),
    "referral": N_("Remisión"),
    "outcome": N_("Atención en mesa"),
    "slip": N_("Ficha"),
    "fair": N_("Feria"),
    "service": N_("Servicio"),
    "desk": N_("Mesa"),
    "operator": N_("Operador"),
    "operator_key": N_("Acceso a un equipo"),
    "station": N_("Equipo"),
    "day_closed": N_("Cierre del día"),
}

_APART = {
    "unknown-kind": N_("esta versión de la central no conoce esta clase de registro"),
    "bad-field": N_("un dato tiene un valor que la central no admite"),
    "unknown-author": N_("quien lo escribió no está en la lista de la feria"),
    "revoked-author": N_("a quien lo escribió se le había quitado el acceso"),
    "late-clock": N_("dice una hora de más de un día en el futuro: revise el reloj de este equipo"),
    "garbled": N_("no se pudo leer"),
    "forbidden": N_("a quien lo escribió, o a quien nombra, la lista de la feria no se lo permite"),
    "bad-signature": N_("la firma no es de quien dice, o su llave no estaba publicada"),
}

_PHASES = {
    "greeting": N_("Buscando la central…"),
    "sending": N_("Enviando: {done} de {total}"),
    "receiving": N_("Recibiendo: {done} de {total}"),
}


def kind_words(kind: str) -> str:
    """The name of a kind of record; one that a newer program invented is shown as it is."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


def apart_words(code: str) -> str:
    """Why the centre set a record apart."""
    return _(_APART[code]) if code in _APART else code


def progress_words(progress: Progress) -> str:
    """How far the pass is."""
    return _(_PHASES[progress.phase]).format(done=figure(progress.done), total=figure(progress.total))


def report_lines(report: SyncReport) -> list[tuple[str, str, str]]:
    """What a pass did, as (drawing, colour's role, sentence)."""
    lines = []
    if report.sent:
        words = ngettext("Se envió {n} registro.", "Se enviaron {n} registros.", report.sent)
        lines.append(("synchronise", "accent_ink", words.format(n=figure(report.sent))))
    if report.acknowledged:
        words = ngettext("Llegó el acuse de {n}.", "Llegó el acuse de {n}.", report.acknowledged)
        lines.append(("receipt", "done_ink", words.format(n=figure(report.acknowledged))))
    if report.received:
        words = ngettext("Llegó {n} de otros equipos.", "Llegaron {n} de otros equipos.", report.received)
        lines.append(("here", "accent_ink", words.format(n=figure(report.received))))
    if report.given_again:
        words = _("La central había perdido {n}: se le dieron otra vez.").format(n=figure(report.given_again))
        lines.append(("undo", "warn_ink", words))
    if report.quarantined:
        words = ngettext(
            "{n} quedó aparte, por revisar.", "{n} quedaron aparte, por revisar.", report.quarantined
        )
        lines.append(("warn", "warn_ink", words.format(n=figure(report.quarantined))))
    if not lines and report.problem is None:
        lines.append(("done", "done_ink", _("No había nada nuevo de ningún lado.")))
    return lines


def time_words(at: datetime, time_zone: str) -> str:
    """A moment at the fair: day and time."""
    return at.astimezone(zone(time_zone)).strftime("%d/%m %H:%M")
