"""The card "¿Ya está aquí?": people whom this laptop knows and who fit what was typed so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.domain.catalogues import municipality_label
from fairclient.store.queries import people
from fairclient.store.queries.people import FoundPerson
from fairclient.ui import theme
from fairclient.ui.runner import Job, Runner
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.date_field import day_text
from fairclient.ui.widgets.empty_state import EmptyState
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text
from fairclient.usecases.workplace import Workplace

SHOWN = 5
PAUSE_MS = 90
"""After the last key before the laptop looks: less than the pause between two words."""


class AlikeCard(Card):
    """Looks while one types; Ctrl+1 to Ctrl+5 take a person who is there already.

    Signals:
        picked(str): the attendee with this id is the one who stands here.
    """

    picked = Signal(str)

    def __init__(self, place: Workplace, runner: Runner) -> None:
        super().__init__(_("¿Ya está aquí?"))
        self._place = place
        self._runner = runner
        self._texts: tuple[str, ...] = ()
        self._job: Job | None = None
        self._folded = False
        self.found: tuple[FoundPerson, ...] = ()
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

    def set_folded(self, folded: bool) -> None:
        """Take room only when somebody was found, where the card stands in the way of other cards."""
        self._folded = folded
        show_if(bool(self.found) or not folded, self)

    def look_for(self, form: Mapping[str, str]) -> None:
        """Look, after a moment, for people who fit the documents, names and telephones of ``form``."""
        texts = _texts(form)
        if texts == self._texts:
            return
        self._texts = texts
        if self._job is not None:
            self._job.forget()
            self._job = None
        if texts:
            self._timer.start()
        else:
            self._timer.stop()
            self._show([])

    def _look(self) -> None:
        self._job = self._runner.database(_find, self._place, self._texts)
        self._job.done.connect(self._found)

    def _found(self, found: Sequence[FoundPerson]) -> None:
        self._job = None
        self._show(found)

    def _show(self, found: Sequence[FoundPerson]) -> None:
        self.found = tuple(found[:SHOWN])
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for at, person in enumerate(self.found):
            card = PersonTile(person, at)
            card.clicked.connect(partial(self.picked.emit, person.attendee))
            self._list.addWidget(card)
        show_if(not self.found, self._empty)
        self.set_folded(self._folded)
        self.set_title(_("¿Ya está aquí?"), figure(len(found)) if found else "")
        if self._texts:
            self._empty.set_words(_("Nadie parecido"), _("Este equipo no conoce a nadie con esos datos."))
        else:
            self._empty.set_words(_("Escriba y mire aquí"), _("Saldrán las personas que ya se conocen."))

    def _pick_nth(self, at: int) -> None:
        if at < len(self.found):
            self.picked.emit(self.found[at].attendee)


class PersonTile(QPushButton):
    """One person: name, what is known, and why she is shown."""

    def __init__(self, person: FoundPerson, at: int) -> None:
        super().__init__()
        self.setProperty("look", "person")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        known = " · ".join(
            filter(None, (person.document, _born(person), municipality_label(person.municipality)))
        )
        self.setAccessibleName(f"{person.name}. {known}. {_why(person.why)}")
        self.setAccessibleDescription(f"Ctrl+{at + 1}")
        top = QHBoxLayout()
        top.setSpacing(theme.TIGHT)
        top.addWidget(Text(person.name, "person_name", elide=True), 1)
        top.addWidget(KeyCap(f"Ctrl+{at + 1}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.SNUG, theme.SNUG, theme.SNUG)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(Text(known, "hint", wrap=True))
        column.addWidget(Text(_why(person.why), "person_why", wrap=True))
        for label in self.findChildren(QWidget):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = column
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

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


def _find(place: Workplace, texts: Sequence[str]) -> list[FoundPerson]:
    found: dict[str, FoundPerson] = {}
    with place.store.read() as session:
        for text in texts:
            for person in people.find(session, text, SHOWN + 1):
                found.setdefault(person.attendee, person)
    return list(found.values())


def _texts(form: Mapping[str, str]) -> tuple[str, ...]:
    """What to look for, the surest first."""
    numbers = [text for key, text in form.items() if key.endswith(".number") and len(text) >= 4]
    names = " ".join(form.get(key, "") for key in ("given_names", "first_surname", "second_surname")).split()
    texts = [*numbers, " ".join(names)] if len("".join(names)) >= 3 else numbers
    return tuple(texts)


def _born(person: FoundPerson) -> str:
    if person.birth_date is None:
        return ""
    return str(person.birth_date.year) if person.birth_estimated else day_text(person.birth_date)


def _why(why: str) -> str:
    return {
        "document": _("Mismo documento"),
        "phone": _("Mismo teléfono"),
        "name": _("Nombre parecido"),
        "slip": _("Código de su ficha"),
    }.get(why, "")
