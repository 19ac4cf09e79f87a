"""Why a scan is refused, each reason in its own words; a refused scan fills nothing."""

from __future__ import annotations

from typing import Final

from fairclient.base.errors import SayError
from fairclient.base.words import _

BROKEN: Final = "broken"
FOREIGN: Final = "foreign"
TRUNCATED: Final = "truncated"
OTHER_KEYBOARD: Final = "other-keyboard"
SOMEBODY_ELSE: Final = "somebody-else"
IN_THE_WAY: Final = "in-the-way"
NEW_LAPTOP: Final = "new-laptop"


class ScanRefused(SayError):
    """A scan that can't be used; `code` says why."""

    CODE = "scan-refused"


def broken() -> ScanRefused:
    """It began as a document and isn't whole: a sign is wrong or missing."""
    return _refused(
        BROKEN,
        _("El documento se leyó mal: sus signos no cuadran."),
        _("Límpielo y escanéelo de nuevo, o escriba los datos."),
    )


def truncated() -> ScanRefused:
    """The scan broke off."""
    return _refused(
        TRUNCATED,
        _("La lectura llegó incompleta."),
        _("Escanee de nuevo, sin mover el documento hasta oír el lector, o escriba los datos."),
    )


def foreign() -> ScanRefused:
    """A barcode, but of none of the documents that we know."""
    return _refused(
        FOREIGN,
        _("Este código no es de una ficha ni de un documento conocido."),
        _("Busque el código del reverso, o escriba los datos del documento."),
    )


def other_keyboard() -> ScanRefused:
    """The scanner types for another keyboard layout than the computer's, and it can't be undone."""
    return _refused(
        OTHER_KEYBOARD,
        _("El lector escribe con otro teclado y la lectura no se entiende."),
        _("Configure el lector con el teclado de este equipo, o escriba los datos."),
    )


def for_a_new_laptop() -> ScanRefused:
    """It lets a laptop enrol, and this one has a fair already."""
    return _refused(
        NEW_LAPTOP,
        _("Este código es para inscribir un equipo nuevo, y este ya tiene feria."),
        _("Escanéelo en el equipo nuevo, en su primera pantalla."),
    )


def somebody_else(whose: str = "") -> ScanRefused:
    """It is of another person than the one who is half-filled; ``whose`` says of whom, as a sentence."""
    do = _("Guarde primero a quien está en pantalla (Ctrl+Enter) y escanee de nuevo.")
    return _refused(
        SOMEBODY_ELSE,
        _("La lectura es de otra persona que la de la pantalla y no se usó."),
        f"{whose} {do}".strip(),
    )


def in_the_way() -> ScanRefused:
    """Something is open that would lose what it holds."""
    return _refused(
        IN_THE_WAY, _("Hay una hoja abierta y la lectura no se usó."), _("Ciérrela (Esc) y escanee de nuevo.")
    )


def _refused(code: str, what: str, do: str) -> ScanRefused:
    return ScanRefused(what, _("No se llenó ningún campo."), do, code=code)
