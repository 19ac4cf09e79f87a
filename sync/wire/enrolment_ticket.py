"""An enrolment ticket (boleta de inscripción): a code, where the centre is, and its key; as text for a QR."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints

from sync.wire import qr_text
from sync.wire.fact import PLAIN

PREFIX: Final = "FE1:"
"""How the text of a ticket begins."""


class EnrolmentTicket(BaseModel):
    """All that a new laptop needs: with `key` it enrols at that centre and at no other.

    `fair` is the fair's name, to be read by whoever scans; it proves nothing.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    address: Annotated[str, StringConstraints(pattern=r"^https?://[A-Za-z0-9.:\[\]/_~-]{1,180}$")]
    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    code: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    fair: Annotated[str, StringConstraints(pattern=f"^{PLAIN}*$", max_length=80)] = ""


def as_text(ticket: EnrolmentTicket) -> str:
    """Return the text of the QR code."""
    return qr_text.encode(PREFIX, ticket)


def decode(text: str) -> EnrolmentTicket:
    """Read a ticket as a scanner types it, or as somebody pasted it.

    Raises:
        WireError: `garbled` or `too-large`.
    """
    return qr_text.decode(PREFIX, text, EnrolmentTicket)
