"""The card "¿Ya está aquí?": people whom this laptop knows and who fit what was typed so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.birth import parse_birth
from fairclient.domain.catalogues import municipality_label
from fairclient.ui import theme
from fairclient.ui.runner import Job, Runner
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.date_field import day_text
from fairclient.ui.widgets.empty_state import EmptyState
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.note_row import empty
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.spoken import spoken
from fairclient.ui.widgets.text import Text
from fairclient.usecases.look_alike import Candidate, Query, look_alike, warned
from fairclient.usecases.workplace import Workplace

SHOWN = 5
JOINED = "\u00a0· "
"""Between two reasons; it stays at the end of a line."""
MOST_PAPERS = 4
LEAST_LETTERS, LEAST_FIGURES = 3, 7
"""Letters of a name or document, and figures of a telephone, that make a look worth it."""
PAUSE_MS = 60
"""After the last key before the laptop looks: less than the pause between two words."""


class AlikeCard(Card):
    """Looks while one types; Ctrl+1 to Ctrl+5 take a person who is there already, with Shift set her aside.

    Signals:
        picked(str): the attendee with this id is the one who stands here.
        set_aside(str): the attendee with this id is somebody else, as the registrar saw.
    """

    picked = Signal(str)
    set_aside = Signal(str)

    def __init__(self, place: Workplace, runner: Runner) -> None:
        super().__init__(_("¿Ya está aquí?"))
        self._place = place
        self._runner = runner
        self._query = Query()
        self._job: Job | None = None
        self._folded = False
        self._off = False
        self.found: tuple[Candidate, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._look)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SNUG)
        self._empty = EmptyState("find", "")
        self.add(self._list)
        self.add(self._empty, 1)
        self.body.addStretch(0)
        self._show([])
        for at in range(SHOWN):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{at + 1}"), self)
            shortcut.activated.connect(partial(self._pick_nth, at))
            aside = QShortcut(QKeySequence(f"Ctrl+Shift+{at + 1}"), self)
            aside.activated.connect(partial(self._set_nth_aside, at))
            if at == 0:  # the list of keys names the first for all
                shortcut.setWhatsThis(_("Es la primera persona parecida: sigue con ella"))
                aside.setWhatsThis(_("La primera persona parecida no es la misma"))

    def set_folded(self, folded: bool) -> None:
        """Take room only when somebody was found, where the card stands in the way of other cards."""
        self._folded = folded
        show_if(bool(self.found) or not folded, self)

    def set_off(self, off: bool) -> None:
        """Say that nobody is looked for: the one who stands here doesn't want to be known."""
        if off != self._off:
            self._off = off
            self._show([])

    def look_for(self, form: Mapping[str, str], typing: str = "", apart: tuple[str, ...] = ()) -> None:
        """Look, after a moment, for people who look like the one in ``form`` and weren't told ``apart``."""
        query = query_of(form, typing, frozenset(apart), self._place.clock.today())
        if query == self._query:
            return
        self._query = query
        if self._job is not None:
            self._job.forget()
            self._job = None
        if enough(query):
            self._timer.start()
        else:
            self._timer.stop()
            self._show([])

    def _look(self) -> None:
        self._job = self._runner.database(look_alike, self._place, self._query, SHOWN)
        self._job.done.connect(self._found)

    def _found(self, found: Sequence[Candidate]) -> None:
        self._job = None
        self._show(found)

    def _show(self, found: Sequence[Candidate]) -> None:
        self.found = tuple(found[:SHOWN])
        empty(self._list)
        for at, person in enumerate(self.found):
            card = PersonTile(person, at)
            card.clicked.connect(partial(self.picked.emit, person.attendee))
            card.aside.clicked.connect(partial(self.set_aside.emit, person.attendee))
            self._list.addWidget(card)
        show_if(not self.found, self._empty)
        self.set_folded(self._folded)
        self.set_title(_("¿Ya está aquí?"), figure(len(found)) if found else "")
        self.setProperty("level", "warn" if warned(self.found) else "")
        if self._off:
            self._empty.set_words(_("No se busca a nadie"), _("Esta persona se atiende sin nombre."))
        elif enough(self._query):
            self._empty.set_words(_("Nadie parecido"), _("Este equipo no conoce a nadie con esos datos."))
        else:
            self._empty.set_words(_("Escriba y mire aquí"), _("Saldrán las personas que ya se conocen."))

    def _pick_nth(self, at: int) -> None:
        if at < len(self.found):
            self.picked.emit(self.found[at].attendee)

    def _set_nth_aside(self, at: int) -> None:
        if at < len(self.found):
            self.set_aside.emit(self.found[at].attendee)


class PersonTile(QPushButton):
    """One person: name, what is known, and why she is shown."""

    def __init__(self, person: Candidate, at: int) -> None:
        super().__init__()
        self.setProperty("look", "person")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("level", person.level)
        known, warning, why = _known_of(person), _warning(person), JOINED.join(person.why)
        told = (person.name, known, warning, why, person.where_when)
        self.setAccessibleName(spoken(told))
        self.setToolTip("\n".join(filter(None, told)))
        self.setAccessibleDescription(f"Ctrl+{at + 1}")
        self.aside = QPushButton(_("Es otra"))
        self.aside.setProperty("look", "link")
        self.aside.setToolTip(f"Ctrl+Shift+{at + 1}")
        self.aside.setAccessibleName(_("{name}: no es la misma persona").format(name=person.name))
        self.aside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.SNUG, theme.SNUG, theme.SNUG)
        column.setSpacing(2)
        column.addWidget(Text(person.name, "person_name", wrap=True))
        # The likeliest says all there is; of the others one line each is in sight, and all of it in the tip.
        first = at == 0
        column.addWidget(Text(known, "hint", wrap=first, elide=not first))
        if warning:
            column.addWidget(Text(warning, "person_why", wrap=first, elide=not first))
        column.addWidget(Text(why, "person_reason", wrap=first, elide=not first))
        if first:
            column.addWidget(Text(person.where_when, "hint", wrap=True))
        column.addLayout(self._foot(at))
        for label in self.findChildren(QWidget):
            if label is not self.aside:
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = column
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _foot(self, at: int) -> QHBoxLayout:
        """Her key; with Shift, she is somebody else."""
        foot = QHBoxLayout()
        foot.setSpacing(theme.TIGHT)
        foot.addWidget(KeyCap(f"Ctrl+{at + 1}"))
        foot.addStretch(1)
        foot.addWidget(self.aside)
        foot.addWidget(KeyCap("+⇧"))
        return foot

    def hasHeightForWidth(self) -> bool:
        """Long lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As tall as its lines at this width."""
        return self._column.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """As its lines want."""
        return self._column.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Narrow rather than cut off."""
        return QSize(80, self._column.totalMinimumSize().height())


def query_of(form: Mapping[str, str], typing: str, apart: frozenset[str], today: date) -> Query:
    """What of a form says who somebody is; ``typing`` is the question with the focus."""
    papers = [
        (form.get(f"documents.{at}.type", ""), form.get(f"documents.{at}.number", ""))
        for at in range(MOST_PAPERS)
    ]
    told = [(kind, number) for kind, number in papers if number]
    kind, number = told[0] if told else ("", "")
    return Query(
        given_names=form.get("given_names", ""),
        first_surname=form.get("first_surname", ""),
        second_surname=form.get("second_surname", ""),
        birth_date=_day(form.get("birth_date", ""), today),
        document_type=kind,
        document_number=number,
        other_documents=tuple(told[1:]),
        phone=form.get("phones.0.number", ""),
        sex=form.get("sex", ""),
        municipality=form.get("municipality", ""),
        typing="document_number" if typing == "documents" else typing,
        apart=apart,
    )


def enough(query: Query) -> bool:
    """Whether so much was typed that a look is worth it."""
    names = f"{query.given_names}{query.first_surname}{query.second_surname}".replace(" ", "")
    return (
        len(names) >= LEAST_LETTERS
        or len(query.document_number) >= LEAST_LETTERS
        or len(query.phone) >= LEAST_FIGURES
    )


def _day(text: str, today: date) -> date | None:
    try:
        return parse_birth(text, today).day if text else None
    except BadInput:
        return None


def _known_of(person: Candidate) -> str:
    place = municipality_label(person.municipality)
    return JOINED.join(filter(None, (*person.documents[:2], _born(person), place)))


def _born(person: Candidate) -> str:
    if person.birth_date is None:
        return ""
    return str(person.birth_date.year) if person.birth_estimated else day_text(person.birth_date)


def _warning(person: Candidate) -> str:
    return {"sure": _("Casi seguro es la misma persona"), "look": _("Mire si es la misma persona")}.get(
        person.level, ""
    )
