"""What is unfinished at the end of a day, in rows that say what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from fairclient.base.words import _, ngettext
from fairclient.slips.code import pretty
from fairclient.store.queries.drafts import Parked
from fairclient.store.queries.unfinished import Silent, Unfinished
from fairclient.ui.widgets.figures import figure, first_few
from fairclient.ui.widgets.note_row import NoteRow

TURNS = 12
"""Turns that a row names."""


def rows(found: Unfinished) -> list[NoteRow]:
    """A row for each thing that is unfinished, the most urgent first."""
    made: list[NoteRow] = []
    if found.children:
        made.append(_children(found))
    if found.parked:
        made.append(_parked(found.parked))
    if found.taken_twice:
        made.append(_taken_twice(found.taken_twice))
    if found.silent:
        made.append(_silent(found.silent))
    if found.carried:
        made.append(_carried(found.carried))
    if found.blank:
        made.append(_blank(found.blank))
    return made


def _children(found: Unfinished) -> NoteRow:
    count = len(found.children)
    title = ngettext("{n} niña o niño llegó sin un adulto", "{n} niñas o niños llegaron sin un adulto", count)
    who = ", ".join(" ".join(filter(None, (one.turn, one.given_name))) for one in found.children)
    words = _("{who}. Nadie ha registrado que alguien se hizo cargo: no cierre sin saberlo.")
    return NoteRow("danger", "danger_ink", title.format(n=figure(count)), words.format(who=who))


def _parked(parked: Sequence[Parked]) -> NoteRow:
    title = ngettext("{n} registro sin terminar", "{n} registros sin terminar", len(parked))
    who = first_few([f"{one.name or _('sin nombre')} ({pretty(one.fact.code)})" for one in parked], TURNS)
    words = _("{who}. Termínelos en Registrar, o descártelos.").format(who=who)
    return NoteRow("register", "warn_ink", title.format(n=figure(len(parked))), words)


def _taken_twice(twice: Sequence[Parked]) -> NoteRow:
    who = first_few([one.name or pretty(one.fact.code) for one in twice], TURNS)
    title = _("Dos equipos terminaron el mismo registro")
    return NoteRow(
        "warn", "warn_ink", title, _("{who}. Puede ser una sola persona: revíselo.").format(who=who)
    )


def _silent(silent: Sequence[Silent]) -> NoteRow:
    count = len({turn for one in silent for turn in one.turns})
    title = ngettext(
        "{n} persona espera hace más de una hora sin que una mesa la haya visto",
        "{n} personas esperan hace más de una hora sin que una mesa las haya visto",
        count,
    )
    return NoteRow("clock", "warn_ink", title.format(n=figure(count)), "  ·  ".join(map(_desk, silent)))


def _desk(one: Silent) -> str:
    shown = first_few(one.turns, TURNS)
    return _("mesa {letter}: {turns}").format(letter=one.letter or "?", turns=shown)


def _carried(count: int) -> NoteRow:
    title = ngettext("{n} persona queda para otro día", "{n} personas quedan para otro día", count)
    words = _("Al guardar los informes sale la lista, con la razón y a quién se puede llamar.")
    return NoteRow("calendar", "accent_ink", title.format(n=figure(count)), words)


def _blank(turns: Sequence[str]) -> NoteRow:
    title = ngettext(
        "{n} ficha de papel numerada sin usar", "{n} fichas de papel numeradas sin usar", len(turns)
    )
    shown = first_few(turns, TURNS)
    words = _("{turns}. Escriba las que se usaron, y anule y destruya las demás (F10).")
    return NoteRow("slip", "warn_ink", title.format(n=figure(len(turns))), words.format(turns=shown))
