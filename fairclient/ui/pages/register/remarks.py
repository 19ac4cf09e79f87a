"""What else is said beneath the page's fields: doubts of a scan, numbers that others have or had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from fairclient.base.words import _
from fairclient.domain.answers import MOST_DOCUMENTS, part_key
from fairclient.domain.document_numbers import normalise_number
from fairclient.domain.findings import Finding, warn
from fairclient.store.queries.shared_documents import Holder, holders
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.register.draft import root
from fairclient.usecases.purge import known_before
from fairclient.usecases.workplace import Workplace

_LEAST = 4
"""Signs of a number before anybody looks for it."""


class _Known(NamedTuple):
    """What this laptop knows of some numbers: who has one now, and which were here before a purge."""

    holders: list[Holder]
    before: list[tuple[str, str]]


class Remarks(QObject):
    """Findings that no rule about the form could know. They stay until their field is changed.

    Signals:
        changed(): there are others now.
    """

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._said: list[Finding] = []
        self._shared: list[Finding] = []
        self._asked: frozenset[tuple[str, str]] = frozenset()

    def findings(self) -> list[Finding]:
        """All of them."""
        return [*self._said, *self._shared]

    def say(self, findings: Iterable[Finding]) -> None:
        """Say these of the scan that came last."""
        self._said = list(findings)
        self.changed.emit()

    def forget(self, key: str = "") -> None:
        """Say nothing more of the question ``key``; of nothing, without one."""
        if key in ("", "documents"):
            self._shared, self._asked = [], frozenset()
        self._said = [finding for finding in self._said if key and root(finding.field) != key]

    def look_at(self, form: Mapping[str, str], but: str = "") -> None:
        """Look whether somebody other than ``but`` has or had one of the form's numbers, if new."""
        numbers = _numbers(form)
        if numbers == self._asked:
            return
        self._asked, self._shared = numbers, []
        if numbers:
            self._page.ask(
                _look, self._page.place, numbers, but, then=lambda found: self._found(numbers, form, found)
            )

    def _found(self, numbers: frozenset[tuple[str, str]], form: Mapping[str, str], found: _Known) -> None:
        if numbers != self._asked:
            return  # the form went on
        # The first one of a field is the one that is read: who has the number now matters more.
        self._shared = [
            warn(_field(form, one.type, one.number), "number-of-another", _words(one))
            for one in found.holders
        ] + [warn(_field(form, *number), "known-before", _words_of_before()) for number in found.before]
        if self._shared:
            self.changed.emit()


def _words(holder: Holder) -> str:
    return _(
        "{name} ya tiene este número. Si es la misma persona, elíjala en «¿Ya está aquí?»; si no, siga."
    ).format(name=holder.name)


def _words_of_before() -> str:
    """Says nothing of who it was: nobody here knows any more, only the number's keyed hash is left."""
    return _(
        "Este documento ya se registró antes en este equipo; sus datos de entonces se retiraron. "
        "Escríbalos de nuevo."
    )


def _field(form: Mapping[str, str], kind: str, normalised: str) -> str:
    for at in range(MOST_DOCUMENTS):
        number = form.get(part_key("documents", at, "number"), "")
        if number and normalise_number(kind, number) == normalised:
            return part_key("documents", at, "number")
    return "documents"


def _numbers(form: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    papers = (
        (form.get(part_key("documents", at, "type"), ""), form.get(part_key("documents", at, "number"), ""))
        for at in range(MOST_DOCUMENTS)
    )
    return frozenset(
        (kind, normalised)
        for kind, number in papers
        if kind and len(normalised := normalise_number(kind, number)) >= _LEAST
    )


def _look(place: Workplace, numbers: frozenset[tuple[str, str]], but: str) -> _Known:
    with place.store.read() as session:
        found = holders(session, numbers, but)
    if but:  # she was looked up: that she was here before is no news
        return _Known(found, [])
    return _Known(found, [one for one in sorted(numbers) if known_before(place, one[1])])
