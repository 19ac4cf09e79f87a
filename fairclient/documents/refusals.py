"""Why a scan is refused, each reason in its own words; a refused scan fills nothing."""

from __future__ import annotations

from typing import Final

from fairclient.base.errors import SayError
from fairclient.base.words import _

BROKEN: Final = "broken"
FOREIGN: Final = "foreign"
TRUNCATED: Final = "truncated"
OTHER_KEYBOARD: Final = "other-keyboard"


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


def _refused(code: str, what: str, do: str) -> ScanRefused:
    return ScanRefused(what, _("No se llenó ningún campo."), do, code=code)
