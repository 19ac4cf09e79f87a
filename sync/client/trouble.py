"""What may stop a pass or a journal: the client's own problem codes beside those of `sync.wire.problem`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sync.wire import problem, version

CODES: Final[dict[str, str]] = {
    "offline": "There is no network, or the server's name can't be found on it.",
    "refused": "The network is there, but nothing listens at the server's address.",
    "timeout": "The server took too long to answer.",
    "interrupted": "The connection broke before the answer was complete.",
    "portal": "Something other than the server answered; the network may want somebody to log in.",
    "redirected": "The address sends elsewhere, and redirects are never followed.",
    "tls": "The server's certificate is not the one that this station trusts.",
    "clock": "The server's certificate does not fit the date of this computer's clock.",
    "address": "The server's address is not a usable http(s) address.",
    "authority": "The certificate authority that was given is no certificate.",
    "plain": "The address is not encrypted, which is allowed only on this computer itself.",
    "stranger": "Another server answers at this address: its key is not the one that was enrolled with.",
    "old-client": "The server only speaks newer versions of the protocol: this program must be updated.",
    "old-server": "The server only speaks older versions of the protocol: the server must be updated.",
    "not-understood": "The server refused for a reason that this version does not know.",
    "bad-receipt": "The receipt does not fit what was sent, or is not signed by the enrolled server.",
    "new-incarnation": "The server holds another history of this station's own journal.",
    "unknown-key": "A journal can't be checked yet: the key of its station has not arrived.",
    "data-limit": "The limit on data for this network is used up; nothing more was sent.",
    "cancelled": "The pass was ended by the person.",
}
"""Problem codes that arise at the client: code -> plain English title."""

JOURNAL_ONLY: Final = frozenset(
    {
        "garbled",
        "bad-digest",
        "bad-signature",
        "bad-field",
        "unknown-kind",
        "unknown-author",
        "revoked-author",
        "late-clock",
        "too-large",
        "forbidden",
        "unknown-fair",
        "unknown-journal",
        "gap",
        "fork",
        "not-found",
        "not-understood",
        "bad-receipt",
        "new-incarnation",
        "unknown-key",
    }
)
"""Codes that say something about one journal only: the pass goes on with the others."""

SHAKY: Final = frozenset({"timeout", "interrupted", "internal"})
"""Codes that may come from one poison batch or from the whole line: a few in a row end the pass."""


@dataclass(frozen=True)
class SyncProblem:
    """Why a pass, or one journal of it, got no further.

    Attributes:
        code: a key of `CODES` here or in `sync.wire.problem`.
        detail: one plain English sentence for logs and scripts; never personal data.
        journal: the journal that it is about, or "" for the pass as a whole.
        retry_after: seconds that the server asks to be left alone, if it said so.
    """

    code: str
    detail: str
    journal: str = ""
    retry_after: float | None = None


class Trouble(Exception):
    """A request that did not end in a reply that counts. Nothing at this end was changed by it.

    Attributes:
        code, detail, retry_after: as in `SyncProblem`.
        expected: with `gap`, the number of the entry that the server wants next.
    """

    def __init__(
        self, code: str, detail: str = "", *, retry_after: float | None = None, expected: int | None = None
    ) -> None:
        title = CODES.get(code) or problem.CODES[code][1]
        self.code = code
        self.detail = detail or title
        self.retry_after = retry_after
        self.expected = expected
        super().__init__(f"{code}: {self.detail}")

    def told(self, journal: str = "") -> SyncProblem:
        """Return what to put into a report."""
        return SyncProblem(self.code, self.detail, journal, self.retry_after)


def version_trouble(theirs_min: int | None, theirs_max: int | None) -> Trouble:
    """Return the trouble that says which end must be updated, from the versions that the server speaks."""
    ours = f"this program speaks {version.MIN} to {version.MAX}"
    if theirs_min is not None and theirs_min > version.MAX:
        return Trouble("old-client", f"The server speaks versions from {theirs_min}; {ours}.")
    if theirs_max is not None and theirs_max < version.MIN:
        return Trouble("old-server", f"The server speaks versions up to {theirs_max}; {ours}.")
    return Trouble("wire-version", f"The server refused the version of the protocol; {ours}.")
