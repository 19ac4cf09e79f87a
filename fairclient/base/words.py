"""What the program says, in the person's language; the Spanish sentence in the code is the key."""

from __future__ import annotations

import gettext
import os
from functools import cache
from typing import Final

from fairclient.base import resources

SOURCE: Final = "es"
"""The language that the sentences of the code are written in; it needs no catalogue."""


class Translator:
    """Sentences in one language; a sentence that the language lacks stays in Spanish."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language: Final = language
        self._catalogue = catalogue

    def __call__(self, sentence: str) -> str:
        """``sentence`` in this language."""
        # The empty key holds a catalogue's own header, which is no sentence.
        return self._catalogue.gettext(sentence) if sentence else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form of ``one``/``many`` that this language uses for ``n`` things."""
        return self._catalogue.ngettext(one, many, n)


def languages() -> tuple[str, ...]:
    """The codes of the languages that the whole program speaks, Spanish first."""
    found = sorted(file.stem for file in resources.path("translations").glob("*.mo"))
    return (SOURCE, *(code for code in found if code != SOURCE))


def translator(code: str) -> Translator:
    """The translator for a code such as ``en`` or ``en_GB``; Spanish where there is no such language.

    Slips use it to speak the attendee's language, which may be one that the window doesn't speak.
    """
    return _load(_bare(code))


def _bare(code: str) -> str:
    return code.replace("-", "_").partition("_")[0].partition(".")[0].lower()


@cache
def _load(language: str) -> Translator:
    for folder in ("translations", "translations/slips"):
        file = resources.path(f"{folder}/{language}.mo")
        if language.isalpha() and file.is_file():
            with file.open("rb") as opened:
                return Translator(language, gettext.GNUTranslations(opened))
    return Translator(SOURCE, gettext.NullTranslations())


def language_of_the_machine() -> str:
    """The language that the machine's settings ask for, if we speak it; else Spanish."""
    for name in ("FAIRCLIENT_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(name, "")
        if wanted:
            return _spoken(wanted).language
    return SOURCE


# One reference, replaced whole: a thread sees the old language or the new one, never a mixture.
_current = Translator(SOURCE, gettext.NullTranslations())


def _spoken(code: str) -> Translator:
    """The translator for ``code`` if the whole program speaks it, else the Spanish one."""
    return translator(code if _bare(code) in languages() else SOURCE)


def set_language(code: str) -> str:
    """Speak the language ``code`` from now on, in every thread; gives the code really in use."""
    global _current
    _current = _spoken(code)
    return _current.language


def language() -> str:
    """The code of the language in use."""
    return _current.language


def _(sentence: str) -> str:
    """``sentence`` in the language in use; call it when the sentence is shown, not when a module is read."""
    return _current(sentence)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a sentence for ``n`` things in the language in use."""
    return _current.ngettext(one, many, n)


def N_(sentence: str) -> str:  # noqa: N802 (gettext's usual name, which extraction tools look for)
    """Mark ``sentence`` for translation and leave it as it is; ``_()`` translates it when it is shown."""
    return sentence
