"""Rules for what is written freely: names, places, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from fairclient.base.words import _
from fairclient.domain.answers import Answers
from fairclient.domain.findings import Finding, refuse, warn
from fairclient.domain.normalise import hides_something, tidy_paragraph
from fairclient.domain.questions import QUESTIONS, Question, question

_NAMES: Final = ("given_names", "first_surname", "second_surname")
_FREE: Final = tuple(asked for asked in QUESTIONS if asked.editor in {"text", "paragraph"})
# What UTF-8 looks like to a program that took it for another encoding, and the sign of a lost letter.
_DAMAGED: Final = re.compile("\ufffd|[ÃÂ][\u0080-\u00bf]")


def name_rules(answers: Answers) -> Iterator[Finding]:
    """Findings about names and other free text."""
    for asked in _FREE:
        yield from _free_text(answers, asked)
    for key in _NAMES:
        yield from _name(answers.text(key), key)
    if not answers.text("given_names"):
        yield refuse("given_names", "missing", _("Falta el nombre. Escriba al menos uno."))
    if not answers.text("first_surname"):
        yield from _no_surname(answers)


def _no_surname(answers: Answers) -> Iterator[Finding]:
    if answers.text("second_surname"):
        yield warn(
            "first_surname",
            "surname-order",
            _("Hay segundo apellido y no primero. Si tiene uno solo, escríbalo en el primero."),
        )
    elif answers.text("given_names"):
        yield warn("first_surname", "no-surname", _("Sin apellidos. Si los tiene, escríbalos."))


def _free_text(answers: Answers, asked: Question) -> Iterator[Finding]:
    typed = answers.form.get(asked.key, "")
    plain = tidy_paragraph(typed) if asked.editor == "paragraph" else answers.text(asked.key)
    if len(plain) > asked.longest:
        yield refuse(
            asked.key,
            "too-long",
            _("«{label}» tiene {n} letras y caben {most}. Acórtelo.").format(
                label=asked.words, n=len(plain), most=asked.longest
            ),
        )
    if hides_something(typed):
        yield warn(
            asked.key,
            "hidden",
            _("En «{label}» había signos que no se ven; se quitaron. Revise que se lea bien.").format(
                label=asked.words
            ),
        )
    if _DAMAGED.search(plain):
        yield warn(
            asked.key,
            "damaged",
            _("En «{label}» parece que se dañaron letras con tilde o ñ. Escríbalas de nuevo.").format(
                label=asked.words
            ),
        )


def _name(name: str, key: str) -> Iterator[Finding]:
    if not name:
        return
    label = question(key).words
    if not any(letter.isalpha() for letter in name):
        level = refuse if key == "given_names" else warn
        yield level(
            key, "no-letters", _("«{name}» no tiene letras. Revise «{label}».").format(name=name, label=label)
        )
    elif any(letter.isdecimal() for letter in name):
        yield warn(
            key,
            "figures",
            _("«{label}» lleva cifras. ¿Se escribió ahí otro dato?").format(label=label),
        )
