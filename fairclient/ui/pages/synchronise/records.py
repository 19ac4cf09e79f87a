"""The list of records with the truth about each: where it is, its receipt's number and time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from fairclient.base.clock import moment
from fairclient.base.words import N_, _
from fairclient.store.queries.truth import RecordTruth
from fairclient.ui import icons, theme
from fairclient.ui.pages.synchronise.words import (
    PLACES,
    QUARANTINED,
    STICK,
    apart_words,
    kind_words,
    time_words,
)
from fairclient.ui.widgets.figures import figure
from sync.wire.clock import milliseconds

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_COLUMNS = (N_("Registro"), N_("Escrito"), N_("Dónde está"), N_("Acuse n.º"), N_("Recibido"))
_WHAT, _WRITTEN, _WHERE, _RECEIPT, _RECEIVED = range(5)
_FIGURES = (_WRITTEN, _RECEIPT, _RECEIVED)
_ROOT = QModelIndex()
_MODES = {_WHAT: QHeaderView.ResizeMode.Stretch, _WHERE: QHeaderView.ResizeMode.Interactive}
WHERE_WIDTH = 190
"""Logical pixels for where a record is; the names get what is left, and a tip shows what is cut."""

RECEIVED_FROM = 640
"""Logical pixels of width from which there is room for when a receipt came; the line beneath tells it too."""


class RecordModel(QAbstractTableModel):
    """Records as they were read, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._records: list[RecordTruth] = []
        self._zone = ""

    def show_records(self, records: Sequence[RecordTruth], time_zone: str) -> None:
        """Show these instead of those that were there."""
        self.beginResetModel()
        self._records, self._zone = list(records), time_zone
        self.endResetModel()

    def add_records(self, records: Sequence[RecordTruth]) -> None:
        """Show these after the others."""
        if records:
            at = len(self._records)
            self.beginInsertRows(QModelIndex(), at, at + len(records) - 1)
            self._records.extend(records)
            self.endInsertRows()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many records have been read."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """The columns of the table."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's words, drawing, colour or face."""
        record, column = self._records[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(record, column)
        if role == Qt.ItemDataRole.DecorationRole and column == _WHERE:
            look = PLACES[record.state]
            return icons.icon(look.icon, theme.current().tokens()[look.role])
        return None

    def sentence(self, row: int) -> str:
        """All that can be said about a record."""
        record = self._records[row]
        look = PLACES[record.state]
        words = [f"{self._words(record, _WHAT)}: {self._words(record, _WHERE)}."]
        if record.receipt_number:
            number, at = self._words(record, _RECEIPT), self._words(record, _RECEIVED)
            words.append(_("Acuse n.º {number}, {at}.").format(number=number, at=at))
        words.append(_(look.advice))
        return " ".join(filter(None, words))

    def _words(self, record: RecordTruth, column: int) -> str:
        if column == _WHAT:
            return "  ".join(filter(None, (kind_words(record.kind), record.what)))
        if column == _WRITTEN:
            return time_words(moment(milliseconds(record.hlc)), self._zone)
        if column == _WHERE:
            where = _(PLACES[record.state].text)
            if record.state == STICK and record.stick:
                where = _("En la memoria n.º {number}").format(number=record.stick)
            return f"{where}: {apart_words(record.code)}" if record.state == QUARANTINED else where
        if column == _RECEIPT:
            return figure(record.receipt_number) if record.receipt_number else "—"
        return time_words(record.at, self._zone) if record.at else "—"


class RecordTable(QTableView):
    """The table itself; it asks for more when somebody comes to its end.

    Signals:
        end_reached(): the last row that has been read can be seen.
        chosen(str): all that can be said about the row with the mark.
    """

    end_reached = Signal()
    chosen = Signal(str)

    def __init__(self, model: RecordModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(_("Registros de este equipo"))
        self.setProperty("look", "bare")
        self.setFont(theme.tabular(self.font()))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setIconSize(QSize(theme.scaled(18), theme.scaled(18)))
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.scaled(theme.ROW))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column in range(len(_COLUMNS)):
            header.setSectionResizeMode(column, _MODES.get(column, QHeaderView.ResizeMode.ResizeToContents))
        header.resizeSection(_WHERE, theme.scaled(WHERE_WIDTH))
        self.selectionModel().currentRowChanged.connect(self._choose)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(lambda value: self.end_reached.emit() if value >= bar.maximum() else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names come first where there is little room."""
        super().resizeEvent(event)
        self.setColumnHidden(_RECEIVED, self.width() < theme.scaled(RECEIVED_FROM))

    def _choose(self, index: QModelIndex) -> None:
        model = self.model()
        assert isinstance(model, RecordModel)
        self.chosen.emit(model.sentence(index.row()) if index.isValid() else "")
