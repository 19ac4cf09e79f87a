"""An enrolment ticket (boleta de inscripción): a code, where the centre is, and its key; as text for a QR."""

from __future__ import annotations

import base64
import ssl
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints

from sync.wire import qr_text
from sync.wire.fact import PLAIN
from sync.wire.problem import WireError

PREFIX: Final = "FE1:"
"""How the text of a ticket begins."""


class EnrolmentTicket(BaseModel):
    """All that a new laptop needs: with `key` it enrols at that centre and at no other.

    `fair` is the fair's name, to be read by whoever scans; it proves nothing. `authority` is the centre's own
    certificate authority (DER in base64), where TLS shall trust that one and no other.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    address: Annotated[str, StringConstraints(pattern=r"^https?://[A-Za-z0-9.:\[\]/_~-]{1,180}$")]
    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    code: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    authority: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/=]*$", max_length=1600)] = ""
    fair: Annotated[str, StringConstraints(pattern=f"^{PLAIN}*$", max_length=80)] = ""


    def authority_pem(self) -> str:
        """Return the authority as PEM; "" where none is named.

        Raises:
            WireError: `garbled`.
        """
        if not self.authority:
            return ""
        try:
            return ssl.DER_cert_to_PEM_cert(base64.b64decode(self.authority, validate=True))
        except ValueError as error:
            raise WireError("garbled", "The authority in the ticket is no certificate.") from error


def packed(pem: str) -> str:
    """Return an authority as a ticket holds it; "" for none.

    Raises:
        ValueError: for what is no certificate in PEM.
    """
    return base64.b64encode(ssl.PEM_cert_to_DER_cert(pem.strip())).decode() if pem else ""


def as_text(ticket: EnrolmentTicket) -> str:
    """Return the text of the QR code.

    Raises:
        WireError: `too-large` where the authority's certificate is too long for one (use elliptic curves).
    """
    text = qr_text.encode(PREFIX, ticket)
    if len(text) > qr_text.MAX_TEXT:
        raise WireError("too-large", "The authority's certificate is too long for a QR.")
    return text


def decode(text: str) -> EnrolmentTicket:
    """Read a ticket as a scanner types it, or as somebody pasted it.

    Raises:
        WireError: `garbled` or `too-large`.
    """
    return qr_text.decode(PREFIX, text, EnrolmentTicket)
