"""The state of one subject as a pure function of the set of its entries, whatever their order of arrival.

Every entry that changes fields names the revisions that its author saw (`base`), so that "she saw it and
replaced it" and "she did not know of it" are told apart without trusting any clock. Between changes that
did not know of each other the later hybrid clock shows, both values are kept, and the conflict is listed
until a change that saw both is written. Safety fields are never loosened by a merge: the most restrictive
value shows instead.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sync.wire import canonical
from sync.wire.body import apply_change, decode, revision_id
from sync.wire.entry import Header
from sync.wire.fact import Fact
from sync.wire.problem import WireError

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
    raw: bytes
    states: bool
    change: Mapping[str, Any]
    base: str

    @property
    def parents(self) -> list[str]:
        """The revisions that its author saw as the latest."""
        return [revision for revision in self.base.split(".") if revision]


def fold(kind: str, entries: Sequence[tuple[Header, bytes]]) -> Folded | None:
    """Return the state that some entries of one subject give, or None where the first fact is not among them.

    Entries must have passed `body.decode` (quarantined ones are left out by the caller). Takes time in
    proportion to the entries, whatever their number, and to the revisions that they name.

    Raises:
        WireError: when a body breaks the contract.
    """
    writes = sorted(_write(header, raw) for header, raw in entries)
    first = next((write for write in writes if write.states), None)
    fact = decode(kind, first.raw).fact if first is not None else None
    if first is None or fact is None:
        return None
    changes = [write for write in writes if not write.states]
    if not changes:
        return Folded(fact, first.revision, first.header.hlc, first.header.hlc, first.header.author, ())
    shown, conflicts = _merge_fields(fact, changes)
    latest = max(first.header.hlc, *(write.header.hlc for write in changes))
    tips = _tips([first, *changes])
    return Folded(shown, ".".join(tips), first.header.hlc, latest, first.header.author, conflicts)


def _write(header: Header, raw: bytes) -> _Write:
    """Read what merging needs of a body; values are validated when they are chosen."""
    journal = header.journal
    order = (header.hlc, journal.station, journal.incarnation, header.seq)
    held = _read(raw)
    change = held.get("change")
    return _Write(
        order, revision_id(raw), header, raw, change is None, change or {}, str(held.get("base") or "")
    )


def _read(raw: bytes) -> dict[str, Any]:
    try:
        held = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise WireError("garbled", "A body is JSON.") from error
    if not isinstance(held, dict):
        raise WireError("garbled", "A body is a JSON object.")
    return held


def _tips(writes: Sequence[_Write]) -> list[str]:
    """Return the revisions that nobody had seen: what is seen from afar is named by somebody near."""
    named = {revision for write in writes for revision in write.parents}
    return sorted({write.revision for write in writes} - named)


def _merge_fields(fact: Fact, changes: Sequence[_Write]) -> tuple[Fact, tuple[Conflict, ...]]:
    values: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for name, standing in sorted(_standing(changes).items()):
        if not fact.takes(name):
            continue
        offered = _distinct([write.change[name] for write in standing])
        values[name] = _chosen(fact.KIND, name, offered)
        if len(offered) > 1:
            conflicts.append(Conflict(name, tuple(offered)))
    return apply_change(fact, values), tuple(conflicts)


def _standing(changes: Sequence[_Write]) -> dict[str, list[_Write]]:
    """Return, for each field, the changes that no other change of the field has seen.

    One walk from the latest changes back, each taking along a set (as bits) of the fields that were changed
    after it by those who had seen it.
    """
    touching: dict[str, list[_Write]] = {}
    for write in changes:
        for name in write.change:
            touching.setdefault(name, []).append(write)
    bits = {name: 1 << number for number, name in enumerate(sorted(_contested(touching)))}
    later = _changed_later(changes, bits)
    return {
        name: [write for write in writes if not later[write.revision] & bits.get(name, 0)]
        for name, writes in touching.items()
    }


def _contested(touching: Mapping[str, Sequence[_Write]]) -> Iterator[str]:
    """Give the fields that more than one change names: only there can one replace another."""
    for name, writes in touching.items():
        if len(writes) > 1:
            yield name


def _changed_later(changes: Sequence[_Write], bits: Mapping[str, int]) -> dict[str, int]:
    """Map each change's revision to the fields that were changed by those who had seen it, near or far."""
    nodes = {write.revision: write for write in changes}
    readers = Counter(parent for write in nodes.values() for parent in set(write.parents) if parent in nodes)
    later = dict.fromkeys(nodes, 0)
    ready = [revision for revision in nodes if not readers[revision]]
    while ready:
        write = nodes[ready.pop()]
        carried = later[write.revision]
        for name in write.change:
            carried |= bits.get(name, 0)
        for parent in set(write.parents):
            if parent in nodes:
                later[parent] |= carried
                readers[parent] -= 1
                if not readers[parent]:
                    ready.append(parent)
    return later


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
