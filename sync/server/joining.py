"""How a batch joins the journal that is here: it follows, overlaps, repeats, leaves a gap or contradicts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from sync.server import ledger
from sync.server.ledger import Journal
from sync.wire.batch import Batch
from sync.wire.problem import WireError


class Gap(WireError):
    """Entries are missing before a batch; `expected` is the number that should come next."""

    def __init__(self, expected: int) -> None:
        super().__init__("gap", f"The next entry of this journal should have the number {expected}.")
        self.expected = expected


def already_here(connection: Connection, journal: Journal, batch: Batch, digests: Sequence[bytes]) -> int:
    """Return how many of the batch's first entries are here; `digests` are the chain's after each entry.

    One comparison is enough: where the chain's digests are equal, so is everything before them.

    Raises:
        Gap: when entries are missing in between.
        WireError: `fork` when the journal goes another way here, `bad-digest` for a first entry that follows.
    """
    if batch.first > journal.seq + 1:
        raise Gap(journal.seq + 1)
    last_common = min(batch.last, journal.seq)
    theirs = batch.before if last_common < batch.first else digests[last_common - batch.first]
    if theirs == ledger.digest_at(connection, journal, last_common):
        return last_common - batch.first + 1
    if journal.seq == 0:
        raise WireError("bad-digest", "A journal's first entry can't follow another.")
    raise WireError("fork")
