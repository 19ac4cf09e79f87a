"""The people that a search found, as rows that are read: who, with which paper, and why found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from fairclient.base.words import N_, _
from fairclient.domain.birth import age_on, age_words
from fairclient.domain.catalogues import municipality_label
from fairclient.store.queries.people import FoundPerson
from fairclient.ui import icons, theme
from fairclient.ui.widgets.spoken import spoken

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_PERSON = Qt.ItemDataRole.UserRole
_HEIGHT = 64

_WHY = {
    "name": ("person", N_("por el nombre")),
    "document": ("document", N_("por el documento")),
    "phone": ("voice", N_("por el teléfono")),
    "slip": ("slip", N_("por el código de su ficha")),
}


class PeopleModel(QAbstractListModel):
    """Found people, the best first."""

    def __init__(self) -> None:
        super().__init__()
        self._people: list[FoundPerson] = []
        self._day: date | None = None

    def show_people(self, people: Sequence[FoundPerson], today: date) -> None:
        """Show these instead of those that were there."""
        self.beginResetModel()
        self._people, self._day = list(people), today
        self.endResetModel()

    def person(self, row: int) -> FoundPerson | None:
        """The person in a row."""
        return self._people[row] if 0 <= row < len(self._people) else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many were found."""
        return 0 if parent.isValid() else len(self._people)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name; for screen readers the whole row; for the painter the person."""
        person = self._people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return person.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken((person.name, details(person, self._day), why_words(person)))
        return person if role == _PERSON else None

    def day(self) -> date | None:
        """The day at the fair."""
        return self._day


class PeopleList(QListView):
    """The rows themselves; Enter or a double click opens one."""

    def __init__(self, model: PeopleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_Painter(model, self))
        self.setAccessibleName(_("Personas encontradas"))
        self.setProperty("look", "bare")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def choose(self, row: int) -> None:
        """Put the mark on a row."""
        self.setCurrentIndex(self.model().index(row, 0))

    def step(self, by: int) -> None:
        """Move the mark, staying inside."""
        count = self.model().rowCount()
        if count:
            self.choose(min(max(self.currentIndex().row() + by, 0), count - 1))


class _Painter(QStyledItemDelegate):
    """Name in bold, details beneath, at the right why this person was found."""

    def __init__(self, model: PeopleModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Two lines and some air."""
        return QSize(200, theme.scaled(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row in the palette of the theme."""
        person = index.data(_PERSON)
        painter.save()
        self._ground(painter, option)
        inside = option.rect.adjusted(theme.ROOMY, theme.SNUG, -theme.ROOMY, -theme.SNUG)
        right = self._why(painter, option, inside, person)
        words = QRect(inside.left(), inside.top(), right - inside.left() - theme.GAP, inside.height())
        top = QRect(words.left(), words.top(), words.width(), words.height() // 2)
        self._line(painter, option.font, top, person.name, "ink", 17, bold=True)
        below = QRect(words.left(), words.center().y(), words.width(), words.height() // 2)
        self._line(painter, option.font, below, details(person, self._model.day()), "ink_soft", 14)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        tokens = theme.current().tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(tokens["accent_tint" if chosen else "card"]))
        if chosen:
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 4, option.rect.height()),
                QColor(tokens["accent"]),
            )
        painter.setPen(QPen(QColor(tokens["hairline"]), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _why(
        self, painter: QPainter, option: QStyleOptionViewItem, inside: QRect, person: FoundPerson
    ) -> int:
        """Draw the reason at the right, and return where it begins."""
        words = why_words(person)
        font = _font(option.font, 14)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(words)
        left = inside.right() - width
        self._line(
            painter,
            option.font,
            QRect(left, inside.top(), width + 2, inside.height()),
            words,
            "accent_ink",
            14,
        )
        size = theme.scaled(18)
        ratio = painter.device().devicePixelRatioF()
        drawing = icons.pixmap(_WHY[person.why][0], theme.current().tokens()["accent_ink"], size, ratio)
        painter.drawPixmap(QRect(left - size - 6, inside.center().y() - size // 2, size, size), drawing)
        return left - size - 6

    def _line(
        self,
        painter: QPainter,
        font: QFont,
        room: QRect,
        words: str,
        role: str,
        size: int,
        *,
        bold: bool = False,
    ) -> None:
        painter.setFont(_font(font, size, bold=bold))
        painter.setPen(QColor(theme.current().tokens()[role]))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def why_words(person: FoundPerson) -> str:
    """What the search text was found in."""
    return _(_WHY[person.why][1])


def details(person: FoundPerson, today: date | None) -> str:
    """Document, birth and place on one line."""
    parts = [
        person.document or _("sin documento"),
        birth_words(person.birth_date, person.birth_estimated, today),
    ]
    parts.append(municipality_label(person.municipality) if person.municipality else "")
    return "  ·  ".join(filter(None, parts))


def birth_words(born: date | None, estimated: bool, today: date | None) -> str:
    """Birth date and age; only the age where the date is an estimate."""
    if born is None:
        return ""
    age = age_words(age_on(born, today)) if today else ""
    if estimated:
        return _("unos {age}").format(age=age)
    return f"{born:%d/%m/%Y} ({age})" if age else f"{born:%d/%m/%Y}"


def _font(base: QFont, size: int, *, bold: bool = False) -> QFont:
    font = theme.tabular(base)
    font.setPixelSize(theme.scaled(size))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
