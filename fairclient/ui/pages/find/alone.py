"""Children who came without an adult, told to supervisors and focal points on the Find page (DP-04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fairclient.base.words import _, ngettext
from fairclient.domain.birth import age_on, age_words
from fairclient.domain.reserved import ALERTED
from fairclient.store.queries import reference
from fairclient.store.queries.alone import Alone, alone
from fairclient.ui import theme
from fairclient.ui.widgets import states
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.note_row import empty
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.text import Text
from fairclient.usecases.workplace import Workplace

_MINUTE_MS = 60_000
_HOUR = 60
_SHOWN = 4


@dataclass(frozen=True)
class ChildrenAlone:
    """The children of the protection route, the day at the fair and the present moment (ms since 1970)."""

    children: tuple[Alone, ...]
    today: date
    now_ms: int


def read_alone(place: Workplace) -> ChildrenAlone:
    """Read them; nobody for an operator who isn't to be told. Runs on the database's lane."""
    with place.store.read() as session:
        fair = reference.fair(session)
        told = place.may(*ALERTED)
        children = alone(session, fair.starts) if told else ()
        return ChildrenAlone(children, place.clock.today(fair.time_zone), place.clock.now_ms())


class AloneCard(Card):
    """A row for each child; Alt+P goes to the first. Nothing at all where there is none.

    Signals:
        person_wanted(str): open this person.
    """

    person_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Ruta de protección"), "Alt+P", parent)
        self.setProperty("level", "warn")
        self._links: list[QPushButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.TIGHT)
        self.add(self._rows)
        self.hide()
        shortcut = QShortcut(QKeySequence("Alt+P"), self)
        shortcut.setWhatsThis(_("Niñas, niños y adolescentes que vinieron sin adulto"))
        shortcut.activated.connect(self.go)

    def show_children(self, found: ChildrenAlone) -> None:
        """Show these, the longest waiting first."""
        at = next((n for n, link in enumerate(self._links) if link.hasFocus()), None)
        empty(self._rows)
        self._links = []
        count = len(found.children)
        words = ngettext(
            "{n} niña, niño o adolescente vino sin adulto",
            "{n} niñas, niños o adolescentes vinieron sin adulto",
            count,
        )
        self.set_title(_("Ruta de protección"), words.format(n=figure(count)))
        for child in found.children[:_SHOWN]:
            self._rows.addWidget(self._row(child, found))
        if count > _SHOWN:
            self._rows.addWidget(Text(_("Y {n} más.").format(n=figure(count - _SHOWN)), "hint"))
        self.setVisible(bool(count))
        if at is not None and self._links:
            self._links[min(at, len(self._links) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> list[str]:
        """What the rows say."""
        return [link.accessibleName() for link in self._links]

    def _row(self, child: Alone, found: ChildrenAlone) -> QWidget:
        age = age_words(age_on(child.birth_date, found.today)) if child.birth_date else ""
        who = ", ".join(filter(None, (child.given_name, age)))
        about = "  ·  ".join(
            filter(None, (child.turn, _where(child), _since(found.now_ms - child.since_ms), _state(child)))
        )
        link = QPushButton(who)
        link.setProperty("look", "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAutoDefault(True)
        link.setAccessibleName(f"{who}. {about}")
        link.clicked.connect(lambda: self.person_wanted.emit(child.attendee))
        self._links.append(link)
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SNUG)
        row.addWidget(Picture("shield", "warn_ink", 18))
        row.addWidget(link)
        row.addWidget(Text(about, "soft", elide=True), 1)
        return widget

    def go(self) -> None:
        """Put the focus on the first row."""
        if self._links:
            self._links[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def links(self) -> list[QPushButton]:
        """The ways to the children's pages."""
        return list(self._links)


def _where(child: Alone) -> str:
    letters: Sequence[str] = child.desks
    return ", ".join(_("mesa {letter}").format(letter=letter) for letter in letters) or _(
        "sin mesa en esta feria"
    )


def _since(ms: int) -> str:
    minutes = max(0, ms) // _MINUTE_MS
    if not minutes:
        return _("hace un momento")
    if minutes < _HOUR:
        return ngettext("hace {n} minuto", "hace {n} minutos", minutes).format(n=minutes)
    return ngettext("hace {n} hora", "hace {n} horas", minutes // _HOUR).format(n=minutes // _HOUR)


def _state(child: Alone) -> str:
    return states.look(child.state).words.lower() if child.state else ""
