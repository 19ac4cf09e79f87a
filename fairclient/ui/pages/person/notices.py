"""What has to be heeded about a person first: a child alone, two values, a paper that others have too."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.domain.answer_words import field_words
from fairclient.ui import theme
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.pages.person.household_words import SHARED_WORDS
from fairclient.ui.widgets.banner import Banner


class Notices(QWidget):
    """The banners of a person's page, each only where there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alone, self.conflicts, self.home, self.shared = (Banner(closable=False) for _each in range(4))
        self._banners = (self.alone, self.conflicts, self.home, self.shared)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SNUG)
        for banner in self._banners:
            column.addWidget(banner)
            banner.clear()
        self.hide()

    def show_person(self, facts: PersonFacts) -> None:
        """Say what there is to say."""
        self._tell_alone(facts)
        self._tell_conflicts(facts)
        self._tell_home(facts)
        self._tell_shared(facts)
        self.setVisible(any(not banner.isHidden() for banner in self._banners))

    def _tell_alone(self, facts: PersonFacts) -> None:
        """A child came without an adult: told to those who must look after her."""
        self.alone.say(
            "warn",
            _("Vino sin una persona adulta: ruta de protección.") if facts.alone else "",
            _("Su ficha lleva solo la letra de la mesa. Esto lo ven supervisión y protección, nadie más."),
            _("Acompáñela a la mesa. Si llega quien responda por ella, anótelo con Alt+R."),
        )

    def _tell_conflicts(self, facts: PersonFacts) -> None:
        fields = ", ".join(field_words(name).lower() for name in facts.page.conflicts)
        self.conflicts.say(
            "warn",
            _("Dos equipos corrigieron lo mismo: {fields}.").format(fields=fields) if fields else "",
            _("Los dos valores están guardados; se muestra el último."),
            _("Pregunte a la persona y elija el que es (Alt+D)."),
        )

    def _tell_home(self, facts: PersonFacts) -> None:
        conflicts = facts.page.home.conflicts if facts.page.home else ()
        fields = ", ".join(_(SHARED_WORDS[name]) if name in SHARED_WORDS else name for name in conflicts)
        self.home.say(
            "warn",
            _("Dos equipos corrigieron el hogar: {fields}.").format(fields=fields) if fields else "",
            _("Los dos valores están guardados; se muestra el último."),
            _("Pregunte y guarde el que es en «Hogar» (F7)."),
        )

    def _tell_shared(self, facts: PersonFacts) -> None:
        """Say who else has a document of hers: nobody was refused for it."""
        others = [
            _("{document} también está registrado a nombre de {name}.").format(
                document=f"{one.type} {one.number}", name=one.name
            )
            for one in facts.shared
        ]
        self.shared.say(
            "warn",
            " ".join(others),
            _("Los dos registros siguen como están."),
            _("Compare el documento y corrija el que esté mal (F9)."),
        )
