"""What shows of a subject by the page's rules, and the digest of the state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tests.sync.stranger.journals import Entry, JournalName
from tests.sync.stranger.notation import Json, canonical, digest
from tests.sync.stranger.page import Page

ANONYMOUS = {"sex", "age_band", "profile", "language", "unaccompanied"}
ERASED = {"attendee", "household", "authorisation", "slip", "draft", "sealed", "distinction"}
NAMING = {
    "authorisation": ["attendee"],
    "slip": ["attendee"],
    "draft": ["attendee"],
    "distinction": ["attendee", "other"],
}


class Placed(NamedTuple):
    """An entry, where it stands, and what its body says."""

    journal: JournalName
    seq: int
    entry: Entry
    body: Json

    @property
    def order(self) -> tuple[str, str, int, int]:
        return self.entry.hlc, self.journal[0], self.journal[1], self.seq


Subjects = Mapping[tuple[str, str], Sequence[Placed]]


def fold(page: Page, kind: str, entries: Iterable[Placed]) -> Json | None:
    """What shows of one subject; nothing where no entry has a fact."""
    placed = sorted(entries, key=lambda one: one.order)
    fact: Json | None = next((one.body["fact"] for one in placed if "fact" in one.body), None)
    if fact is None:
        return None
    takes = ANONYMOUS if kind == "attendee" and fact.get("anonymous") else page.fields(kind)
    changes = [one for one in placed if "change" in one.body]
    seen = _seen(placed)
    shown = dict(fact)
    for name in takes & {name for one in changes for name in one.body["change"]}:
        naming = [one for one in changes if name in one.body["change"]]
        replaced = set[str]().union(*(seen[one.entry.revision] for one in naming))
        standing = [one.body["change"][name] for one in naming if one.entry.revision not in replaced]
        shown[name] = _strictest(page.safety.get((kind, name), ()), standing)
    return page.trimmed(kind, shown)


def next_base(entries: Iterable[Placed]) -> str:
    """The `base` of the next change: all revisions of a subject that none of its entries has seen."""
    seen = _seen(entries)
    return ".".join(sorted(set(seen) - set[str]().union(*seen.values())))


def _seen(entries: Iterable[Placed]) -> dict[str, set[str]]:
    """For each revision what its author saw: its base, what they saw, and so on."""
    bases = {one.entry.revision: set(filter(None, one.body.get("base", "").split("."))) for one in entries}
    seen: dict[str, set[str]] = {}
    for revision, base in bases.items():
        todo, seen[revision] = list(base), set[str]()
        while todo:
            if (one := todo.pop()) not in seen[revision]:
                seen[revision].add(one)
                todo += bases.get(one, ())
    return seen


def _strictest(order: Sequence[Any], standing: Sequence[Any]) -> Any:
    """The last of the standing values, or of a safety field the strictest."""
    return max(reversed(standing), key=lambda value: order.index(value) if value in order else len(order))


def by_subject(entries: Iterable[Placed]) -> dict[tuple[str, str], list[Placed]]:
    """The entries that were not erased, by kind and subject."""
    read = list(entries)
    gone = _erased(read)
    found: dict[tuple[str, str], list[Placed]] = {}
    for one in read:
        kind, subject = one.entry.kind, one.entry.subject
        if subject not in gone or kind not in ERASED or _names_nobody(kind, one.body):
            found.setdefault((kind, subject), []).append(one)
    return found


def _erased(entries: Sequence[Placed]) -> set[str]:
    """The subjects that erasures name, and those that tell of an erased attendee."""
    facts = [(one.entry.kind, one.entry.subject, one.body["fact"]) for one in entries if "fact" in one.body]
    named = [{fact["attendee"], *fact["subjects"]} for kind, _, fact in facts if kind == "erasure"]
    gone = set[str]().union(*named)
    referrals = {subject for kind, subject, fact in facts if kind == "referral" and fact["attendee"] in gone}
    telling = {
        subject
        for kind, subject, fact in facts
        if gone.intersection(fact.get(name) for name in NAMING.get(kind, ()))
        or (kind == "sealed" and fact["about"] in referrals)
    }
    return gone | telling


def _names_nobody(kind: str, body: Json) -> bool:
    fact = body.get("fact", {})
    if kind == "attendee":
        return fact.get("anonymous") is True and set(fact) <= ANONYMOUS | {"anonymous"}
    return kind == "slip" and (
        fact.get("display_name") == "" or set(body.get("change", ())) == {"void_reason"}
    )


def state_digest(shown: Mapping[tuple[str, str], Json]) -> str:
    return digest(b"".join(sorted(digest(canonical([*key, fact])) for key, fact in shown.items()))).hex()
