"""The state of one subject as a pure function of the set of its entries, whatever their order of arrival.

Every entry that changes fields names the revisions that its author saw (`base`), so that "she saw it and
replaced it" and "she did not know of it" are told apart without trusting any clock. Between changes that
did not know of each other the later hybrid clock shows, both values are kept, and the conflict is listed
until a change that saw both is written. Safety fields are never loosened by a merge: the most restrictive
value shows instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sync.wire import canonical
from sync.wire.body import Body, apply_change, decode, revision_id
from sync.wire.entry import Header
from sync.wire.fact import Fact

_CONSENT: Final = ("general", "sensitive", "sharing", "follow_up", "image", "statistics")

RESTRICTIVE: Final[dict[tuple[str, str], tuple[Any, ...]]] = {
    **{("authorisation", part): (True, False) for part in _CONSENT},
    ("attendee", "safe_contact"): ("", "S", "L", "N"),
    ("attendee", "unaccompanied"): (False, True),
    ("operator", "revoked"): (False, True),
    ("station", "revoked"): (False, True),
}
"""Safety fields with their values from the loosest to the strictest."""


class Conflict(NamedTuple):
    """A field whose value differs between changes that did not know of each other."""

    field: str
    values: tuple[Any, ...]


class Folded(NamedTuple):
    """A subject's present state.

    `revision` names the latest changes (to be given as `base` of the next one); `created` and `updated` are
    clock readings; `author` wrote the first entry.
    """

    fact: Fact
    revision: str
    created: str
    updated: str
    author: str
    conflicts: tuple[Conflict, ...]


class _Write(NamedTuple):
    order: tuple[str, str, int, int]
    revision: str
    header: Header
    body: Body


def fold(kind: str, entries: Sequence[tuple[Header, bytes]]) -> Folded | None:
    """Return the state that some entries of one subject give, or None where the first fact is not among them.

    Entries must have passed `body.decode` (quarantined ones are left out by the caller).

    Raises:
        WireError: when a body breaks the contract.
    """
    writes = sorted(_write(kind, header, raw) for header, raw in entries)
    first = next((write for write in writes if write.body.fact is not None), None)
    if first is None or first.body.fact is None:
        return None
    changes = [write for write in writes if write.body.change is not None]
    if not changes:
        return Folded(
            first.body.fact, first.revision, first.header.hlc, first.header.hlc, first.header.author, ()
        )
    seen = _ancestors([first, *changes])
    fact, conflicts = _merge_fields(first.body.fact, changes, seen)
    tips = _tips([first, *changes], seen)
    latest = max(first.header.hlc, *(write.header.hlc for write in changes))
    return Folded(fact, ".".join(tips), first.header.hlc, latest, first.header.author, conflicts)


def _write(kind: str, header: Header, raw: bytes) -> _Write:
    journal = header.journal
    order = (header.hlc, journal.station, journal.incarnation, header.seq)
    return _Write(order, revision_id(raw), header, decode(kind, raw))


def _ancestors(writes: Sequence[_Write]) -> dict[str, frozenset[str]]:
    """Map each revision to all revisions that its author had seen, near or far."""
    parents = {write.revision: [base for base in write.body.base.split(".") if base] for write in writes}
    seen: dict[str, frozenset[str]] = {}
    for start, direct in parents.items():
        reached: set[str] = set()
        waiting = list(direct)
        while waiting:
            revision = waiting.pop()
            if revision not in reached:
                reached.add(revision)
                waiting.extend(parents.get(revision, ()))
        seen[start] = frozenset(reached)
    return seen


def _tips(writes: Sequence[_Write], seen: dict[str, frozenset[str]]) -> list[str]:
    replaced: set[str] = set().union(*seen.values())
    return sorted({write.revision for write in writes} - replaced)


def _merge_fields(
    fact: Fact, changes: Sequence[_Write], seen: dict[str, frozenset[str]]
) -> tuple[Fact, tuple[Conflict, ...]]:
    values: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    names = sorted({name for write in changes for name in write.body.change or ()})
    for name in names:
        touching = [write for write in changes if name in (write.body.change or {})]
        replaced: set[str] = set().union(*(seen[write.revision] for write in touching))
        standing = [write for write in touching if write.revision not in replaced]
        offered = _distinct([(write.body.change or {})[name] for write in standing])
        values[name] = _chosen(fact.KIND, name, offered)
        if len(offered) > 1:
            conflicts.append(Conflict(name, tuple(offered)))
    return apply_change(fact, values), tuple(conflicts)


def _distinct(values: list[Any]) -> list[Any]:
    """Drop repeated values, the last of equals standing (values come in clock order)."""
    kept: dict[bytes, Any] = {}
    for value in values:
        key = canonical.encode(value)
        kept.pop(key, None)
        kept[key] = value
    return list(kept.values())


def _chosen(kind: str, name: str, offered: list[Any]) -> Any:
    strictness = RESTRICTIVE.get((kind, name))
    if strictness is None:
        return offered[-1]
    return max(offered, key=lambda value: strictness.index(value) if value in strictness else len(strictness))
