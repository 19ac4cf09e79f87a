"""Erasing a person at the centre, at every fair where she was registered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final, Literal, NamedTuple

from sqlalchemy import Connection, select, text
from uuid_utils import uuid7

from sync.server import reference
from sync.server.node import Node
from sync.server.projections.catalogue import SHAPES
from sync.server.reference import Statement
from sync.server.words import Refusal
from sync.wire.attendee import Attendee
from sync.wire.erasing import homes, nameless
from sync.wire.erasure import Erasure
from sync.wire.fact import Fact
from sync.wire.household import Household
from sync.wire.leaving import after_leaving
from sync.wire.slip import Slip

Ground = Literal["request", "revoked", "retention", "order"]
_MOST: Final = 500

_FAIRS = text("SELECT fair FROM attendee WHERE subject = :who AND NOT anonymous ORDER BY fair")
_ABOUT: Final = (
    text("SELECT subject FROM authorisation WHERE fair = :fair AND attendee = :who ORDER BY subject"),
    text("SELECT subject FROM draft WHERE fair = :fair AND attendee = :who ORDER BY subject"),
    text(
        "SELECT s.subject FROM sealed s JOIN referral r ON r.fair = s.fair AND r.subject = s.about "
        "WHERE s.fair = :fair AND r.attendee = :who ORDER BY s.subject"
    ),
    text("SELECT subject FROM distinction WHERE fair = :fair AND :who IN (attendee, other) ORDER BY subject"),
)
_BODIES: Final = text(
    "SELECT e.body FROM entry e JOIN journal j ON j.id = e.journal "
    "WHERE j.fair = :fair AND e.subject = :who AND e.body IS NOT NULL"
)
_MERGED: Final = text(
    "SELECT subject, merged_into FROM household WHERE fair = :fair AND merged_into IS NOT NULL"
)
_MEMBERS: Final = text("SELECT subject FROM attendee WHERE fair = :fair AND household = :home")
_SAID: Final = text(
    "SELECT attendee, other, same FROM distinction WHERE fair = :fair AND :who IN (attendee, other) "
    "ORDER BY created, subject"
)
_KNOWN: Final = text("SELECT 1 FROM attendee WHERE fair = :fair AND subject = :who AND NOT anonymous")


class Erased(NamedTuple):
    """What was done at one fair: how many subjects lost their content, and the id of the erasure."""

    fair: str
    subjects: int
    erasure: str


def erase(connection: Connection, node: Node, who: str, ground: Ground) -> list[Erased]:
    """Publish an erasure in this server's own journal of each fair that knows a person. The caller commits.

    Who was written more than once, as somebody decided, is erased under each of her ids.

    Raises:
        Refusal: when nobody with that id is here, or her data went before.
    """
    if node.authority.server != node.server:
        raise Refusal("People are erased at the centre, or by a supervisor at a laptop; not at a hub.")
    fairs = connection.execute(_FAIRS, {"who": who}).scalars().all()
    if not fairs:
        raise Refusal(f"Nobody with the id {who} is here, or was erased before. Nothing was changed.")
    return [
        _erase_at(connection, node, (fair, one, ids), ground)
        for fair in fairs
        for ids in [_same_person(connection, fair, who)]
        for one in ids
        if connection.execute(_KNOWN, {"fair": fair, "who": one}).first()
    ]


def _same_person(connection: Connection, fair: str, who: str) -> list[str]:
    """Return all ids under which a person was written at a fair, as somebody decided: hers first."""
    found = [who]
    for one in found:  # grows while it is gone through
        rows = connection.execute(_SAID, {"fair": fair, "who": one}).all()
        said = {(row.other if row.attendee == one else row.attendee): row.same for row in rows}
        found += [other for other, same in said.items() if same and other not in found]
    return found


def _erase_at(
    connection: Connection, node: Node, about: tuple[str, str, Sequence[str]], ground: Ground
) -> Erased:
    """Publish one erasure at a fair, of one id of the person who has all those ids."""
    fair, who, ids = about
    known = {"fair": fair, "who": who}
    slips = _facts(connection, "slip", fair, attendee=who)
    others = [found for query in _ABOUT for found in connection.execute(query, known).scalars()]
    merged = {row.subject: row.merged_into for row in connection.execute(_MERGED, {"fair": fair})}
    alone = _homes(connection, known, merged, ids)
    others += alone
    subjects = tuple(dict.fromkeys([who, *slips, *others]))[:_MOST]
    day = _today(node)
    erasure = _signed(node, Erasure(attendee=who, subjects=subjects, ground=ground, day=day))
    statements = [erasure]
    for person in _facts(connection, "attendee", fair, subject=who).values():
        assert isinstance(person, Attendee)  # what the table of attendees holds
        if person.household not in alone:
            statements += _left(connection, fair, who, person, merged)
        statements.append(Statement("attendee", who, nameless(person, day)))
    for subject, slip in slips.items():
        assert isinstance(slip, Slip)  # what the table of slips holds
        statements.append(Statement("slip", subject, slip.model_copy(update={"display_name": ""})))
    reference.publish(connection, node, fair, statements)
    return Erased(fair, len(subjects), erasure.subject)


def tell(connection: Connection, node: Node, fair: str, people: Sequence[str]) -> None:
    """Publish that people were erased of whom nothing is here, for whoever holds them. The caller commits."""
    day = _today(node)
    facts = [Erasure(attendee=who, subjects=(who,), ground="request", day=day) for who in people]
    reference.publish(connection, node, fair, [_signed(node, fact) for fact in facts])


def _today(node: Node) -> date:
    return datetime.fromtimestamp(node.now_ms() / 1000, UTC).date()


def _signed(node: Node, plain: Erasure) -> Statement:
    signature = node.keys.signing.sign(plain.signed_part()).hex()
    erasure = str(uuid7(nanoseconds=node.now_ms() * 1_000_000))
    return Statement("erasure", erasure, plain.model_copy(update={"signature": signature}))


def _homes(
    connection: Connection, known: dict[str, str], merged: Mapping[str, str], ids: Sequence[str]
) -> list[str]:
    """Return the households in which somebody is or was, and nobody else is any more."""
    bodies = [bytes(body) for body in connection.execute(_BODIES, known).scalars()]
    alone: list[str] = []
    for group in homes(bodies, merged):
        asked = [{"fair": known["fair"], "home": home} for home in group]
        members = {subject for one in asked for subject in connection.execute(_MEMBERS, one).scalars()}
        if members <= set(ids):
            alone += sorted(group)
    return alone


def _left(
    connection: Connection, fair: str, who: str, person: Attendee, merged: Mapping[str, str]
) -> list[Statement]:
    """Return what changes of the home where others stay: her telephone and what she answered for."""
    home, seen = person.household or "", set[str]()
    while home in merged and home not in seen:
        seen.add(home)
        home = merged[home]
    found = _facts(connection, "household", fair, subject=home).get(home)
    if not isinstance(found, Household):
        return []
    staying = [
        fact
        for subject, fact in _facts(connection, "attendee", fair, household=home).items()
        if subject != who and isinstance(fact, Attendee)
    ]
    change = after_leaving(found, person, who, staying)
    return [Statement("household", home, change=change)] if change else []


def _facts(connection: Connection, kind: str, fair: str, **where: str) -> dict[str, Fact]:
    shape = SHAPES[kind]
    query = select(shape.table).where(shape.table.c.fair == fair)
    for column, value in where.items():
        query = query.where(shape.table.c[column] == value)
    rows = connection.execute(query).mappings().all()
    return {row["subject"]: shape.fact_of(dict(row)) for row in rows}
