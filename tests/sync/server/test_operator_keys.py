"""Somebody's key on a laptop counts when a supervisor of the fair attested it, and raises nobody's role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.server import intake, roster
from sync.server.reference import Statement, publish
from sync.server.requeue import requeue
from sync.wire import signing
from sync.wire.clock import pack
from sync.wire.day_closed import DayClosed
from sync.wire.operator import Operator
from sync.wire.operator_key import OperatorKey
from tests.sync.server.command import Commands
from tests.sync.server.conftest import NOW_MS, Place
from tests.sync.server.laptop import DAY, Laptop, new_id
from tests.sync.server.test_renewal import A_DAY, codes

BEYOND = ("protection", "administrator")
CLOSING = DayClosed(day=DAY, heads={}, totals={})


def on_the_roster(place: Place, **fields: Any) -> str:
    """Somebody whom the centre put on the roster and who has no laptop yet."""
    luz = new_id()
    fact = Operator(**({"name": "Luz Ficticia", "roles": ("supervisor",)} | fields))
    with place.node.database.write() as connection:
        publish(connection, place.node, place.fair, [Statement("operator", luz, fact)])
    return luz


def change(place: Place, operator: str, **fields: Any) -> None:
    """The centre changes its mind about somebody."""
    with place.node.database.write() as connection:
        publish(connection, place.node, place.fair, [Statement("operator", operator, change=fields)])


def key_of(laptop: Laptop, operator: str, key: Ed25519PrivateKey, **more: Any) -> OperatorKey:
    """What the laptop's own operator attests."""
    signer = more.pop("signer", laptop.operator_key)
    prover = more.pop("prover", key)
    journal = more.pop("journal", laptop.journal)
    bare = OperatorKey(operator=operator, public_key=signing.public_bytes(key).hex(), **more)
    message = bare.signed_part(journal)
    proof = "" if bare.withdrawn else prover.sign(message).hex()
    return bare.model_copy(update={"proof": proof, "signature": signer.sign(message).hex()})


def close_as(laptop: Laptop, operator: str, key: Ed25519PrivateKey) -> None:
    """Close the day on a laptop."""
    signature = key.sign(CLOSING.signed_part()).hex()
    laptop.state(CLOSING.model_copy(update={"signature": signature}), author=operator)


def took(place: Place, laptop: Laptop, first: int = 1) -> list[tuple[int, str]]:
    """What of a laptop's journal was put in quarantine, and why."""
    receipt = intake.take(place.node, laptop.station, laptop.batch(first))
    return [(verdict.seq, verdict.code) for verdict in receipt.verdicts if verdict.code]


def test_a_key_is_good_for_what_stands_behind_it_even_in_one_batch(place: Place) -> None:
    laptop, luz, key = place.laptop(), on_the_roster(place), Ed25519PrivateKey.generate()
    close_as(laptop, luz, key)
    laptop.state(key_of(laptop, luz, key))
    close_as(laptop, luz, key)
    assert took(place, laptop) == [(1, "bad-signature")]
    close_as(laptop, luz, key)
    close_as(laptop, luz, laptop.operator_key)
    assert took(place, laptop, 4) == [(5, "bad-signature")]
    # What came before its key is well once somebody looks again.
    assert requeue(place.node, place.fair).released == 1


def test_a_key_of_each_laptop_and_one_is_withdrawn(place: Place) -> None:
    first, second, luz = place.laptop(), place.laptop(), on_the_roster(place)
    here, there = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    for laptop, key in ((first, here), (second, there)):
        laptop.state(key_of(laptop, luz, key))
        close_as(laptop, luz, key)
        assert took(place, laptop) == []
    first.state(key_of(first, luz, here, withdrawn=True))
    close_as(first, luz, here)
    assert took(place, first, 3) == [(4, "bad-signature")]
    close_as(first, luz, here)
    assert took(place, first, 5) == [(5, "bad-signature")]
    close_as(second, luz, there)
    assert took(place, second, 3) == []


def test_the_first_key_of_the_roster_can_be_withdrawn_too(place: Place) -> None:
    laptop, other = place.laptop(), place.laptop()
    close_as(laptop, laptop.operator, laptop.operator_key)
    laptop.state(
        key_of(laptop, laptop.operator, laptop.operator_key, withdrawn=True, signer=other.operator_key),
        author=other.operator,
    )
    close_as(laptop, laptop.operator, laptop.operator_key)
    assert took(place, laptop) == [(3, "bad-signature")]


Forgery = Callable[[Place, Laptop, str, Ed25519PrivateKey], OperatorKey]
FORGERIES: dict[str, tuple[str, Forgery]] = {
    "signed by a stranger": (
        "bad-signature",
        lambda place, laptop, luz, key: key_of(laptop, luz, key, signer=Ed25519PrivateKey.generate()),
    ),
    "signed by the new key itself": (
        "bad-signature",
        lambda place, laptop, luz, key: key_of(laptop, luz, key, signer=key),
    ),
    "another's key passed for hers": (
        "bad-signature",
        lambda place, laptop, luz, key: key_of(laptop, luz, key, prover=laptop.operator_key),
    ),
    "attested for another laptop": (
        "bad-signature",
        lambda place, laptop, luz, key: key_of(laptop, luz, key, journal=place.laptop().journal),
    ),
    "for somebody who is not on the roster": (
        "forbidden",
        lambda place, laptop, luz, key: key_of(laptop, new_id(), key),
    ),
}


@pytest.mark.parametrize("how", FORGERIES)
def test_a_forged_key_is_kept_apart_and_opens_nothing(place: Place, how: str) -> None:
    code, forge = FORGERIES[how]
    laptop, luz, key = place.laptop(), on_the_roster(place), Ed25519PrivateKey.generate()
    laptop.state(forge(place, laptop, luz, key))
    close_as(laptop, luz, key)
    assert took(place, laptop) == [(1, code), (2, "bad-signature")]
    with place.node.database.read() as connection:
        assert roster.authors(connection, place.fair, [luz])[luz].keys == ()


def test_a_registrar_attests_nobody(place: Place) -> None:
    laptop, luz, key = place.laptop(), on_the_roster(place), Ed25519PrivateKey.generate()
    change(place, laptop.operator, roles=("registrar", "desk", "protection"))
    laptop.state(key_of(laptop, luz, key))
    laptop.state(key_of(laptop, luz, key), author="")
    assert took(place, laptop) == [(1, "forbidden"), (2, "forbidden")]


def test_nobody_vouches_for_more_than_she_is(place: Place) -> None:
    laptop = place.laptop()
    focal, chief = (on_the_roster(place, roles=(role,)) for role in BEYOND)
    for who in (focal, chief):
        laptop.state(key_of(laptop, who, Ed25519PrivateKey.generate()))
    assert took(place, laptop) == [(1, "forbidden"), (2, "forbidden")]
    change(place, laptop.operator, roles=("protection",))
    laptop.state(key_of(laptop, focal, Ed25519PrivateKey.generate()))
    assert took(place, laptop, 3) == []


def test_a_supervisor_withdraws_what_she_may_not_add(place: Place) -> None:
    laptop, focal, chief = place.laptop(), *(on_the_roster(place, roles=(role,)) for role in BEYOND)
    for who in (focal, chief):
        laptop.state(key_of(laptop, who, Ed25519PrivateKey.generate(), withdrawn=True))
    assert took(place, laptop) == [(2, "forbidden")]


def test_whose_access_is_over_gets_no_key_and_may_lose_one(place: Place) -> None:
    laptop, luz, late = (
        place.laptop(),
        on_the_roster(place),
        on_the_roster(place, valid_until=date(2026, 3, 1)),
    )
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    laptop.state(key_of(laptop, luz, key))
    assert took(place, laptop) == []
    change(place, luz, revoked=True)
    laptop.state(key_of(laptop, luz, other))
    laptop.state(key_of(laptop, late, other), hlc=pack(NOW_MS + A_DAY * 1000))
    laptop.state(key_of(laptop, luz, key, withdrawn=True))
    assert took(place, laptop, 2) == [(2, "forbidden"), (3, "forbidden")]


def test_an_attested_key_stays_when_its_supervisor_leaves(place: Place) -> None:
    laptop, luz, key = place.laptop(), on_the_roster(place), Ed25519PrivateKey.generate()
    laptop.state(key_of(laptop, luz, key))
    assert took(place, laptop) == []
    change(place, laptop.operator, revoked=True)
    close_as(laptop, luz, key)
    assert took(place, laptop, 2) == []


def test_a_key_is_never_changed_and_raises_no_role(place: Place) -> None:
    laptop, key = place.laptop(), Ed25519PrivateKey.generate()
    desk = on_the_roster(place, roles=("desk",))
    fact = key_of(laptop, desk, key)
    more = fact.model_dump_json(exclude_defaults=True)[:-1] + ',"roles":["administrator"]}'
    subject = laptop.write("operator_key", f'{{"fact":{more},"salt":"0101010101010101"}}'.encode())
    taken_back = f'{{"base":"{laptop.revision(1)}","change":{{"withdrawn":true}},"salt":"0101010101010101"}}'
    laptop.write("operator_key", taken_back.encode(), subject)
    close_as(laptop, desk, key)
    receipt = intake.take(place.node, laptop.station, laptop.batch())
    assert codes(receipt) == ["bad-field", "forbidden"]
    with place.node.database.read() as connection:
        found = roster.authors(connection, place.fair, [desk])[desk]
    assert (found.roles, found.keys) == (frozenset({"desk"}), (signing.public_bytes(key),))


def test_the_centre_names_people_beforehand_and_sees_who_gave_them_keys(
    place: Place, fairserver: Commands
) -> None:
    laptop, key = place.laptop(), Ed25519PrivateKey.generate()
    luz = fairserver("operators", "add", "Luz Ficticia", "--roles", "supervisor,desk").out.strip()
    eva = fairserver("operators", "add", "Eva Ficticia", "--until", "2026-03-15").out.strip()
    listed = {row["name"]: row for row in fairserver("operators", "list", "--json").json()}
    assert listed["Luz Ficticia"]["roles"] == ["supervisor", "desk"]
    assert (listed["Eva Ficticia"]["subject"], listed["Eva Ficticia"]["valid_until"]) == (eva, "2026-03-15")
    assert "already somebody called Luz" in fairserver("operators", "add", "Luz Ficticia").err
    assert fairserver("operators", "add", " \u202e", "--roles", "desk").code == 1
    laptop.state(key_of(laptop, luz, key))
    laptop.state(key_of(laptop, luz, key, withdrawn=True))
    assert took(place, laptop) == []
    added, withdrawn = fairserver("operators", "keys", "--json").json()
    assert (added["operator"], added["station"], added["withdrawn"]) == ("Luz Ficticia", "Punto A", False)
    assert (added["by"], withdrawn["withdrawn"]) == ("Operadora de práctica", True)
    assert "withdrawn\tLuz Ficticia\tPunto A\tby Operadora" in fairserver("operators", "keys").out
