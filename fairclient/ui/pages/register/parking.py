"""Parking what can't be finished now, and taking it up again: by its paper, or from the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from fairclient.base.words import _
from fairclient.documents import refusals
from fairclient.domain.short_name import display_name
from fairclient.slips.code import pretty
from fairclient.store.queries import households
from fairclient.store.queries.drafts import Parked
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.register.draft import Draft
from fairclient.ui.pages.register.form import RegisterForm
from fairclient.ui.pages.register.kept import KeptForm, write
from fairclient.ui.pages.register.parked import half_done, heard_by, household_of, taken_up
from fairclient.ui.pages.register.parked_sheet import ParkedSheet
from fairclient.usecases.find_parked import Waiting, find_parked, parked_registrations
from fairclient.usecases.keep_form import OpenForm
from fairclient.usecases.park_registration import (
    ParkedSlip,
    abandon_registration,
    park_registration,
    resume_registration,
)
from fairclient.usecases.workplace import Workplace

WRITES = frozenset({"draft"})


class Parking(QObject):
    """What is parked travels like everything else, so the general authorisation is asked for first.

    Signals:
        parked(object): it was written; what comes on the page next is this draft.
        taken_up(object): this draft is to go on the page.
        unauthorised(): the authorisation has not been answered with yes.
        waiting(int): so many registrations wait to be finished.
    """

    parked = Signal(object)
    taken_up = Signal(object)
    unauthorised = Signal()
    waiting = Signal(int)

    def __init__(self, page: Page, form: RegisterForm) -> None:
        super().__init__(page)
        self._page = page
        self._form = form
        self._under_way = False
        self.sheet = ParkedSheet(page)
        self.sheet.wanted.connect(self.take_up)
        self.sheet.thrown_away.connect(self.throw_away)
        self.sheet.code_entered.connect(lambda text: self.find(text, self._not_parked))

    def park(self) -> None:
        """Write down what is on the page, print the paper that leads back to it, and be ready for others."""
        draft = self._form.collect()
        if self._under_way or draft.blank:
            return
        if not draft.consent.general and draft.returning is None:
            self.unauthorised.emit()
            return
        self._form.person.fields.settle()
        draft = self._form.collect()
        self._under_way = True
        following = Draft(family=draft.family)
        leaves = OpenForm(self._page.NAME, write(KeptForm(following)))
        self._page.ask(
            partial(park_registration, on_paper=True),
            self._page.place,
            half_done(draft),
            leaves,
            then=lambda slip: self._parked(slip, draft, following),
            fail=self._failed,
        )

    def look(self) -> None:
        """Read how many wait."""
        self._page.ask(parked_registrations, self._page.place, then=self._found)

    def show_list(self) -> None:
        """Open the sheet of those that wait."""
        self.sheet.open()
        self.look()

    def find(self, text: str, otherwise: Callable[[str], None]) -> None:
        """Take up the registration of a scanned or typed paper; ``otherwise`` gets what is another slip's."""
        self._page.ask(
            find_parked,
            self._page.place,
            text,
            then=lambda parked: otherwise(text) if parked is None else self.take_up(parked.draft),
        )

    def take_up(self, draft: str) -> None:
        """Put a parked registration on the page, unless somebody else stands there."""
        here = self._form.collect()
        if not here.blank and here.parked != draft:
            self._page.trouble.emit(refusals.somebody_else(_("Es un registro sin terminar.")))
            return
        self._page.ask(_resumed, self._page.place, draft, then=self._show)

    def throw_away(self, draft: str) -> None:
        """Give a parked registration up."""
        self._page.ask(abandon_registration, self._page.place, draft, then=lambda _none: self._written())

    def _parked(self, slip: ParkedSlip, draft: Draft, following: Draft) -> None:
        self._under_way = False
        name = display_name(draft.form.get("given_names", ""), draft.form.get("first_surname", ""))
        title = _("{name} · registro sin terminar") if name else _("Registro sin terminar")
        self._page.news.emit(
            title.format(name=name),
            _("Guardado. Se retoma en cualquier equipo con el código {code}.").format(code=pretty(slip.code)),
        )
        if self._page.equipment is not None:
            self._page.equipment.printing.print_slips([slip.draft])
            self._page.equipment.sounds.play("done")
        self.parked.emit(following)
        self._written()

    def _failed(self, error: Exception) -> None:
        self._under_way = False
        self._page.trouble.emit(error)

    def _found(self, found: Waiting) -> None:
        self.sheet.show_parked(found)
        self.waiting.emit(len(found.parked))

    def _show(self, found: tuple[Parked, tuple[households.Member, ...]]) -> None:
        parked, members = found
        self.sheet.close_sheet()
        operator = self._page.place.operator.id
        self.taken_up.emit(taken_up(parked, members, operator, self._form.today))
        if parked.taken:
            self._page.trouble.emit(_two_at_it(parked))
        elif not heard_by(parked, operator):
            self._form.authorisation.complain(
                _("La autorización la oyó {name}. Léala de nuevo: queda a nombre de quien la oye.").format(
                    name=parked.by or _("otra persona")
                )
            )
        self._written()

    def _written(self) -> None:
        """Tell everybody; the page itself looks again how many wait."""
        self._page.announce(WRITES)

    def _not_parked(self, _text: str) -> None:
        self._page.trouble.emit(
            refusals.ScanRefused(
                _("Ese código no es de un registro sin terminar."),
                _("No se cambió nada."),
                _("Si es una ficha, escanéela fuera de esta hoja."),
                code="not-parked",
            )
        )


def _resumed(place: Workplace, draft: str) -> tuple[Parked, tuple[households.Member, ...]]:
    parked = resume_registration(place, draft)
    household = household_of(parked)
    with place.store.read() as session:
        return parked, households.members(session, household) if household else ()


def _two_at_it(parked: Parked) -> refusals.ScanRefused:
    return refusals.ScanRefused(
        _("En el punto {point} también retomaron este registro.").format(point=parked.taken),
        _("Aquí está lo que se había dicho; todavía no se ha guardado."),
        _("Pregunte en ese punto antes de guardar, para no registrarla dos veces."),
        code="taken-elsewhere",
    )
