"""Registering fictional families at the real Register page, by the keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt

from fairclient.demo.hands import Hands, Stuck
from fairclient.domain.fictional_people import FictionalPerson
from fairclient.domain.form import write_form
from fairclient.ui.editors.documents import DocumentsAnswer
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.ui.widgets.segments import Segments

_MOST_CHOICES = 9
_TRIES = 6


def register(hands: Hands, everybody: Iterable[FictionalPerson], picture: Path | None = None) -> int:
    """Register people family by family and return how many; keep a picture of a half-filled form."""
    page = hands.open("register", Qt.Key.Key_F2)
    if not isinstance(page, RegisterPage):
        raise Stuck("the Register page did not open")
    count = 0
    for _label, members in groupby(everybody, key=lambda one: one.household or id(one)):
        family = list(members)
        hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        for number, person in enumerate(family):
            _fill(hands, page, person)
            _who_answers(hands, page, family[0])
            if picture is not None and number == 1:
                hands.picture(picture)
                picture = None
            _save(hands, page, last=number == len(family) - 1)
            count += 1
    return count


def _fill(hands: Hands, page: RegisterPage, person: FictionalPerson) -> None:
    wanted = write_form(person.attendee)
    _papers(hands, page, wanted)
    for key in (
        "given_names",
        "first_surname",
        "second_surname",
        "birth_date",
        "sex",
        "profile",
        "municipality",
    ):
        _answer(hands, page, key, wanted.get(key, ""))
    if "phones.0.number" in wanted:
        _answer(hands, page, "phones", wanted["phones.0.number"])
    hands.alt(Qt.Key.Key_S)
    keys = {service.code: service.key for service in page.services.picker.services()}
    for code in person.services:
        hands.keys(keys[code].lower())
    page.authorisation.general.setFocus()
    hands.keys("S\tN")
    _check(page, wanted, person)


def _papers(hands: Hands, page: RegisterPage, wanted: dict[str, str]) -> None:
    """Type the first paper: kind, number and, where it is asked for, country."""
    papers = page.person.fields.answers["documents"]
    if not isinstance(papers, DocumentsAnswer):
        raise Stuck("the documents are not asked for as papers")
    papers.widget.setFocus()
    kind = wanted.get("documents.0.type", "")
    if not kind:
        return
    for _try in range(_TRIES):
        hands.keys(kind)
        if papers.rows[0].kind.code() == kind:
            break
        # Letters that come slowly begin another word in the list: she waits and types again.
        hands.pause()
    if "documents.0.number" in wanted:
        hands.keys("\t" + wanted["documents.0.number"])
    if not papers.rows[0].country.isHidden():
        hands.keys("\t" + wanted.get("documents.0.country", ""))


def _answer(hands: Hands, page: RegisterPage, key: str, text: str) -> None:
    answer = page.person.fields.answers[key]
    if not text or text in answer.read().values():
        return
    answer.widget.setFocus()
    if isinstance(answer.widget, Segments):
        for figure in range(1, _MOST_CHOICES + 1):
            hands.keys(str(figure))
            if answer.read() == {key: text}:
                return
        raise Stuck(f"no key chooses {text} for {key}")
    hands.over(text)
    answer.settle()


def _who_answers(hands: Hands, page: RegisterPage, adult: FictionalPerson) -> None:
    """Say who authorises for a child, where it was not said for the one before: the first adult, a parent."""
    field = page.authorisation.represent
    if not field.isVisible():
        return
    hands.alt(Qt.Key.Key_R)
    if not field.value().representative:
        hands.press(Qt.Key.Key_Down)
        hands.keys("\t")
    if not field.value().relation:
        hands.keys("P" if adult.attendee.sex == "M" else "M")


def _check(page: RegisterPage, wanted: dict[str, str], person: FictionalPerson) -> None:
    """Compare what stands on the page with what was to be typed: a wrong person must not be saved."""
    typed = page.person.fields.read()
    for key in ("given_names", "first_surname", "sex", "profile", "documents.0.type", "documents.0.number"):
        if typed.get(key, "") != wanted.get(key, ""):
            raise Stuck(f"{key} reads {typed.get(key)!r} and not {wanted.get(key)!r}")
    if set(page.services.chosen()) != set(person.services):
        raise Stuck(f"the services read {page.services.chosen()} and not {person.services}")


def _save(hands: Hands, page: RegisterPage, *, last: bool) -> None:
    before = page.bar.last_slip
    hands.ctrl(Qt.Key.Key_Return if last else Qt.Key.Key_N)
    hands.until(lambda: page.bar.last_slip != before, "the person to be saved")
    hands.rest()
