"""Several people on one laptop: who gets access and how, what is published of it, and what others believe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput, SayError, Unauthorised, WrongPassphrase
from fairclient.base.home import Home
from fairclient.base.ids import new_id, random_bytes
from fairclient.store import journal, operator_keys, vault
from fairclient.store.replay import replay
from fairclient.store.sealing import recipient_of, unseal
from fairclient.store.slots import Cost
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.add_operator import add_operator
from fairclient.usecases.close_day import close_day
from fairclient.usecases.enrol import settle
from fairclient.usecases.laptop_people import laptop_people, may_admit, person_named
from fairclient.usecases.purge import purge
from fairclient.usecases.remove_operator import remove_operator
from fairclient.usecases.renew_passphrase import change_passphrase, give_passphrase
from fairclient.usecases.save_bundle import _recipients
from fairclient.usecases.seal_note import seal_note
from fairclient.usecases.unlock import unlock, workplace
from fairclient.usecases.workplace import Workplace
from sync.wire import body, signing
from sync.wire.clock import HybridClock
from sync.wire.entry import Entry, Header, body_digest
from sync.wire.operator import Operator
from sync.wire.operator_key import OperatorKey
from sync.wire.receipt import Verdict
from tests.fairclient.store.making import Fair, everything, send
from tests.fairclient.ui.pages.tent import hear_of, register

CHEAP = Cost(1, 8, 1)
ANAS, LUZ_S = "la frase larga de Ana", "la frase larga de Luz"


def put(fair: Fair, name: str, *roles: Any, **more: Any) -> str:
    """The centre puts somebody on the roster, who has no laptop."""
    who = new_id(fair.clock)
    fair.add((who, Operator(name=name, roles=roles, **more)))
    return who


def say(fair: Fair, operator: str, **change: Any) -> None:
    """The centre changes what it says of somebody."""
    raw = body.encode_change("operator", change, "", random_bytes(body.SALT_BYTES))
    hlc = HybridClock(fair.clock.now_ms, fair.entries[-1].header.hlc).tick()
    header = Header(fair.journal, len(fair.entries) + 1, hlc, "", "operator", operator, 1)
    fair.entries.append(Entry(header, raw, body_digest(raw)))


def enrolled(folder: Path, fair: Fair, point: str, *roles: Any, name: str = "Ana") -> Workplace:
    """A laptop as enrolment leaves it, with its first operator at work."""
    key = Ed25519PrivateKey.generate()
    public = signing.public_bytes(key).hex()
    who = put(fair, name, *roles, public_key=public, age_recipient=recipient_of(key))
    home = Home(folder).create()
    place = settle(home, fair.station(point), (who, name, key), ANAS, fair.clock, CHEAP)
    hear_of(place, fair)
    return workplace(home, place.store, fair.clock, (who, name, key))


@pytest.fixture
def luz(fair: Fair) -> str:
    """The supervisor of the afternoon."""
    return put(fair, "Luz", "supervisor")


@pytest.fixture
def ana(tmp_path: Path, fair: Fair, luz: str) -> Any:
    """The laptop of the morning's supervisor."""
    place = enrolled(tmp_path / "a", fair, "A", "registrar", "supervisor")
    yield place
    place.close()


def keys(place: Workplace, operator: str) -> list[str]:
    """The public keys that a laptop believes of somebody."""
    with place.store.read() as session:
        found = operator_keys.believed(session.connection()).get(operator, ())
    return [key.public_key for key in found]


def enters(place: Workplace, passphrase: str, operator: str) -> Workplace:
    """Somebody else enters where the store is open."""
    opened = vault.unlock(place.home, passphrase, operator, place.clock)
    return workplace(
        place.home, place.store, place.clock, (opened.operator, opened.operator_name, opened.operator_key)
    )


def own_public(place: Workplace) -> str:
    """The public key of whoever is at work."""
    return signing.public_bytes(place.operator.key).hex()


def written(place: Workplace) -> list[tuple[str, str]]:
    """The kinds in this laptop's own journal, and who wrote them."""
    with place.store.read() as session:
        found = [entry for entry, _digest in journal.every(session)]
    return [
        (entry.header.kind, entry.header.author)
        for entry in found
        if entry.header.journal.station == place.identity.station
    ]


def test_somebody_of_the_roster_gets_a_passphrase_a_key_and_no_role(ana: Workplace, luz: str) -> None:
    found = {one.name: one for one in laptop_people(ana)}
    assert (found["Ana"].here, found["Luz"].here) == (True, False)
    assert keys(ana, luz) == []
    add_operator(ana, luz, LUZ_S, ANAS, CHEAP)
    assert written(ana) == [("operator_key", ana.operator.id)]
    at_work = enters(ana, LUZ_S, luz)
    assert at_work.operator.name == "Luz"
    assert at_work.operator.roles == {"supervisor"}
    assert keys(ana, luz) == [own_public(at_work)]
    register(ana)
    assert close_day(at_work).day_closed
    ana.close()
    again = unlock(ana.home, LUZ_S, ana.clock, luz)
    assert again.operator.id == luz
    again.close()


def test_no_passphrase_and_no_private_key_stands_in_any_file(ana: Workplace, luz: str) -> None:
    add_operator(ana, luz, LUZ_S, ANAS, CHEAP)
    secret = enters(ana, LUZ_S, luz).operator.key.private_bytes_raw()
    told = [LUZ_S.encode(), ANAS.encode(), secret, secret.hex().encode(), b"age-secret"]
    for file in (one for one in ana.home.dir.rglob("*") if one.is_file()):
        content = file.read_bytes()
        assert not any(one in content or one.upper() in content for one in told), file


def refused(act: Callable[[], object]) -> str:
    """The code of what is said."""
    with pytest.raises(SayError) as told:
        act()
    assert told.value.what and told.value.what.endswith(".")
    return told.value.code


def test_who_may_not_is_told_so_and_nothing_is_left_behind(
    ana: Workplace, fair: Fair, luz: str, clock: FixedClock
) -> None:
    late = put(fair, "Tarde", "registrar", valid_until=clock.today() - timedelta(days=2))
    gone = put(fair, "Ida", "registrar", revoked=True)
    chief = put(fair, "Jefa", "administrator")
    hear_of(ana, fair)
    registrar = replace(ana, operator=replace(ana.operator, roles=frozenset({"registrar"})))
    before = ana.home.keys.read_bytes()
    assert refused(lambda: add_operator(ana, late, LUZ_S, ANAS)) == "access-over"
    assert refused(lambda: add_operator(ana, gone, LUZ_S, ANAS)) == "access-over"
    for more in (chief, put(fair, "Sol", "protection"), put(fair, "Mar", "supervisor", "protection")):
        hear_of(ana, fair)
        assert refused(partial(add_operator, ana, more, LUZ_S, ANAS)) == "not-yours-to-admit"
    assert refused(lambda: add_operator(ana, new_id(clock), LUZ_S, ANAS)) == "not-on-roster"
    assert refused(lambda: add_operator(ana, ana.operator.id, LUZ_S, ANAS)) == "oneself"
    assert refused(lambda: add_operator(ana, luz, "corta", ANAS)) == "short-passphrase"
    assert refused(lambda: add_operator(ana, luz, ANAS, ANAS)) == "same-passphrase"
    assert refused(lambda: remove_operator(ana, luz, ANAS)) == "not-here"
    assert refused(lambda: give_passphrase(ana, luz, LUZ_S, ANAS)) == "not-here"
    with pytest.raises(Unauthorised):
        add_operator(registrar, luz, LUZ_S, ANAS)
    with pytest.raises(WrongPassphrase):
        add_operator(ana, luz, LUZ_S, "otra que no es")
    assert refused(lambda: person_named(ana, "Nadie")) == "unknown-operator"
    assert ana.home.keys.read_bytes() == before
    assert written(ana) == []
    assert not any(may_admit(registrar, one) for one in laptop_people(ana))


def test_a_forgotten_passphrase_is_replaced_and_who_did_it_is_written(ana: Workplace, luz: str) -> None:
    add_operator(ana, luz, LUZ_S, ANAS, CHEAP)
    assert refused(lambda: add_operator(ana, luz, "otra frase larga", ANAS)) == "already-here"
    (first,) = keys(ana, luz)
    give_passphrase(ana, luz, "una frase muy nueva", ANAS, CHEAP)
    with pytest.raises(WrongPassphrase):
        enters(ana, LUZ_S, luz)
    at_work = enters(ana, "una frase muy nueva", luz)
    assert keys(ana, luz) == [own_public(at_work)] != [first]
    assert written(ana) == [("operator_key", ana.operator.id)] * 3


def test_the_first_operator_can_be_helped_by_one_who_came_later(ana: Workplace, luz: str) -> None:
    add_operator(ana, luz, LUZ_S, ANAS, CHEAP)
    at_work = enters(ana, LUZ_S, luz)
    old = own_public(ana)
    give_passphrase(at_work, ana.operator.id, "la frase que no olvidaré", LUZ_S, CHEAP)
    again = enters(ana, "la frase que no olvidaré", ana.operator.id)
    assert keys(ana, ana.operator.id) == [own_public(again)] != [old]
    register(again)
    assert close_day(again).day_closed
    assert [slot.operator for slot in vault.operators(ana.home)] == [ana.operator.id, luz]


def test_ones_own_passphrase_changes_and_the_key_stays(ana: Workplace) -> None:
    assert refused(lambda: change_passphrase(ana, "corta", ANAS)) == "short-passphrase"
    assert refused(lambda: change_passphrase(ana, ANAS, ANAS)) == "same-passphrase"
    with pytest.raises(WrongPassphrase):
        change_passphrase(ana, "otra frase larga", "no es esta")
    change_passphrase(ana, "otra frase larga", ANAS, CHEAP)
    assert own_public(enters(ana, "otra frase larga", ana.operator.id)) == own_public(ana)
    with pytest.raises(WrongPassphrase):
        enters(ana, ANAS, ana.operator.id)
    assert written(ana) == []


def test_who_is_taken_off_enters_no_more_and_nobody_goes_last(ana: Workplace, luz: str) -> None:
    add_operator(ana, luz, LUZ_S, ANAS, CHEAP)
    at_work = enters(ana, LUZ_S, luz)
    assert refused(lambda: remove_operator(ana, ana.operator.id, ANAS)) == "oneself"
    remove_operator(at_work, ana.operator.id, LUZ_S)
    with pytest.raises(Unauthorised):
        enters(ana, ANAS, ana.operator.id)
    assert keys(ana, ana.operator.id) == []
    assert written(ana) == [("operator_key", ana.operator.id), ("operator_key", luz)]
    # She may come back like anybody else of the roster.
    add_operator(at_work, ana.operator.id, "una frase para volver", LUZ_S, CHEAP)
    assert keys(ana, ana.operator.id) == [own_public(enters(ana, "una frase para volver", ana.operator.id))]


def sealed(place: Workplace) -> str:
    """A note that is written there now, as it travels."""
    place.clock.advance(1)  # type: ignore[attr-defined]
    note = seal_note(place, new_id(place.clock), "Nota ficticia")
    with place.store.read() as session:
        found = session.connection().exec_driver_sql("SELECT content FROM sealed WHERE subject = ?", (note,))
        return str(found.scalar_one())


def test_a_focal_point_brings_in_another_and_notes_are_sealed_for_her_before_any_centre_heard(
    fair: Fair, luz: str, tmp_path: Path, clock: FixedClock
) -> None:
    paz, mar = put(fair, "Paz", "protection", "desk"), put(fair, "Mar", "supervisor", "protection")
    eva = enrolled(tmp_path / "d", fair, "D", "protection", name="Eva")
    sol = enrolled(tmp_path / "e", fair, "E", "protection", name="Sol")
    hear_of(eva, fair)
    for other in (luz, mar):
        assert refused(partial(add_operator, eva, other, LUZ_S, ANAS)) == "not-yours-to-admit"
    add_operator(eva, paz, LUZ_S, ANAS, CHEAP)
    send(eva.store, sol.store)
    pazs, sols = enters(eva, LUZ_S, paz).operator.key, sol.operator.key
    content = sealed(sol)
    assert unseal(content, pazs) == unseal(content, sols) == "Nota ficticia"
    # Nothing is sealed for a key that was withdrawn, nor for somebody whose time is over.
    give_passphrase(eva, paz, "una frase muy nueva", ANAS, CHEAP)
    send(eva.store, sol.store)
    content = sealed(sol)
    newer = enters(eva, "una frase muy nueva", paz).operator.key
    assert (unseal(content, pazs), unseal(content, newer)) == (None, "Nota ficticia")
    say(fair, paz, valid_until=clock.today() - timedelta(days=2))
    hear_of(sol, fair)
    content = sealed(sol)
    assert (unseal(content, newer), unseal(content, sols)) == (None, "Nota ficticia")
    for place in (eva, sol):
        place.close()


def test_no_supervisor_has_the_notes_of_focal_points_sealed_for_her(
    ana: Workplace, fair: Fair, tmp_path: Path
) -> None:
    sol = enrolled(tmp_path / "e", fair, "E", "protection", name="Sol")
    hear_of(ana, fair)
    forge(ana, sol.operator.id, ana.operator.key)
    send(ana.store, sol.store)
    assert keys(sol, sol.operator.id) == [own_public(sol)]
    sol.close()


def test_a_supervisor_takes_a_focal_point_off_her_laptop(tmp_path: Path, fair: Fair) -> None:
    mar = enrolled(tmp_path / "c", fair, "C", "supervisor", "protection", name="Mar")
    luz, paz = put(fair, "Luz", "supervisor"), put(fair, "Paz", "protection")
    hear_of(mar, fair)
    for who, phrase in ((luz, LUZ_S), (paz, "la frase larga de Paz")):
        add_operator(mar, who, phrase, ANAS, CHEAP)
    at_work = enters(mar, LUZ_S, luz)
    assert refused(lambda: give_passphrase(at_work, paz, "otra frase larga", LUZ_S)) == "not-yours-to-admit"
    remove_operator(at_work, paz, LUZ_S)
    assert keys(mar, paz) == []
    mar.close()


def test_a_stick_is_sealed_for_each_laptop_of_a_supervisor_whose_time_is_not_over(
    ana: Workplace, fair: Fair, luz: str, clock: FixedClock
) -> None:
    add_operator(ana, luz, LUZ_S, ANAS, CHEAP)
    theirs = [recipient_of(who.operator.key) for who in (ana, enters(ana, LUZ_S, luz))]
    assert list(_recipients(ana)[1:]) == theirs
    say(fair, ana.operator.id, valid_until=clock.today() - timedelta(days=2))
    hear_of(ana, fair)
    assert list(_recipients(ana)[1:]) == theirs[1:]


def forge(place: Workplace, operator: str, signer: Ed25519PrivateKey) -> str:
    """What a changed program could write in its own journal; gives the key."""
    key = Ed25519PrivateKey.generate()
    fact = OperatorKey(
        operator=operator, public_key=signing.public_bytes(key).hex(), age_recipient=recipient_of(key)
    )
    message = fact.signed_part(place.identity.journal)
    signed = {"proof": key.sign(message).hex(), "signature": signer.sign(message).hex()}
    with place.store.write(author=place.operator.id) as work:
        work.create(fact.model_copy(update=signed))
    return fact.public_key


def test_a_registrars_word_is_not_believed_and_a_supervisors_needs_her_key(
    ana: Workplace, fair: Fair, luz: str, tmp_path: Path
) -> None:
    other = enrolled(tmp_path / "b", fair, "B", "registrar", name="Eva")
    hear_of(ana, fair)
    forge(other, luz, other.operator.key)
    forge(ana, luz, Ed25519PrivateKey.generate())
    forge(ana, new_id(fair.clock), ana.operator.key)
    send(other.store, ana.store)
    assert keys(ana, luz) == []
    good = forge(ana, luz, ana.operator.key)
    assert keys(ana, luz) == [good]
    other.close()


def test_the_centres_word_counts_whatever_became_of_the_supervisor(
    ana: Workplace, fair: Fair, luz: str
) -> None:
    good = forge(ana, luz, ana.operator.key)
    said: list[dict[str, Any]] = [{"roles": ("registrar",)}, {"roles": ("supervisor",)}, {"revoked": True}]
    for change, believed in zip(said, ([], [good], []), strict=True):
        say(fair, ana.operator.id, **change)
        hear_of(ana, fair)
        assert keys(ana, luz) == believed
    sent = everything(ana.store)
    StoreReplica(ana.store).save_receipt(fair.receipt(sent))
    assert keys(ana, luz) == [good]
    bad = forge(ana, luz, ana.operator.key)
    sent = everything(ana.store, after=sent.last)
    apart = Verdict(seq=sent.last, verdict="quarantined", code="forbidden")
    StoreReplica(ana.store).save_receipt(fair.receipt(sent, [apart]))
    assert bad not in keys(ana, luz)


def test_an_older_copy_that_lost_the_keys_entry_signs_nothing(ana: Workplace, luz: str) -> None:
    add_operator(ana, luz, LUZ_S, ANAS, CHEAP)
    at_work = enters(ana, LUZ_S, luz)
    lost = replace(at_work, operator=replace(at_work.operator, key=Ed25519PrivateKey.generate()))
    register(ana)
    assert refused(lambda: close_day(lost)) == "key-not-published"
    assert (
        refused(lambda: give_passphrase(lost, ana.operator.id, "otra frase larga", LUZ_S))
        == "key-not-published"
    )
    give_passphrase(ana, luz, "una frase muy nueva", ANAS, CHEAP)
    assert close_day(enters(ana, "una frase muy nueva", luz)).day_closed


def test_who_signed_can_be_proved_when_the_fairs_people_are_gone(
    ana: Workplace, fair: Fair, luz: str, clock: FixedClock
) -> None:
    ana.store.save_identity(replace(ana.identity, server_url="http://127.0.0.1:1"))
    add_operator(ana, luz, LUZ_S, ANAS, CHEAP)
    register(ana, services=("ORI",))
    close_day(enters(ana, LUZ_S, luz))
    StoreReplica(ana.store).save_receipt(fair.receipt(everything(ana.store)))
    clock.advance(8 * 86_400)
    before = keys(ana, luz)
    assert purge(ana.store, clock).entries > 0
    assert keys(ana, luz) == before != []
    assert replay(ana.store).identical


def test_a_replay_gives_the_same_keys(ana: Workplace, luz: str) -> None:
    add_operator(ana, luz, LUZ_S, ANAS, CHEAP)
    give_passphrase(ana, luz, "una frase muy nueva", ANAS, CHEAP)
    assert replay(ana.store).identical


def test_a_passphrase_is_given_no_weaker_than_at_enrolment(ana: Workplace, luz: str) -> None:
    with pytest.raises(BadInput, match="muy corta"):
        add_operator(ana, luz, "1234567", ANAS)
