"""One number of a document on several people: a mistake, a loan, or the same person twice. It is flagged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from fairclient.store.queries.names import full_name
from fairclient.store.queries.rows import by_ids
from fairclient.store.search_keys import DOCUMENT, compact
from sync.wire.attendee import Attendee

_ONE_NUMBER: Final = frozenset({"CC", "TI", "RC", "NUIP"})
"""Papers that carry one and the same number through a Colombian's life."""
_MOST: Final = 20


@dataclass(frozen=True)
class Holder:
    """Somebody who has the document with this type and number as well."""

    attendee: str
    name: str
    type: str
    number: str


def holders(session: Session, documents: Iterable[tuple[str, str]], but: str = "") -> list[Holder]:
    """Who has one of ``documents`` (type and number), other than the attendee ``but``; at most twenty."""
    wanted = {(_family(kind), compact(number)) for kind, number in documents if compact(number)}
    if not wanted:
        return []
    keys = sorted({DOCUMENT + number for _kind, number in wanted})
    statement = f"SELECT subject FROM search_key WHERE key IN ({','.join('?' * len(keys))}) LIMIT {_MOST}"
    found = list(dict.fromkeys(session.connection().exec_driver_sql(statement, tuple(keys)).scalars()))
    return [
        Holder(kept.subject, full_name(person), document.type, document.number)
        for kept, person in by_ids(session, Attendee, "subject", [one for one in found if one != but])
        for document in person.documents
        if (_family(document.type), compact(document.number)) in wanted
    ]


def _family(kind: str) -> str:
    return "NUIP" if kind in _ONE_NUMBER else kind
