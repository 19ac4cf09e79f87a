"""Numbers of papers, written one way, so that two writings of one number are the same number."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from fairclient.domain.catalogues import document_type
from fairclient.domain.normalise import tidy

LONGEST: Final = 32
"""Characters that a number may have."""

_DIVIDERS: Final = re.compile(r"[\s.,·_\-‐‑‒–—/]+")
# The permit's own number stands after these letters on some print-outs.
_PREFIXES: Final = {"PPT": "PPT", "PEP": "PEP", "RUMV": "RUMV"}


def normalise_number(kind: str, text: str) -> str:
    """``text`` in capitals without blanks, dots and dashes: "V-25.345.090" is "V25345090".

    ``kind`` is a code of `document_types.csv`; the permit's own letters before its number are taken away.
    """
    plain = _DIVIDERS.sub("", tidy(unicodedata.normalize("NFKC", text[: 4 * LONGEST]))).upper()
    prefix = _PREFIXES.get(kind, "")
    return plain.removeprefix(prefix) if prefix and plain != prefix else plain


def looks_usual(kind: str, number: str) -> bool:
    """Whether a normalised number looks as papers of its kind usually do; where nobody knows, it does."""
    known = document_type(kind)
    return known is None or known.pattern is None or known.pattern.fullmatch(number) is not None
