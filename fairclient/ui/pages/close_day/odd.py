"""What is odd about a day, each with its reason in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from fairclient.base.words import N_, _, ngettext
from fairclient.store.queries.oddities import Oddity
from fairclient.store.queries.truth import StationHeard
from fairclient.store.queries.unfinished import Unfinished
from fairclient.ui.pages.close_day.unfinished import rows as unfinished_rows
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.figures import figure, first_few
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.text import Text

SHOWN = 40
TURNS = 24

_WHY = {
    "served-twice": N_(
        "Está atendida dos veces. Se guardaron las dos: pregunte si el servicio se dio dos veces."
    ),
    "told-apart": N_(
        "Una mesa dice que la atendió y otra que no. Vale la atención; confírmelo con las mesas."
    ),
    "served-void": N_("Se atendió con una ficha anulada. Vale la atención; revise que sea la misma persona."),
    "absent-and-seen": N_("Un equipo la dio por ausente y una mesa la atendió. Vale la atención."),
    "unknown-slip": N_(
        "Una mesa atendió una ficha que no ha llegado aquí. Llegará al sincronizar el equipo que la imprimió."
    ),
}


class OddCard(Card):
    """A row for each odd thing; what is merely open is one row with its turns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Para mirar"), parent=parent)
        self._rows = NoteList()
        self._more = Text("", "soft")
        self.add(self._rows)
        self.add(self._more)
        self.body.addStretch(1)

    def show_day(
        self,
        odd: Sequence[Oddity],
        unheard: Sequence[StationHeard],
        services: Mapping[str, str],
        unfinished: Unfinished,
    ) -> None:
        """Show what is unfinished or odd, and the laptops of which nothing has come."""
        rows = [self._unheard(unheard)] if unheard else []
        rows += unfinished_rows(unfinished)
        waiting = [one for one in odd if one.code == "open"]
        others = [one for one in odd if one.code != "open"]
        rows += [_row(one, services) for one in others[:SHOWN]]
        if waiting:
            rows.append(_open_row(waiting))
        if not rows:
            rows.append(NoteRow("done", "done_ink", _("Nada raro"), _("Puede cerrar con tranquilidad.")))
        self._rows.show_rows(rows)
        left = len(others) - SHOWN
        self._more.setVisible(left > 0)
        self._more.setText(_("Y {n} más, que salen en el informe.").format(n=figure(left)))

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()

    def _unheard(self, unheard: Sequence[StationHeard]) -> NoteRow:
        names = ", ".join(one.name or one.point for one in unheard)
        title = ngettext(
            "De {n} equipo no ha llegado nada", "De {n} equipos no ha llegado nada", len(unheard)
        )
        return NoteRow(
            "offline",
            "warn_ink",
            title.format(n=figure(len(unheard))),
            _("{names}. Lo suyo no entra en este cierre hasta que sincronice.").format(names=names),
        )


def _row(odd: Oddity, services: Mapping[str, str]) -> NoteRow:
    title = "  ·  ".join(filter(None, (odd.turn, services.get(odd.service, odd.service))))
    why = _(_WHY[odd.code]) if odd.code in _WHY else odd.code
    desk = _("mesa {letter}").format(letter=odd.detail) if odd.detail else ""
    return NoteRow("warn", "warn_ink", title, why, desk)


def _open_row(waiting: Sequence[Oddity]) -> NoteRow:
    turns = list(dict.fromkeys(one.turn for one in waiting if one.turn))
    shown = first_few(turns, TURNS)
    title = ngettext(
        "{n} remisión sin atención registrada", "{n} remisiones sin atención registrada", len(waiting)
    )
    return NoteRow("clock", "warn_ink", title.format(n=figure(len(waiting))), shown)
