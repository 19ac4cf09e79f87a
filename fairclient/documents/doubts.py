"""What a person has to compare with the paper after a scan, in words."""

from __future__ import annotations

from typing import Final

from fairclient.base.words import N_, _
from fairclient.documents.scanned import ScannedDocument
from fairclient.domain.findings import Finding, warn

NAMES_RUN_TOGETHER: Final = "names-run-together"
NAMES_SPLIT: Final = "names-split"
NAMES_CUT: Final = "names-cut"
WHICH_CARD: Final = "which-card"
WHICH_COUNTRY: Final = "which-country"
BIRTH_UNKNOWN: Final = "birth-unknown"

_WORDS: Final = {
    NAMES_RUN_TOGETHER: N_("El lector pegó los nombres ({names}): escríbalos como están en el documento."),
    NAMES_SPLIT: N_("El lector pegó los nombres y se separaron aquí: compárelos con el documento."),
    NAMES_CUT: N_("El documento corta los nombres largos: compárelos y complételos."),
    WHICH_CARD: N_("El documento no dice qué clase de carné es: compare el tipo y el número."),
    WHICH_COUNTRY: N_("No es seguro qué país expidió el documento: compárelo."),
    BIRTH_UNKNOWN: N_("El documento no dice la fecha de nacimiento completa: pregúntela."),
}
_FIELDS: Final = {WHICH_CARD: "documents", WHICH_COUNTRY: "documents", BIRTH_UNKNOWN: "birth_date"}


def findings(scan: ScannedDocument) -> list[Finding]:
    """A warning beneath the field of each thing that a person has to compare."""
    return [
        warn(_FIELDS.get(doubt, "given_names"), doubt, _(_WORDS[doubt]).format(names=scan.names_as_read))
        for doubt in scan.doubts
    ]
