"""What this laptop holds, in figures, and a digest by which two settled replicas of a fair are compared."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlmodel import Session

from fairclient.store.queries.rows import facts
from fairclient.store.sessions import identity_of
from sync.wire.catalogue import KINDS, PERSONAL
from sync.wire.state import StateDigest


def state(session: Session) -> dict[str, Any]:
    """This fair's ``entries``, ``acknowledged``, ``counts`` by kind and ``state_digest``.

    An entry of our own is acknowledged by a verified receipt of the centre's; one of another station came
    from there, sealed. Counts and digest come from the projected tables, not from the journal.
    """
    identity = identity_of(session)
    connection = session.connection()
    entries = connection.exec_driver_sql("SELECT sum(seq) FROM journal WHERE fair = ?", (identity.fair,))
    acknowledged = connection.exec_driver_sql(
        "SELECT sum(CASE WHEN own THEN at_centre ELSE seq END) FROM journal WHERE fair = ?", (identity.fair,)
    )
    digest = StateDigest()
    counts: Counter[str] = Counter()
    for kind, fact_class in KINDS.items():
        for kept, fact in facts(session, fact_class, "fair = ?", (identity.fair,)):
            counts[kind] += 1
            if identity.scope != "desk" or kind not in PERSONAL:  # of those a desk has but its own
                digest.add(kind, kept.subject, fact)
    return {
        "entries": int(entries.scalar() or 0),
        "acknowledged": int(acknowledged.scalar() or 0),
        "counts": dict(sorted(counts.items())),
        "state_digest": digest.hexdigest(),
    }
