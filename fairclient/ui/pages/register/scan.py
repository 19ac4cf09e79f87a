"""What the registration page does with a scan: fills it in, opens who holds the slip, or says why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from fairclient.base.errors import SlipRefused
from fairclient.base.words import _
from fairclient.documents import doubts, refusals
from fairclient.documents.form import KEYS, fill
from fairclient.documents.scanned import Scanned, ScannedDocument, ScannedSlip
from fairclient.domain.questions import of_section
from fairclient.store.paper_blocks import Blank
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.register.draft import Draft
from fairclient.ui.pages.register.paper import slip_or_blank
from fairclient.ui.pages.register.remarks import Remarks
from fairclient.usecases.read_slip import ReadSlip


class ScanIntake(QObject):
    """Goes between a scan and the page.

    ``collect`` gives what is on the page, ``fill_in`` writes a form over it and says which questions it has
    answered, ``take_returning`` goes on with somebody who is known here; ``find_parked`` takes up the
    registration that a paper leads to, or hands on what is a slip; ``take_paper`` gives the person a numbered
    paper slip that is nobody's yet.
    """

    def __init__(
        self,
        page: Page,
        remarks: Remarks,
        collect: Callable[[], Draft],
        fill_in: Callable[[Mapping[str, str], tuple[str, ...]], None],
        take_returning: Callable[[str], None],
        find_parked: Callable[[str, Callable[[str], None]], None],
        take_paper: Callable[[Blank], None],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._remarks = remarks
        self._collect = collect
        self._fill_in = fill_in
        self._take_returning = take_returning
        self._find_parked = find_parked
        self._take_paper = take_paper

    def take(self, scan: Scanned) -> None:
        """Use a scan, or say why it isn't used."""
        if isinstance(scan, ScannedSlip):
            self._find_parked(scan.text, self._read_slip)
        else:
            self._take_document(scan)

    def _read_slip(self, text: str) -> None:
        self._page.ask(slip_or_blank, self._page.place, text, then=self._show_slip)

    def _take_document(self, scan: ScannedDocument) -> None:
        draft = self._collect()
        if draft.anonymous:
            self._somebody_else(_("En la pantalla se atiende a alguien sin nombre."))
            return
        filled = fill(draft.form, scan, self._page.place.clock.today()) if draft.returning is None else None
        if filled is None:
            self._somebody_else()
            return
        self._fill_in(filled, KEYS)
        self._remarks.say(doubts.findings(scan))
        self._play("done")

    def _show_slip(self, read: ReadSlip | Blank) -> None:
        if isinstance(read, Blank):
            self._take_paper(read)
        elif read.view is None:
            self._page.trouble.emit(_not_here(read.turn))
        elif self._collect().blank or self._collect().returning == read.view.attendee:
            self._take_returning(read.view.attendee)
            self._play("done")
        else:
            self._somebody_else(
                _("Es la ficha {turn}, de {name}.").format(turn=read.turn, name=read.display_name)
            )

    def _somebody_else(self, whose: str = "") -> None:
        """The scan is of another person than the one who is half-filled: nothing is mixed."""
        self._page.trouble.emit(refusals.somebody_else(whose))

    def _play(self, sound: str) -> None:
        if self._page.equipment is not None:
            self._page.equipment.sounds.play(sound)


def _not_here(turn: str) -> SlipRefused:
    return SlipRefused(
        _("Es la ficha {turn}; la persona aún no ha llegado a este equipo.").format(turn=turn),
        _("La ficha sirve en las mesas."),
        _("Sincronice (F6) para verla aquí."),
        code="not-here",
    )


def first_missing(form: Mapping[str, str]) -> str | None:
    """The first question asked of everybody that has no answer yet; many people have one surname."""
    asked = (one.key for one in of_section("person") if one.everybody and one.key != "second_surname")
    return next((key for key in asked if not form.get(key)), None)
