"""Rules for answers that come from a catalogue: present where required, and known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairclient.base.words import _
from fairclient.domain.answers import Answers
from fairclient.domain.catalogues import PREFERS_NOT, find
from fairclient.domain.findings import Finding, refuse, warn
from fairclient.domain.questions import QUESTIONS, Question

_ONE: Final = tuple(asked for asked in QUESTIONS if asked.editor in {"segments", "choice", "country"})
_MANY: Final = tuple(asked for asked in QUESTIONS if asked.editor == "many")
_SIX: Final = 6


def coded_rules(answers: Answers) -> Iterator[Finding]:
    """Findings about coded answers, one or many."""
    for asked in _ONE:
        code = answers.text(asked.key)
        if not code and asked.required:
            yield refuse(
                asked.key, "missing", _("Falta «{label}». Elija una opción.").format(label=asked.words)
            )
        elif code and find(asked.choices, code) is None:
            yield _unknown(asked, code)
    for asked in _MANY:
        yield from _many(asked, answers.many(asked.key))
    yield from _functioning(answers)


def _many(asked: Question, codes: tuple[str, ...]) -> Iterator[Finding]:
    for code in codes:
        if find(asked.choices, code) is None:
            yield _unknown(asked, code)
    if PREFERS_NOT in codes and len(codes) > 1:
        yield warn(
            asked.key,
            "answered-and-not",
            _("En «{label}» dice que prefiere no responder y también hay respuestas.").format(
                label=asked.words
            ),
        )


def _functioning(answers: Answers) -> Iterator[Finding]:
    codes = answers.places("functioning")
    if not codes:
        return
    asked = next(asked for asked in QUESTIONS if asked.key == "functioning")
    for code in codes:
        if code and find(asked.choices, code) is None:
            yield _unknown(asked, code)
    if len(codes) > _SIX:
        yield refuse("functioning", "too-many", _("Son seis preguntas y hay más respuestas."))
    elif len(codes) < _SIX or "" in codes:
        yield warn("functioning", "incomplete", _("Quedan preguntas de dificultades sin respuesta."))
    if not asked.applies(answers):
        yield warn(
            "functioning",
            "too-young-for-functioning",
            _("Estas seis preguntas son para personas desde los 5 años."),
        )


def _unknown(asked: Question, code: str) -> Finding:
    return refuse(
        asked.key,
        "unknown-code",
        _("«{code}» no está entre las respuestas de «{label}».").format(code=code[:40], label=asked.words),
    )
