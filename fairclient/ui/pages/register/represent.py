"""Who answers for a child: somebody of the family, another adult who is present, or nobody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.domain.catalogues import choices, document_types
from fairclient.domain.document_numbers import LONGEST
from fairclient.ui import theme
from fairclient.ui.pages.register.draft import NOT_SAID, Member, Represented
from fairclient.ui.widgets.choice import Choice
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

OTHER, ALONE = "other", "alone"


class RepresentField(QWidget):
    """One row; a second one for the name and the document of somebody who isn't registered.

    Who answers, and what she is to the child, is said by a person: beforehand stands only what leaves no
    choice (the one adult of the family), or what was said of the child of the same family before this one.
    ``may_be_alone`` offers that nobody came with the child (protection route).

    Signals:
        changed(): a person answered something else.
    """

    changed = Signal()

    def __init__(self, *, may_be_alone: bool = True) -> None:
        super().__init__()
        self._may_be_alone = may_be_alone
        self._adults: tuple[Member, ...] | None = None
        self._usual = Represented()
        self._shown = ""
        self.who, self.relation, self.kind = Choice(), Choice(), Choice()
        self.name, self.number = QLineEdit(), QLineEdit()
        self._other = QWidget()
        self._name_all()
        self._lay_out()
        self.who.activated.connect(lambda _at: self._chosen())
        for box in (self.relation, self.kind):
            box.activated.connect(lambda _at: self.changed.emit())
        for line in (self.name, self.number):
            line.textEdited.connect(lambda _text: self.changed.emit())
        shortcut = QShortcut(QKeySequence("Alt+R"), self)
        shortcut.setWhatsThis(_("Quién autoriza por una niña, un niño o adolescente"))
        shortcut.activated.connect(self._go)

    def offer(
        self, adults: Sequence[Member], usual: Represented = NOT_SAID, said: Represented = NOT_SAID
    ) -> None:
        """Offer these adults; ``usual`` was said of the child before, ``said`` of this one."""
        if (tuple(adults), usual) == (self._adults, self._usual):
            return
        self._adults, self._usual = tuple(adults), usual
        self.who.clear()
        self.who.addItem(_("Elija quién autoriza"), "")
        for member in adults:
            self.who.addItem(member.name, member.attendee)
        self.who.addItem(_("Otra persona"), OTHER)
        if self._may_be_alone:
            self.who.addItem(_("Vino sin adulto"), ALONE)
        self.show_value(said)

    def value(self) -> Represented:
        """What is answered now."""
        who = str(self.who.currentData() or "")
        if who == ALONE:
            return Represented(alone=True)
        if not who:
            return Represented()
        relation = str(self.relation.currentData() or "")
        if who != OTHER:
            return Represented(who, relation=relation)
        return Represented(
            other=True,
            relation=relation,
            other_name=self.name.text().strip(),
            other_type=str(self.kind.currentData() or ""),
            other_number=self.number.text().strip(),
        )

    def show_value(self, value: Represented) -> None:
        """Show an answer that was given before; without one, what leaves no choice or was said before."""
        value = value if value != Represented() else self._likely()
        other = OTHER if value.other or value.other_name else ""
        who = ALONE if value.alone else value.representative or other
        self.who.setCurrentIndex(max(0, self.who.findData(who)))
        self._shown = who
        self.relation.setCurrentIndex(max(0, self.relation.findData(value.relation)))
        if (at := self.kind.findData(value.other_type)) >= 0:
            self.kind.setCurrentIndex(at)
        self.name.setText(value.other_name)
        self.number.setText(value.other_number)
        self._fit()

    def missing(self) -> tuple[str, QWidget] | None:
        """What has to be answered before saving, in words, and where; None for nothing."""
        who = self.who.currentData()
        if not who:
            return _("Es menor de edad: diga quién autoriza, o que vino sin adulto (Alt+R)."), self.who
        if who == OTHER and not self.name.text().strip():
            return _("Escriba el nombre de quien autoriza."), self.name
        if who != ALONE and not self.relation.currentData():
            return _("Diga qué es de esta persona quien autoriza: madre, padre…"), self.relation
        return None

    def next_missing(self) -> bool:
        """Put the focus on what has to be said yet; whether anything has."""
        missing = self.missing()
        if missing is not None:
            missing[1].setFocus(Qt.FocusReason.OtherFocusReason)
        return missing is not None

    def _likely(self) -> Represented:
        adults = [member.attendee for member in self._adults or ()]
        if self._usual.representative in adults:
            return self._usual
        return Represented(adults[0]) if len(adults) == 1 else Represented()

    def _chosen(self) -> None:
        who = str(self.who.currentData() or "")
        if who != self._shown:  # what somebody else is to the child was not said
            self._shown = who
            self.relation.setCurrentIndex(0)
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        who = self.who.currentData()
        show_if(who == OTHER, self._other)
        self.relation.setEnabled(bool(who) and who != ALONE)

    def _go(self) -> None:
        if self.who.isVisible() and not self.next_missing():
            self.who.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _name_all(self) -> None:
        for widget, words in (
            (self.who, _("Quién autoriza por esta persona")),
            (self.relation, _("Qué es de esta persona")),
            (self.name, _("Nombre de quien autoriza")),
            (self.kind, _("Tipo de documento de quien autoriza")),
            (self.number, _("Número del documento de quien autoriza")),
        ):
            widget.setAccessibleName(words)
        self.name.setPlaceholderText(_("Nombre de quien autoriza"))
        self.number.setPlaceholderText(_("Número"))
        self.name.setMaxLength(60)
        self.number.setMaxLength(LONGEST)
        self.relation.addItem(_("Elija el vínculo"), "")
        for choice in choices("relations"):
            self.relation.addItem(choice.short, choice.code)
        for kind in document_types():
            if kind.use == "offered":
                self.kind.addItem(kind.code, kind.code)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(theme.SNUG)
        first.addWidget(Text(_("Autoriza"), "label"))
        first.addWidget(self.who, 3)
        first.addWidget(self.relation, 2)
        second = QHBoxLayout(self._other)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(theme.SNUG)
        second.addWidget(self.name, 4)
        second.addWidget(self.kind, 1)
        second.addWidget(self.number, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addLayout(first)
        column.addWidget(self._other)
