"""What a scan gives: a document, or the text of a slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ScannedDocument:
    """What we keep of a document, and nothing else that it carries (data protection: minimisation).

    ``type`` is a code of `document_types.csv`, ``country`` the issuer as ISO 3166-1 alpha-3 ("" where our
    catalogue doesn't have it). Names are as they stand in the document, transliterated as it does. ``sex`` is
    "F", "M" or "". ``doubts`` are codes of `documents.doubts`: what a person has to compare with the paper.
    ``names_as_read`` is filled only where names came run together and could not be told apart.
    """

    type: str
    number: str
    country: str
    given_names: str
    first_surname: str
    second_surname: str
    sex: str
    birth_date: date | None
    expires: date | None = None
    doubts: tuple[str, ...] = ()
    names_as_read: str = ""

    @property
    def surnames(self) -> str:
        """Both surnames, as they are said."""
        return f"{self.first_surname} {self.second_surname}".strip()


@dataclass(frozen=True, slots=True)
class ScannedSlip:
    """The text of a slip's QR, retyped where the scanner wrote for another keyboard; not verified yet."""

    text: str


@dataclass(frozen=True, slots=True)
class ScannedReceipts:
    """The text of a QR with the centre's receipts, retyped likewise; not verified yet."""

    text: str


@dataclass(frozen=True, slots=True)
class ScannedInvitation:
    """The text of a QR that invites to a hub, retyped likewise; not read yet."""

    text: str


Scanned: TypeAlias = ScannedDocument | ScannedSlip
"""What a page may have a use for."""

ForSync: TypeAlias = ScannedReceipts | ScannedInvitation
"""What only ever goes to the Sync page, whichever is open."""
