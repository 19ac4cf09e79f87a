"""Posting entries: the journal grows, the rows follow, what can't be projected is put aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sync.server import faults, ledger, locks
from sync.server.acceptance import Refused
from sync.server.ledger import Journal
from sync.server.projections.project import Accepted, known, project
from sync.server.writes import Writes
from sync.wire.entry import Entry
from sync.wire.receipt import Verdict


class Posted(NamedTuple):
    """What became of some entries: the journal with its new head, and all that was not plainly accepted."""

    journal: Journal
    refused: list[Refused]
    verdicts: list[Verdict]


class Range(NamedTuple):
    """Entries that follow a journal's head: the digest after each, the seal over the last, what was found."""

    entries: Sequence[Entry]
    digests: Sequence[bytes]
    signature: bytes
    examined: Sequence[Accepted | Refused]


def post(writes: Writes, journal: Journal, piece: Range, *, one_by_one: bool = False) -> Posted:
    """Append a range and project it. The caller holds the journal's lock, flushes and commits.

    With `one_by_one` each entry is projected by itself, and one that the database refuses is put in
    quarantine: slow, for when the quick way failed. Nothing that an entry holds may stop the entries behind
    it.
    """
    accepted = [item for item in piece.examined if isinstance(item, Accepted)]
    refused = [item for item in piece.examined if isinstance(item, Refused)]
    fair, connection = journal.id.fair, writes.connection
    locks.lock_subjects(connection, fair, {item.entry.header.subject for item in accepted})
    prior = set() if one_by_one else known(connection, fair, accepted)
    put_aside = {item.seq for item in refused}
    grown = ledger.append(writes, journal, piece.entries, piece.digests, piece.signature, put_aside)
    if one_by_one:
        verdicts, poison = _project_each(writes, grown, accepted)
        refused += poison
    else:
        verdicts = project(writes, fair, accepted, prior)
    return Posted(grown, refused, _sorted_verdicts(refused, verdicts))


def _project_each(
    writes: Writes, journal: Journal, accepted: Sequence[Accepted]
) -> tuple[dict[int, Verdict], list[Refused]]:
    verdicts: dict[int, Verdict] = {}
    poison: list[Refused] = []
    writes.flush()
    for item in accepted:
        seq = item.entry.header.seq
        try:
            with writes.connection.begin_nested():
                verdicts |= project(writes, journal.id.fair, [item], {item.key})
                writes.flush()
        except Exception as error:
            if faults.is_outage(error):
                raise
            writes.clear()
            ledger.put_aside(writes.connection, journal, seq)
            poison.append(
                Refused(seq, "internal", f"The entry could not be projected ({type(error).__name__}).")
            )
    return verdicts, poison


def _sorted_verdicts(refused: Sequence[Refused], verdicts: dict[int, Verdict]) -> list[Verdict]:
    put_aside = {item.seq: Verdict(seq=item.seq, verdict="quarantined", code=item.code) for item in refused}
    return [verdict for _, verdict in sorted((verdicts | put_aside).items())]
