"""The digest of a projected state: two replicas of the same scope that have settled give the same one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sync.wire import canonical
from sync.wire.fact import Fact


class StateDigest:
    """Adds up rows in any order. A row counts by its kind, subject and fact, defaults left out."""

    def __init__(self) -> None:
        self._rows: list[bytes] = []

    def add(self, kind: str, subject: str, fact: Fact) -> None:
        """Take one row of a projected table."""
        line = canonical.encode([kind, subject, fact.model_dump(mode="json", exclude_defaults=True)])
        self._rows.append(hashlib.sha256(line).digest())

    def hexdigest(self) -> str:
        """Return the digest of all rows so far, in hex; it does not depend on their order."""
        return hashlib.sha256(b"".join(sorted(self._rows))).hexdigest()


def state_digest(rows: Iterable[tuple[str, str, Fact]]) -> str:
    """Return the digest (64 hex digits) of `(kind, subject, fact)` rows, whatever their order."""
    digest = StateDigest()
    for kind, subject, fact in rows:
        digest.add(kind, subject, fact)
    return digest.hexdigest()
