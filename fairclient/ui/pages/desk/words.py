"""What the desk page says about a slip, in the words of the person behind the table."""

from __future__ import annotations

from datetime import datetime

from fairclient.base.clock import zone
from fairclient.base.errors import SlipRefused
from fairclient.base.words import N_, _, ngettext
from fairclient.domain import catalogues
from fairclient.ui.pages.desk.answer import Answer
from fairclient.ui.pages.desk.facts import DeskFacts
from fairclient.ui.widgets import states
from fairclient.ui.widgets.figures import figure
from fairclient.usecases.read_at_desk import ANY_DESK, AtDesk, DeskService, Earlier

# What is read from afar: what to do. Why, and what is safe, are the use case's own sentences.
_REFUSALS = {
    "forged": ("danger", N_("No atienda con esta ficha")),
    "foreign": ("danger", N_("No atienda con esta ficha")),
    "expired": ("danger", N_("No atienda con esta ficha")),
    "void": ("danger", N_("No atienda con esta ficha")),
    "garbled": ("warn", N_("Escanéela otra vez")),
    "mistyped": ("warn", N_("Escriba el código otra vez")),
    "unknown": ("warn", N_("Escanee el QR de la ficha")),
}

_DONE = {
    "served": N_("Atendido: {service}"),
    "not_served": N_("No se atendió: {service}"),
    "referred_on": N_("Remitido: {service}"),
    "postponed": N_("Vuelve más tarde: {service}"),
}


LONG_MINUTES = 15
"""A wait that is worth saying."""


def ready(letter: str) -> Answer:
    """The page waits for a slip."""
    where = "" if letter == ANY_DESK else _("Mesa {letter}").format(letter=letter)
    return Answer("wait", _("Escanee una ficha"), _("o escriba su código de nueve letras y números"), where)


def called(at: AtDesk) -> Answer:
    """There is something to do for this person."""
    unnamed = _("Sin nombre") if at.read.view is not None else _("El nombre está en el papel")
    headline = _("Atienda a") if at.read.display_name else _("Atienda")
    return Answer("go", headline, at.read.display_name or unnamed, at.read.turn)


def nothing_here(at: AtDesk) -> Answer:
    """The slip is good, and this desk has nothing left to do."""
    if at.reserved and not at.here:
        return Answer("warn", _("La atiende el punto focal"), at.read.display_name, at.read.turn)
    been = bool(at.here)
    headline = _("Ya pasó por esta mesa") if been else _("No es de esta mesa")
    return Answer("warn", headline, at.read.display_name, at.read.turn)


def recorded(at: AtDesk, service: DeskService, result: str) -> Answer:
    """An outcome has just been written."""
    headline = _(_DONE[result]).format(service=service.name)
    return Answer("done", headline, at.read.display_name, at.read.turn)


def refused(error: SlipRefused) -> Answer:
    """The slip can't be accepted."""
    level, headline = _REFUSALS.get(error.code, _REFUSALS["garbled"])
    return Answer(level, _(headline), error.what)


def waiting_words(facts: DeskFacts, letter: str) -> str:
    """How many wait, and how long the first of them has waited."""
    if not letter:
        return ""
    words = [_("Nadie espera")]
    if facts.waiting:
        count = ngettext("{n} persona espera", "{n} personas esperan", facts.waiting)
        words = [count.format(n=figure(facts.waiting))]
    if facts.longest >= LONG_MINUTES:
        words.append(_("la primera, {n} min").format(n=figure(facts.longest)))
    if facts.silent:
        words.append(
            ngettext(
                "{n} remisión sin respuesta hace más de una hora",
                "{n} remisiones sin respuesta hace más de una hora",
                facts.silent,
            ).format(n=figure(facts.silent))
        )
    return "  ·  ".join(words)


def where_next(at: AtDesk) -> str:
    """Where to send the person afterwards; "" where there is nowhere left."""
    if not at.next_desks:
        return ""
    return _("Después va a: {desks}").format(desks=desks(at.next_desks))


def send_on(at: AtDesk) -> str:
    """What to tell a person for whom there is nothing left to do here."""
    if at.reserved and not at.here:
        return _("Para registrar aquí, bloquee el equipo y entre con la contraseña del punto focal.")
    if at.next_desks:
        return _("Envíe a la persona a la mesa {desk}.").format(desk=at.next_desks[0])
    if at.letter == ANY_DESK or at.here:
        return _("No le falta ninguna mesa: terminó su recorrido.")
    letters = ", ".join(at.read.desks)
    return _("En su ficha están las mesas: {desks}.").format(desks=letters) if letters else ""


def desks(letters: tuple[str, ...]) -> str:
    """Desk letters as a walk."""
    return " → ".join(_("mesa {letter}").format(letter=letter) for letter in letters)


def earlier_words(service: DeskService, time_zone: str, now: datetime) -> str:
    """What had been recorded for the same slip and service: what, when, at which desk, on which laptop."""
    return "   ".join(_one_earlier(earlier, time_zone, now) for earlier in service.earlier)


def _one_earlier(earlier: Earlier, time_zone: str, now: datetime) -> str:
    parts = [f"{states.look(earlier.result).words} {moment_words(earlier.at, time_zone, now)}"]
    if earlier.desk:
        parts.append(_("mesa {letter}").format(letter=earlier.desk))
    if earlier.station:
        parts.append(earlier.station)
    if earlier.reason:
        parts.append(reason_words(earlier.reason).lower())
    return " · ".join(parts)


def reason_words(reason: str) -> str:
    """The words for a reason's code; another program's own words stay as they are."""
    return catalogues.name_of("not_served_reasons", reason)


def moment_words(at: datetime, time_zone: str, now: datetime) -> str:
    """The time of day at the fair, with the day when it isn't today's."""
    here = zone(time_zone)
    local = at.astimezone(here)
    today = local.date() == now.astimezone(here).date()
    return local.strftime("%H:%M") if today else local.strftime("%d/%m/%Y %H:%M")
