"""Why a slip is refused, each reason in its own words."""

from __future__ import annotations

from datetime import datetime

from fairclient.base.clock import COLOMBIA, zone
from fairclient.base.errors import SlipRefused
from fairclient.base.words import _


def garbled() -> SlipRefused:
    """What was scanned is no token, or only a part of one."""
    return _refused(
        "garbled",
        _("No se pudo leer la ficha: el código llegó incompleto o no es de una ficha."),
        _("Escanéela de nuevo o escriba el código de nueve letras y números."),
    )


def other_keyboard() -> SlipRefused:
    """The scanner types for another keyboard layout than the computer's."""
    return _refused(
        "garbled",
        _("El lector escribió signos de otro teclado y la ficha no se entiende."),
        _("Configure el lector con el teclado de este equipo, o escriba el código de la ficha."),
    )


def forged() -> SlipRefused:
    """The issuer is known and the signature isn't the issuer's."""
    return _refused(
        "forged",
        _("Esta ficha no es auténtica: su firma no es del punto que dice haberla impreso."),
        _("Retenga la ficha, llame a la supervisión y busque a la persona por su nombre."),
    )


def foreign() -> SlipRefused:
    """The slip is of another fair."""
    return _refused(
        "foreign",
        _("Esta ficha es de otra feria."),
        _("Envíe a la persona a un punto de registro para que reciba una ficha de esta feria."),
    )


def expired(expires: datetime, now: datetime) -> SlipRefused:
    """The slip's time is over, or this computer's clock is wrong: the words show both times."""
    return _refused(
        "expired",
        _("Esta ficha venció el {expired}; este equipo marca {now}.").format(
            expired=_local(expires), now=_local(now)
        ),
        _("Si la fecha del equipo está mal, corríjala; si no, pida otra ficha en un punto de registro."),
    )


def mistyped(what: str) -> SlipRefused:
    """A human code that can't be right; ``what`` says why."""
    return _refused("mistyped", what, _("Compárelo con la ficha y escríbalo de nuevo."))


def _refused(code: str, what: str, do: str) -> SlipRefused:
    return SlipRefused(what, _("No se registró nada."), do, code=code)


def _local(moment: datetime) -> str:
    return moment.astimezone(zone(COLOMBIA)).strftime("%d/%m/%Y %H:%M")
