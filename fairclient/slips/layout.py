"""What stands on a slip, and nothing else: this is all that any printer's painter gets to see (DP-06).

A slip is left on benches and dropped in the street. It may show a turn, desk letters, a first name with one
initial, the fair, the day, the help line and codes that mean nothing outside of the fair. Services aren't
here at all: a protected one and a vaccination look the same, two letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from fairclient.base.dates import long_day
from fairclient.base.words import N_, translator
from fairclient.slips.code import groups

Edition = Literal["first", "copy", "reissue", "draft", "blank"]


@dataclass(frozen=True)
class SlipContent:
    """One slip to be printed; ``language`` is the attendee's, ``bring`` what to bring, in Spanish.

    A ``copy`` is the same slip printed again; a ``reissue`` is a new slip that makes the old one void. A
    ``draft`` leads back to a registration that isn't finished and has no turn. A ``blank`` one has a turn
    and room for what is written by hand, for when no printer works. Nobody's name is "".
    """

    fair: str
    day: date
    turn: str
    display_name: str
    desks: tuple[str, ...]
    code: str
    token: str
    help_line: str = ""
    place: str = ""
    language: str = "es"
    bring: tuple[str, ...] = ()
    edition: Edition = "first"
    fictional: bool = False


@dataclass(frozen=True)
class SlipWords:
    """Every sentence of a slip in the attendee's language; "" where there is nothing to say."""

    day: str
    turn: str
    route: str
    no_route: str
    by_hand: str
    unfinished: str
    bring: str
    things: tuple[str, ...]
    code: str
    help_line: str
    keep: str
    edition: str
    practice: str


_EDITIONS: dict[Edition, str] = {
    "first": "",
    "copy": N_("Copia"),
    "reissue": N_("Reemplazo"),
    "draft": "",
    "blank": "",
}
_KEEP: dict[Edition, str] = {
    "first": N_("Guarde esta ficha: se la pedirán en cada mesa."),
    "copy": N_("Guarde esta ficha: se la pedirán en cada mesa."),
    "reissue": N_("Guarde esta ficha: la anterior ya no sirve."),
    "draft": N_("Vuelva con este papel al registro: lo dicho está guardado."),
    "blank": N_("Guarde esta ficha: se la pedirán en cada mesa."),
}


def words(content: SlipContent) -> SlipWords:
    """The sentences of a slip in its language; Spanish where we don't speak it."""
    say = translator(content.language)
    return SlipWords(
        day=long_day(content.day, say),
        turn=say(N_("Su turno")),
        route=say(N_("Pase por estas mesas, en este orden")),
        no_route=say(N_("Pregunte en la entrada a dónde ir")) if _leads_nowhere(content) else "",
        by_hand=say(N_("Mesas, en este orden")) if content.edition == "blank" else "",
        unfinished=say(N_("Registro sin terminar")) if content.edition == "draft" else "",
        bring=say(N_("Para la próxima vez, traiga")),
        things=tuple(say(thing) for thing in content.bring),
        code=say(N_("Código de la ficha")),
        help_line=say(N_("Línea de ayuda")) if content.help_line else "",
        keep=say(_KEEP[content.edition]),
        edition=say(_EDITIONS[content.edition]),
        practice=say(N_("Feria de práctica: datos ficticios")) if content.fictional else "",
    )


def _leads_nowhere(content: SlipContent) -> bool:
    return not content.desks and content.edition not in ("draft", "blank")


def code_groups(content: SlipContent) -> tuple[str, str, str]:
    """The human code in the three groups in which it is printed and said."""
    return groups(content.code)
