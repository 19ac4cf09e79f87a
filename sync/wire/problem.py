"""What may go wrong on the wire: each code once, with its HTTP status and a plain English title."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, tuple[int, str]]] = {
    "garbled": (400, "The message could not be read."),
    "bad-digest": (422, "The entries do not give the digest that the batch names."),
    "bad-signature": (422, "The signature does not fit the content."),
    "bad-field": (422, "A field has a value that is not allowed."),
    "unknown-kind": (422, "This kind of entry is not known here."),
    "unknown-author": (422, "The author is not on the roster of this fair."),
    "revoked-author": (403, "The author's access was withdrawn before this was written."),
    "late-clock": (422, "The entry claims a time more than a day ahead of the centre's clock."),
    "wire-version": (426, "The two ends speak no common version of the protocol."),
    "too-large": (413, "The message is larger than what is accepted."),
    "too-many": (429, "Too many requests from this station."),
    "unauthorised": (401, "The session is missing, garbled or over."),
    "forbidden": (403, "This station may not do that."),
    "revoked": (403, "This station's access was withdrawn."),
    "unknown-station": (403, "This station is not enrolled here."),
    "unknown-fair": (404, "There is no such fair here."),
    "unknown-journal": (404, "There is no such journal here."),
    "not-joined": (403, "This station has not joined this hub: it needs the hub's code, once."),
    "code-unknown": (403, "The enrolment code is not known; it may be mistyped."),
    "code-used": (403, "The enrolment code was used by another laptop."),
    "code-expired": (403, "The enrolment code is too old."),
    "gap": (409, "Entries are missing before this batch."),
    "fork": (409, "Another history with the same numbers is already here."),
    "not-found": (404, "There is nothing at this address."),
    "method": (405, "This address does not take that kind of request."),
    "busy": (503, "The server can't do this right now."),
    "internal": (500, "The server met a fault of its own."),
}


class WireError(Exception):
    """A message that breaks the contract.

    Attributes:
        code: a key of `CODES`.
        detail: one plain English sentence for logs and scripts; never personal data.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        if code not in CODES:
            raise ValueError(f"unknown problem code {code!r}")
        self.code = code
        self.detail = detail or CODES[code][1]
        super().__init__(f"{code}: {self.detail}")

    @property
    def status(self) -> int:
        """The HTTP status that goes with the code."""
        return CODES[self.code][0]
