"""The index of who looks like whom follows the rows, on every save, correction and replay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.matching import profile
from fairclient.matching.keys import keys_of
from fairclient.store import likeness, projection
from fairclient.store.database import Store
from fairclient.store.queries.likeness import begun, bring_up
from fairclient.store.replay import replay
from fairclient.store.sync_port import StoreReplica
from sync.wire.attendee import Attendee
from tests.fairclient.store.making import AUTHOR, Fair, arrive, attendee, enrol, open_here, send
from tests.fairclient.store.making import KEY as STORE_KEY


def found(store: Store, fact: Attendee, most: int = 10) -> list[str]:
    keys = keys_of(profile.profile_of(fact))
    with store.read() as session:
        return [listed.attendee for listed in bring_up(session, keys, most)]


def register(store: Store, clock: FixedClock, *facts: Attendee) -> list[str]:
    with store.write(AUTHOR) as work:
        return [arrive(work, clock, fact).attendee for fact in facts]


def test_who_is_saved_is_brought_up_and_found_first(store: Store, clock: FixedClock) -> None:
    facts = [attendee("Luz Marina", f"Ensayo{ending}") for ending in ("", "te", "les", "dor")]
    ids = register(store, clock, *facts)
    assert set(found(store, facts[0])) == set(ids)
    assert found(store, facts[0], most=1) == ids[:1]
    assert found(store, attendee("Rosa", "Nadie", birth_date=None, documents=(), phones=())) == []


def test_a_correction_moves_her(store: Store, clock: FixedClock) -> None:
    before = attendee("Luz Marina", "Ensayo")
    other, her = register(store, clock, attendee("Luz Marina", "Ensayo"), before)
    with store.write(AUTHOR) as work:
        work.change("attendee", her, {"given_names": "Rosalba", "birth_date": "1970-02-03"})
    after = before.model_copy(update={"given_names": "Rosalba", "birth_date": date(1970, 2, 3)})
    assert found(store, after, most=1) == [her]
    with store.transaction() as connection:
        assert likeness.amiss(connection) == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM likeness").scalar_one() == 2
    assert replay(store).identical
    assert other in found(store, before)


def test_people_of_other_stations_are_known(
    store: Store, clock: FixedClock, fair: Fair, tmp_path: Path
) -> None:
    with open_here(Home(tmp_path / "other").create(), STORE_KEY, clock) as away:
        enrol(away, fair, "B")
        (her,) = register(away, clock, attendee("Yuleidy", "Prueba"))
        StoreReplica(store).receive(fair.batch(after=StoreReplica(store).heads()[str(fair.journal)][0]))
        send(away, store)
    assert found(store, attendee("Lluleidi", "Prueba")) == [her]


def test_what_is_listed_wrongly_is_noticed_and_mended(store: Store, clock: FixedClock) -> None:
    register(store, clock, attendee("Luz Marina", "Ensayo"), attendee("Rosa", "Prueba"))
    with store.transaction() as connection:
        connection.exec_driver_sql(
            "DELETE FROM likeness_key WHERE place = (SELECT max(place) FROM likeness_key)"
        )
    assert replay(store).differences.get("likeness_key")
    with store.transaction() as connection:
        projection.rebuild(connection)
    assert replay(store).identical


def test_lists_grow_by_two_bytes_whatever_the_numbers() -> None:
    numbers = [0, 1, 10, 255, 256, 13, 65_535]
    assert list(likeness.unpacked(likeness.packed(numbers))) == numbers
    assert len(likeness.packed(numbers)) == 2 * len(numbers)


def test_numbers_with_empty_bytes_are_appended_whole(store: Store) -> None:
    with store.transaction() as connection:
        for number in (0, 256, 7):
            connection.exec_driver_sql(likeness._ADD, (5, likeness.packed([number])))
        assert list(likeness.people_at(connection, 5)) == [0, 256, 7]
        connection.exec_driver_sql("DELETE FROM likeness_key")


def test_a_block_after_the_first_is_looked_through_as_well(store: Store, clock: FixedClock) -> None:
    (early,) = register(store, clock, attendee("Luz Marina", "Ensayo"))
    with store.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO likeness (person, subject, profile) VALUES (?, ?, ?)", (65_540, bytes(16), "|||||||")
        )
    (late,) = register(store, clock, attendee("Luz Marina", "Ensayo"))
    assert set(found(store, attendee("Luz Marina", "Ensayo"))) == {early, late}
    with store.write(AUTHOR) as work:
        work.change("attendee", late, {"given_names": "Rosalba"})
    with store.transaction() as connection:
        assert likeness.amiss(connection) == 0


def test_the_beginning_of_a_word_or_number_brings_people_up(store: Store, clock: FixedClock) -> None:
    fact = attendee("Luz Marina", "Ensayo")
    (her,) = register(store, clock, fact)
    number = fact.documents[0].number.lower() if fact.documents else ""
    with store.read() as session:
        assert [one for one, _fact in begun(session, ("name", "mari"), 5)] == [her]
        assert begun(session, ("name", "ma"), 5) == []
        assert begun(session, ("", ""), 5) == []
        if number:
            assert [one for one, _fact in begun(session, ("document", number[:4]), 5)] == [her]
