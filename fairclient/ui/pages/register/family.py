"""The strip of the family: who has been saved, and whether the person on the page is one of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from fairclient.base.words import _
from fairclient.ui import icons, theme
from fairclient.ui.pages.register.draft import Family, Member
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

_MOST = 2
"""Saved members in sight; of a larger family the last ones, and how many came before."""


class FamilyStrip(QFrame):
    """A chip for each saved member, and one for the person on the page: she belongs to them, or she doesn't.

    Signals:
        member_wanted(str): somebody wants to see the attendee with this id.
        joined(bool): the person on the page belongs to this family, or to another one.
    """

    member_wanted = Signal(str)
    joined = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.ROOMY, theme.SNUG, theme.SNUG, theme.SNUG)
        self._row.setSpacing(theme.SNUG)
        self._chips: list[QWidget] = []
        self._last = ""
        self._words = Text("", "soft", elide=True)
        self.join = _chip("", "plus")
        self.join.setCheckable(True)
        self.join.clicked.connect(self.joined)
        self._row.addWidget(Picture("family", "accent_ink", 20))
        self._row.addWidget(Text(_("Familia").upper(), "heading"))
        self._row.addWidget(self.join)
        self._row.addWidget(self._words, 1)
        self._cap = KeyCap("Alt+L")
        self._row.addWidget(self._cap)
        self.setFixedHeight(theme.scaled(theme.ROW + 2 * theme.SNUG + 4))
        home = QShortcut(QKeySequence("Alt+H"), self)
        home.setWhatsThis(_("El hogar de la familia: papeles, dirección y quienes no vinieron"))
        home.activated.connect(self._open_last)
        shortcut = QShortcut(QKeySequence("Alt+L"), self)
        shortcut.setWhatsThis(_("La persona en pantalla es, o no es, de la familia anterior"))
        shortcut.activated.connect(self._toggle)
        self.show_family(None, joined=False)

    def show_family(self, family: Family | None, *, joined: bool) -> None:
        """Show the members, and whether the person on the page is one."""
        while self._chips:
            chip = self._chips.pop()
            self._row.removeWidget(chip)
            chip.deleteLater()
        members = family.members if family else ()
        self._last = members[-1].attendee if members else ""
        before = max(0, len(members) - _MOST)
        if before:
            self._add(Text(f"+{before}", "strong"))
        for at, member in list(enumerate(members, 1))[before:]:
            self._add(self._member(at, member))
        self._show_join(members, joined=joined)

    def _show_join(self, members: tuple[Member, ...], *, joined: bool) -> None:
        known = bool(members)
        show_if(known, self.join)
        show_if(known, self._cap)
        self.join.setChecked(joined)
        words = _("{n}  en pantalla").format(n=len(members) + 1) if joined else _("Sumar a la familia")
        self.join.setText(words)
        self.join.setIcon(icons.icon("person" if joined else "plus", theme.current().accent_ink))
        name = _("La persona en pantalla es de esta familia") if joined else words
        self.join.setAccessibleName(name)
        self.join.setToolTip(name)
        self._words.setText("" if known else _("Con Ctrl+N sigue la misma familia."))

    def _add(self, chip: QWidget) -> None:
        self._row.insertWidget(2 + len(self._chips), chip)
        self._chips.append(chip)

    def _member(self, at: int, member: Member) -> QPushButton:
        chip = _chip(f"{at}  {member.name.split(' ')[0]}", "check")
        chip.setToolTip(_("{name}: guardada, turno {turn}").format(name=member.name, turn=member.turn))
        chip.setAccessibleName(chip.toolTip())
        chip.clicked.connect(partial(self.member_wanted.emit, member.attendee))
        return chip

    def _open_last(self) -> None:
        """The page of who was saved last: her household is one key away there."""
        if self._last:
            self.member_wanted.emit(self._last)

    def _toggle(self) -> None:
        if self.join.isVisible():
            self.join.click()


def _chip(words: str, icon: str) -> QPushButton:
    chip = QPushButton(words)
    chip.setProperty("look", "chip")
    chip.setIcon(icons.icon(icon, theme.current().accent_ink))
    chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    chip.setFixedHeight(theme.scaled(theme.ROW))
    return chip
