"""The closed lists of `resources/catalogues`: each is read once, when it is first asked for."""

from __future__ import annotations

from fairclient.domain.catalogues.choices import (
    DOES_NOT_KNOW,
    PREFERS_NOT,
    Choice,
    choices,
    find,
    name_of,
    names,
    not_served_reasons,
    profiles,
    read_choice,
    services,
    sexes,
)
from fairclient.domain.catalogues.document_types import DocumentType, document_type, document_types
from fairclient.domain.catalogues.municipalities import (
    Municipality,
    find_municipality,
    municipality,
    municipality_label,
    suggest_municipalities,
)

__all__ = [
    "DOES_NOT_KNOW",
    "PREFERS_NOT",
    "Choice",
    "DocumentType",
    "Municipality",
    "choices",
    "document_type",
    "document_types",
    "find",
    "find_municipality",
    "municipality",
    "municipality_label",
    "name_of",
    "names",
    "not_served_reasons",
    "profiles",
    "read_choice",
    "services",
    "sexes",
    "suggest_municipalities",
]
