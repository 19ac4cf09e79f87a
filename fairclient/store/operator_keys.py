"""Which keys an operator signs with, as far as this laptop believes what it was told.

The roster has the key that somebody was enrolled with; each other laptop on which she works has another,
attested by a supervisor there (``sync.wire.operator_key``). The centre's word decides: what it acknowledged
without putting it in quarantine counts, whatever became of the supervisor since. Before that, the attestation
must be by somebody whose role allows it, and signed with a key that is believed itself.
"""

from __future__ import annotations

import json
from typing import Final, NamedTuple

from sqlalchemy import Connection

from fairclient.store import meta
from fairclient.store.tables.journal import PLACE_BITS
from sync.wire.journal import JournalId
from sync.wire.operator_key import OperatorKey, may_attest

_ROSTER: Final = "SELECT subject, station, roles, revoked, public_key, age_recipient FROM operator"
_ATTESTED: Final = f"""
SELECT k.author, k.operator, k.public_key, k.age_recipient, k.withdrawn, k.proof, k.signature,
       j.station, j.incarnation, j.fair, j.at_centre >= (e.place & {(1 << PLACE_BITS) - 1})
FROM operator_key k CROSS JOIN entry e CROSS JOIN journal j
WHERE e.subject = k.subject AND e.kind = 'operator_key' AND e.hlc = k.created
  AND j.number = e.place >> 40 AND j.station = k.station
ORDER BY k.created, k.subject
"""


class Believed(NamedTuple):
    """A key that somebody signs with: 32 bytes as hex, for whom notes are sealed, and the laptop it is on."""

    public_key: str
    age_recipient: str | None
    station: str


class _Person(NamedTuple):
    roles: frozenset[str]
    revoked: bool
    keys: list[Believed]


def believed(connection: Connection) -> dict[str, tuple[Believed, ...]]:
    """The keys of everybody on the roster, the one that she was enrolled with first."""
    people = _roster(connection)
    centre = meta.get(connection, meta.SERVER)
    withdrawn: set[tuple[str, str]] = set()
    # In the order of their clocks: what a key attested before it was withdrawn stays.
    for author, *fact, station, incarnation, fair, acknowledged in connection.exec_driver_sql(_ATTESTED):
        said = _fact(fact)
        journal = JournalId(station, incarnation, fair)
        given = station == centre or acknowledged
        if said.operator not in people or not (given or _holds(people, author, said, journal)):
            continue
        keys, key = people[said.operator].keys, (said.operator, said.public_key)
        if said.withdrawn:
            withdrawn.add(key)
            keys[:] = [one for one in keys if one.public_key != said.public_key]
        elif key not in withdrawn:
            keys.append(Believed(said.public_key, said.age_recipient, station))
    return {operator: tuple(person.keys) for operator, person in people.items()}


def _roster(connection: Connection) -> dict[str, _Person]:
    people: dict[str, _Person] = {}
    for operator, station, roles, revoked, public_key, recipient in connection.exec_driver_sql(_ROSTER):
        keys = [Believed(public_key, recipient, station)] if public_key else []
        people[operator] = _Person(frozenset(json.loads(roles)), bool(revoked), keys)
    return people


def _holds(people: dict[str, _Person], author: str, said: OperatorKey, journal: JournalId) -> bool:
    """Whether somebody who may attest it did."""
    writer = people.get(author)
    if writer is None or writer.revoked:
        return False
    if not may_attest(writer.roles, people[said.operator].roles, withdrawn=said.withdrawn):
        return False
    return said.is_signed(journal, (bytes.fromhex(key.public_key) for key in writer.keys))


def _fact(values: list[object]) -> OperatorKey:
    return OperatorKey.model_validate(
        dict(zip(OperatorKey.model_fields, values, strict=True)) | {"withdrawn": bool(values[3])}
    )
