"""Posting entries: journals grow, the rows follow, what can't be projected is put aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from sync.server import erasing, ledger, rulings
from sync.server.acceptance import Refused
from sync.server.database import faults, locks
from sync.server.database.writes import Writes
from sync.server.erasing import Erasures
from sync.server.ledger import Journal
from sync.server.projections.project import Accepted, Key, Place, known, project
from sync.server.ranges import Piece
from sync.wire.receipt import Verdict

MAX_OF_SUBJECT: Final = 500
"""Entries of one subject that are merged; a person has some twenty. Each new one merges all of them anew."""


class Posted(NamedTuple):
    """What became of some entries: the journal with its new head, and all that was not plainly accepted."""

    journal: Journal
    refused: list[Refused]
    verdicts: list[Verdict]


def post(writes: Writes, pieces: Sequence[Piece], *, one_by_one: bool = False) -> list[Posted]:
    """Append ranges of different journals of one fair, and project them.

    The caller holds the journals' locks, flushes and commits. With `one_by_one` each entry is projected by
    itself, and one that the database refuses is put in quarantine: slow, for when the quick way failed.
    Nothing that an entry holds may stop the entries behind it.
    """
    pieces = rulings.overruled(writes.connection, pieces)
    accepted = [item for piece in pieces for item in piece.range.accepted]
    fair, connection = pieces[0].journal.id.fair, writes.connection
    erased = erasing.named(accepted)
    locks.lock_subjects(connection, fair, {item.entry.header.subject for item in accepted} | erased)
    found = erasing.look(connection, fair, accepted)
    pieces = erasing.without_bodies(connection, found, pieces)
    accepted = [item for piece in pieces for item in piece.range.accepted]
    prior = known(connection, fair, accepted)
    pieces = _bounded(pieces, prior)
    accepted = [item for piece in pieces for item in piece.range.accepted]
    grown = [_append(writes, piece) for piece in pieces]
    if one_by_one:
        each = [_posted_each(writes, journal, piece) for journal, piece in zip(grown, pieces, strict=True)]
        _follow(writes, found, accepted)
        return each
    writes.push()
    verdicts = project(writes, fair, accepted, prior)
    writes.push()
    _follow(writes, found, accepted)
    return [
        Posted(journal, piece.range.refused, _sorted_verdicts(journal, piece.range.refused, verdicts))
        for journal, piece in zip(grown, pieces, strict=True)
    ]


def _follow(writes: Writes, found: Erasures, accepted: Sequence[Accepted]) -> None:
    """Do what rulings and erasures among the entries say to all that is here."""
    released = rulings.follow(writes, found.fair, accepted)
    if released:
        accepted = [*accepted, *released]
        found = erasing.look(writes.connection, found.fair, accepted)
    erasing.follow(writes, found, accepted)


def _bounded(pieces: Sequence[Piece], prior: Mapping[Key, int]) -> list[Piece]:
    """Put aside what would make a subject's history too long to be merged anew with each batch."""
    counts = Counter(prior)

    def kept(item: Accepted | Refused) -> Accepted | Refused:
        if isinstance(item, Refused):
            return item
        counts[item.key] += 1
        if counts[item.key] <= MAX_OF_SUBJECT:
            return item
        told = f"Its subject has {MAX_OF_SUBJECT} entries already; no more are merged."
        return Refused(item.entry.header.seq, "too-large", told)

    return [
        piece._replace(range=piece.range._replace(examined=[kept(item) for item in piece.range.examined]))
        for piece in pieces
    ]


def _append(writes: Writes, piece: Piece) -> Journal:
    entries, digests, signature, _ = piece.range
    put_aside = {item.seq for item in piece.range.refused}
    return ledger.append(writes, piece.journal, entries, digests, signature, put_aside)


def _posted_each(writes: Writes, journal: Journal, piece: Piece) -> Posted:
    verdicts: dict[Place, Verdict] = {}
    refused = piece.range.refused
    writes.flush()
    for item in piece.range.accepted:
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
            refused.append(
                Refused(seq, "internal", f"The entry could not be projected ({type(error).__name__}).")
            )
    return Posted(journal, refused, _sorted_verdicts(journal, refused, verdicts))


def _sorted_verdicts(
    journal: Journal, refused: Sequence[Refused], verdicts: Mapping[Place, Verdict]
) -> list[Verdict]:
    mine = {place.seq: verdict for place, verdict in verdicts.items() if place.journal == journal.id}
    put_aside = {item.seq: Verdict(seq=item.seq, verdict="quarantined", code=item.code) for item in refused}
    return [verdict for _, verdict in sorted((mine | put_aside).items())]
