"""Rows and entries are written together or not at all, whatever happens in between."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Connection, event

from fairclient.base.clock import FixedClock
from fairclient.base.errors import HomeMissing
from fairclient.base.home import Home
from fairclient.store import journal, projection
from fairclient.store.database import Store
from fairclient.store.integrity import check
from fairclient.store.queries import people, reference
from fairclient.store.replay import replay
from fairclient.store.sync_port import StoreReplica
from sync.wire.authorisation import Authorisation
from sync.wire.body import decode
from sync.wire.problem import WireError
from sync.wire.service import Service
from tests.fairclient.store.making import AUTHOR, KEY, Fair, arrive, attendee, open_here


def _counts(store: Store) -> tuple[int, int]:
    """How many entries of our own, and how many projected people."""
    with store.read() as session:
        connection = session.connection()
        entries = connection.exec_driver_sql(
            "SELECT coalesce(sum(seq), 0) FROM journal WHERE station = ?", (store.identity.station,)
        )
        rows = connection.exec_driver_sql("SELECT count(*) FROM attendee")
        return int(entries.scalar_one()), int(rows.scalar_one())


def test_a_unit_of_work_writes_entries_and_rows(store: Store, clock: FixedClock) -> None:
    with store.write(AUTHOR) as work:
        arrived = arrive(work, clock)
    with store.read() as session:
        page = people.person(session, arrived.attendee)
        entries = journal.of_subject(session, arrived.attendee)
    assert page is not None and page.fact == attendee()
    assert [entry.header.author for entry in entries] == [AUTHOR]
    assert _counts(store) == (5, 1)
    assert check(store) == []
    assert replay(store).identical


def test_an_exception_inside_undoes_all_of_it(store: Store, clock: FixedClock) -> None:
    def interrupted() -> None:
        with store.write(AUTHOR) as work:
            arrive(work, clock)
            assert len(people.find(work.session, "luz")) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert _counts(store) == (0, 0)
    with store.write(AUTHOR) as work:
        arrive(work, clock)
    assert _counts(store) == (5, 1)
    assert check(store) == []


def test_whatever_statement_fails_nothing_is_half_there(store: Store, clock: FixedClock) -> None:
    """Breaks each statement of a registration in turn, the commit last."""
    failing = iter(range(1, 100))
    done = False
    while not done:
        nth = next(failing)
        with _breaking(store, nth) as broke:
            try:
                with store.write(AUTHOR) as work:
                    arrive(work, clock)
                done = True
            except _BrokenError:
                assert broke
        entries, rows = _counts(store)
        assert (entries, rows) == ((5, 1) if done else (0, 0)), f"statement {nth}"
    assert nth > 8  # it did break several
    assert replay(store).identical


class _BrokenError(Exception):
    """What the test throws into a statement."""


class _breaking:  # noqa: N801 - reads as a sentence
    def __init__(self, store: Store, nth: int) -> None:
        self._engine = store._writers
        self._left = nth
        self._broke: list[int] = []

    def __enter__(self) -> list[int]:
        event.listen(self._engine, "before_cursor_execute", self._before)
        return self._broke

    def __exit__(self, *exc: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._before)

    def _before(self, conn: Connection, cursor: object, statement: str, *rest: object) -> None:
        self._left -= 1
        if self._left == 0:
            self._broke.append(1)
            raise _BrokenError(statement)


def test_rows_that_are_not_the_entries_are_seen_by_a_replay(store: Store, clock: FixedClock) -> None:
    """The proof by sabotage: a row written outside of the unit of work, and one that is lost."""
    with store.write(AUTHOR) as work:
        arrived = arrive(work, clock)
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE attendee SET given_names = 'Otra'")
        connection.exec_driver_sql("DELETE FROM visit WHERE subject = ?", (arrived.visit,))
    result = replay(store)
    assert result.differences == {"attendee": 2, "visit": 1}
    with store.transaction() as connection:
        projection.rebuild(connection)
    assert replay(store).identical


def test_entries_without_their_rows_are_seen_by_a_replay(
    store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(projection, "project_new", lambda connection, written: None)
        with store.write(AUTHOR) as work:
            arrive(work, clock)
    assert not replay(store).identical


def test_reading_inside_sees_what_was_written_so_far(store: Store, clock: FixedClock) -> None:
    with store.write(AUTHOR) as work:
        person = work.create(attendee("Primera"))
        assert [found.attendee for found in people.find(work.session, "primera")] == [person]
        other = work.create(attendee("Segunda"))
        assert [found.attendee for found in people.find(work.session, "segunda")] == [other]
        with store.read() as outside:
            assert people.find(outside, "primera") == []


def test_a_change_shows_and_keeps_what_was_before(store: Store) -> None:
    with store.write(AUTHOR) as work:
        person = work.create(attendee(surname="Ensallo"))
    with store.write(AUTHOR) as work:
        work.change("attendee", person, {"first_surname": "Ensayo", "birth_date": "1991-05-06"})
    with store.read() as session:
        assert people.find(session, "ensallo") == []
        page = people.person(session, person)
    assert page is not None
    assert page.fact.first_surname == "Ensayo" and str(page.fact.birth_date) == "1991-05-06"
    changed = page.moments[-1]
    assert changed.changes == {"first_surname": "Ensayo", "birth_date": "1991-05-06"}
    assert changed.before == {"first_surname": "Ensallo", "birth_date": "1990-02-03"}
    assert changed.author == "Ana de Ensayo" and changed.station == "Punto A"
    assert replay(store).identical


def test_two_changes_that_did_not_know_of_each_other_are_both_kept(store: Store) -> None:
    with store.write(AUTHOR) as work:
        person = work.create(attendee())
    with store.read() as session:
        page = people.person(session, person)
        assert page is not None
    for name in ("Uno", "Dos"):
        with store.write(AUTHOR) as work:
            work.change("attendee", person, {"neighbourhood": name}, base=page.revision)
    with store.read() as session:
        after = people.person(session, person)
    assert after is not None
    assert after.conflicts == ("neighbourhood",) and after.fact.neighbourhood == "Dos"
    with store.write(AUTHOR) as work:
        work.change("attendee", person, {"neighbourhood": "Uno"})
    with store.read() as session:
        decided = people.person(session, person)
    assert decided is not None
    assert decided.conflicts == () and decided.fact.neighbourhood == "Uno"
    assert replay(store).identical


def test_what_the_contract_forbids_is_not_written(store: Store) -> None:
    wrong = attendee().model_copy(update={"sex": "X"})
    with pytest.raises(WireError) as told, store.write(AUTHOR) as work:
        work.create(wrong)
    assert told.value.code == "bad-field"
    with pytest.raises(WireError) as told, store.write(AUTHOR) as work:
        work.create(Service(code="NO", name_es="No"))
    assert told.value.code == "forbidden"
    with pytest.raises(WireError), store.write(AUTHOR) as work:
        work.change("attendee", work.create(attendee()), {"given_names": ""})
    assert _counts(store) == (0, 0)


def test_the_same_subject_stated_twice_is_one_row(store: Store) -> None:
    with store.write(AUTHOR) as work:
        person = work.create(attendee("Una"))
        work.create(attendee("Otra"), subject=person)
    with store.write(AUTHOR) as work:
        work.create(attendee("Tercera"), subject=person)
    with store.read() as session:
        page = people.person(session, person)
    assert page is not None and page.fact.given_names == "Una"
    assert replay(store).identical


def test_units_of_work_take_turns_across_threads(store: Store, clock: FixedClock) -> None:
    failures: list[BaseException] = []

    def register() -> None:
        try:
            for _ in range(10):
                with store.write(AUTHOR) as work:
                    work.create(attendee())
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=register) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert _counts(store) == (40, 40)
    assert check(store) == []
    with store.read() as session:
        clocks = [entry.header.hlc for entry, _digest in journal.every(session) if entry.header.author]
    assert clocks == sorted(set(clocks))


def test_a_unit_inside_a_unit_is_a_mistake_and_says_so(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write(AUTHOR), store.write(AUTHOR):
        pass


def test_bodies_have_salt_so_that_equal_facts_differ(store: Store) -> None:
    with store.write(AUTHOR) as work:
        one = work.create(attendee(surname="ñ" * 60))
        two = work.create(attendee(surname="ñ" * 60))
    with store.read() as session:
        (first,), (second,) = (journal.of_subject(session, subject) for subject in (one, two))
    assert first.body_digest != second.body_digest
    assert first.body and second.body
    assert decode("attendee", first.body).fact == decode("attendee", second.body).fact


def test_an_authorisation_is_never_loosened_by_a_merge(store: Store) -> None:
    fact = Authorisation(attendee=AUTHOR, text_version="1", text_digest="00" * 32, general=True)
    with store.write(AUTHOR) as work:
        subject = work.create(fact)
    with store.read() as session:
        base = session.connection().exec_driver_sql("SELECT revision FROM authorisation").scalar_one()
    for value in (False, True):
        with store.write(AUTHOR) as work:
            work.change("authorisation", subject, {"sharing": value}, base=base)
    with store.read() as session:
        assert session.connection().exec_driver_sql("SELECT sharing FROM authorisation").scalar_one() == 0


def test_the_day_a_store_is_opened_without_a_fair_says_so(home: Home, clock: FixedClock) -> None:
    with open_here(home, KEY, clock) as store, pytest.raises(HomeMissing) as told, store.write(AUTHOR):
        pass
    assert told.value.code == "not-enrolled"


def test_reference_data_are_fresh_after_a_batch(store: Store, fair: Fair) -> None:
    with store.read() as session:
        before = len(reference.services(session))
        fair.add(("01890000-0000-7000-8000-0000000000bb", Service(code="NUE", name_es="Nuevo")))
        StoreReplica(store).receive(fair.batch(after=len(fair.entries) - 1))
        assert len(reference.services(session)) == before
    with store.read() as session:
        assert len(reference.services(session)) == before + 1
