"""Which entries give rows and which are put in quarantine, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sync.server.projections.project import Accepted
from sync.wire import body
from sync.wire.catalogue import REFERENCE
from sync.wire.entry import Entry
from sync.wire.problem import WireError


class Refused(NamedTuple):
    """An entry that is kept and acknowledged but gives no rows. `detail` never holds personal data."""

    seq: int
    code: str
    detail: str


class Rules(NamedTuple):
    """What decides over the entries of one batch.

    `own` says that the journal is this server's; `revoked` that its station's access was withdrawn; `authors`
    maps the operators of the fair to whether theirs was.
    """

    own: bool
    revoked: bool
    authors: Mapping[str, bool]


def examine(entry: Entry, rules: Rules) -> Accepted | Refused:
    """Say whether an entry is accepted. Nothing here raises: a bad entry never stops those behind it."""
    try:
        _check_author(entry, rules)
        if entry.body is None:
            raise WireError("garbled", "The body was withheld or erased before it came here.")
        return Accepted(entry, body.decode(entry.header.kind, entry.body))
    except WireError as error:
        return Refused(entry.header.seq, error.code, error.detail)
    except RecursionError:
        return Refused(entry.header.seq, "bad-field", "The body nests too deep.")


def _check_author(entry: Entry, rules: Rules) -> None:
    header = entry.header
    if rules.own:
        return
    if rules.revoked:
        raise WireError("revoked")
    if header.kind in REFERENCE:
        raise WireError("forbidden", "Only the centre writes entries of this kind.")
    if header.author and header.author not in rules.authors:
        raise WireError("unknown-author")
    if rules.authors.get(header.author):
        raise WireError("revoked-author")
