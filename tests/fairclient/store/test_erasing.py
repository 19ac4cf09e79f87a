"""Erasing: bodies go everywhere, chains still prove themselves, and nothing comes back in any order."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.base.ids import new_id
from fairclient.store import backup, connection
from fairclient.store.database import Store
from fairclient.store.integrity import check
from fairclient.store.queries import people
from fairclient.store.queries.state import state
from fairclient.store.replay import replay
from fairclient.store.sync_port import StoreReplica
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from sync.wire.distinction import Distinction
from sync.wire.draft import Draft
from sync.wire.erasure import Erasure
from sync.wire.problem import WireError
from sync.wire.slip import Slip
from tests.fairclient.store.making import (
    AUTHOR,
    KEY,
    Arrived,
    Fair,
    arrive,
    attendee,
    enrol,
    open_here,
    send,
    served,
)

GIVEN, SURNAME, NUMBER = "Quetzalcanaria", "Zumbiñanez", "9988776655443"
NOBODY = Attendee(anonymous=True, sex="F", profile="1")


def erase(store: Store, arrived: Arrived, more: Sequence[str] = ()) -> str:
    """Erase somebody, leaving a nameless attendee and slip."""
    with store.write(AUTHOR) as work:
        slip = next(iter(work.session.connection().exec_driver_sql("SELECT 1 FROM slip")), None)
        erasure = work.create(
            Erasure(
                attendee=arrived.attendee,
                subjects=(arrived.attendee, arrived.slip, *more),
                ground="request",
                day=store.clock.today(),
            )
        )
        work.create(NOBODY, subject=arrived.attendee)
        if slip is not None:
            work.create(_slip_of(arrived, store, name=""), subject=arrived.slip)
    return erasure


def _slip_of(arrived: Arrived, store: Store, name: str) -> Slip:
    return Slip(
        attendee=arrived.attendee,
        visit=arrived.visit,
        token_id=arrived.token_id,
        code=f"{arrived.token_id[:8].upper()}0",
        turn="A-001",
        display_name=name,
        day=store.clock.today(),
        desks=("B", "C"),
        services=("ORI", "SAL"),
        referrals=arrived.referrals,
    )


def bodies(store: Store, *subjects: str) -> list[bytes]:
    """The bodies that are held about some subjects."""
    marks = ",".join("?" * len(subjects))
    with store.read() as session:
        found = session.connection().exec_driver_sql(
            f"SELECT body FROM entry WHERE subject IN ({marks}) AND body IS NOT NULL", subjects
        )
        return [bytes(body) for body in found.scalars()]


def digest(store: Store) -> str:
    """The digest of what shows."""
    with store.read() as session:
        return str(state(session)["state_digest"])


@contextlib.contextmanager
def stores(count: int) -> Iterator[tuple[list[Store], FixedClock]]:
    """Stations of one fair that all know each other's keys."""
    folder = Path(tempfile.mkdtemp())
    clock = FixedClock()
    fair = Fair(clock)
    opened = [open_here(Home(folder / str(number)).create(), KEY, clock) for number in range(count)]
    try:
        for point, store in zip("ABCDE", opened, strict=False):
            enrol(store, fair, point)
        for store in opened:
            have = StoreReplica(store).heads()[str(fair.journal)][0]
            if have < len(fair.entries):
                StoreReplica(store).receive(fair.batch(after=have))
        yield opened, clock
    finally:
        for store in opened:
            store.close()
        shutil.rmtree(folder)


def test_who_she_is_goes_and_that_she_came_stays(store: Store, clock: FixedClock) -> None:
    with store.write(AUTHOR) as work:
        arrived = arrive(work, clock, attendee(GIVEN, SURNAME))
        said = work.create(Authorisation(attendee=arrived.attendee, text_version="1", text_digest="00"))
        work.create(served(arrived, "ORI"))
        work.change("attendee", arrived.attendee, {"neighbourhood": "Vereda Ultramarina"})
    before = figures(store)
    erase(store, arrived, [said])
    assert figures(store) == before
    with store.read() as session:
        assert people.find(session, GIVEN) == [] and people.find(session, "7000123") == []
        page = people.person(session, arrived.attendee)
        assert page is not None and page.fact == NOBODY and page.conflicts == ()
        assert [slip.display_name for _id, slip in page.slips] == [""]
        looks = session.connection().exec_driver_sql("SELECT profile FROM likeness").scalars().all()
    assert GIVEN.lower() not in str(looks).lower()
    held = b"".join(bodies(store, arrived.attendee, arrived.slip, said))
    assert b"Quetzal" not in held and b"Ultramarina" not in held and b"Luz E." not in held
    assert check(store) == [] and replay(store).identical


def figures(store: Store) -> dict[str, int]:
    """How many of what is counted is here."""
    with store.read() as session:
        run = session.connection().exec_driver_sql
        tables = ("attendee", "visit", "slip", "referral", "outcome")
        return {table: run(f"SELECT count(*) FROM {table}").scalar_one() for table in tables}


def test_what_arrives_late_is_stored_without_its_body(clock: FixedClock) -> None:
    with stores(3) as ((here, away, third), clock):
        with away.write(AUTHOR) as work:
            arrived = arrive(work, clock, attendee(GIVEN, SURNAME))
        send(away, here)
        erase(here, arrived)
        clock.advance(400 * 86_400)
        with away.write(AUTHOR) as work:  # 400 days offline, and she came again
            work.change("attendee", arrived.attendee, {"neighbourhood": "Vereda Ultramarina"})
            second = work.create(_slip_of(arrived, away, "Quetzalcanaria Z."))
            said = work.create(Authorisation(attendee=arrived.attendee, text_version="1", text_digest="00"))
            parked = work.create(
                Draft(
                    token_id="11ee" * 4,
                    code="48VGY48VG",
                    day=clock.today(),
                    form={"given_names": GIVEN},
                    attendee=arrived.attendee,
                )
            )
            work.create(Distinction(attendee=new_id(clock), other=arrived.attendee, reason="su hermana"))
        send(away, here)
        send(away, third)
        send(here, third)
        send(here, away)
        for store in (here, away, third):
            about = bodies(store, arrived.attendee, arrived.slip, second, said, parked)
            assert len(about) == 2 and not any(b"uetzal" in body or b"Ultra" in body for body in about)
            assert check(store) == [] and replay(store).identical
        with pytest.raises(WireError, match="erased"), away.write(AUTHOR) as work:
            work.change("draft", parked, {"form": {"given_names": GIVEN}}, base="")
        assert digest(here) == digest(away) == digest(third)


def test_anothers_journal_is_carried_on_with_what_was_erased_left_out(clock: FixedClock) -> None:
    with stores(2) as ((here, away), clock):
        with away.write(AUTHOR) as work:
            arrived = arrive(work, clock, attendee(GIVEN, SURNAME))
            arrive(work, clock)
        send(away, here)
        erase(here, arrived)
        replica = StoreReplica(here)
        batch = replica.next_batch(away.identity.journal, 0)
        assert batch is not None and batch.entries[0].body is None and replica.is_whole(batch)
        withheld = batch.entries[-1]._replace(body=None)
        assert not replica.is_whole(batch._replace(entries=(*batch.entries[:-1], withheld)))


def test_only_what_tells_of_people_can_be_erased(store: Store, clock: FixedClock) -> None:
    with store.write(AUTHOR) as work:
        arrived = arrive(work, clock)
    fair = store.identity.fair
    erase(store, arrived, [fair, AUTHOR, arrived.visit, *arrived.referrals])
    assert len(bodies(store, fair, AUTHOR, arrived.visit, *arrived.referrals)) == 5


def test_an_erasure_with_anothers_signature_does_nothing(clock: FixedClock) -> None:
    with stores(2) as ((here, there), clock):
        with here.write(AUTHOR) as work:
            arrived = arrive(work, clock, attendee(GIVEN, SURNAME))
        with here.transaction() as raw:
            raw.exec_driver_sql("UPDATE operator SET public_key = ?", ("cd" * 32,))
        with there.transaction() as raw:
            raw.exec_driver_sql("UPDATE operator SET public_key = ?", ("cd" * 32,))
        send(here, there)
        erase(here, arrived)
        send(here, there)
        assert any(b"Quetzal" in body for body in bodies(there, arrived.attendee))


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("arrive"), st.integers(0, 2), st.none()),
        st.tuples(st.just("change"), st.integers(0, 2), st.integers(0, 9)),
        st.tuples(st.just("authorise"), st.integers(0, 2), st.integers(0, 9)),
        st.tuples(st.just("slip"), st.integers(0, 2), st.integers(0, 9)),
        st.tuples(st.just("void"), st.integers(0, 2), st.integers(0, 9)),
        st.tuples(st.just("erase"), st.integers(0, 2), st.integers(0, 9)),
        st.tuples(st.just("share"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("tick"), st.integers(-90_000, 90_000), st.none()),
    ),
    min_size=2,
    max_size=12,
)


class _Acting:
    """Three stations that register, correct, erase and meet."""

    def __init__(self, opened: list[Store], clock: FixedClock) -> None:
        self.stores, self.clock = opened, clock
        self.arrived: list[Arrived] = []
        self.erased: set[str] = set()

    def act(self, what: str, where: int, how: Any) -> None:
        if what == "tick":
            self.clock.advance(where)
        elif what == "share":
            send(self.stores[where], self.stores[how])
        elif what == "arrive":
            with self.stores[where].write(AUTHOR) as work:
                self.arrived.append(arrive(work, self.clock, attendee(GIVEN, SURNAME)))
        elif self.arrived:
            self._touch(self.stores[where], what, self.arrived[how % len(self.arrived)])

    def _touch(self, store: Store, what: str, who: Arrived) -> None:
        if what == "erase":
            self.erased.add(who.attendee)
            erase(store, who)
            return
        # An erased subject is never written anew.
        with contextlib.suppress(WireError), store.write(AUTHOR) as work:
            if what == "change":
                work.change("attendee", who.attendee, {"neighbourhood": GIVEN})
            elif what == "void":
                work.change("slip", who.slip, {"void_reason": "lost"})
            elif what == "slip":
                work.create(_slip_of(who, store, f"{GIVEN} Z."))
            else:
                work.create(Authorisation(attendee=who.attendee, text_version="1", text_digest="00"))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS, st.permutations(range(3)), st.permutations(range(3)))
@example(
    [("erase", 0, 0), ("change", 1, 0), ("authorise", 1, 0), ("slip", 2, 0), ("void", 2, 0)],
    [0, 1, 2],
    [2, 1, 0],
)
@example([("erase", 0, 0), ("slip", 2, 0), ("change", 1, 0), ("erase", 2, 0)], [1, 2, 0], [1, 0, 2])
def test_any_order_of_erasing_and_all_else_gives_one_state(
    acts: list[tuple[str, int, Any]], order: list[int], again: list[int]
) -> None:
    with stores(3) as (opened, clock):
        acting = _Acting(opened, clock)
        for act in [("arrive", 0, None), ("share", 0, 1), ("share", 0, 2), *acts]:
            acting.act(*act)
        for source in (*order, *again):
            for target in range(3):
                if source != target:
                    send(opened[source], opened[target])
        assert len({digest(store) for store in opened}) == 1
        assert replay(opened[0]).differences == {}
        for store in opened:
            assert check(store) == [] and told_of(store, acting.erased) == []
            for who in acting.arrived:
                if who.attendee in acting.erased:
                    assert not any(b"uetzal" in body for body in bodies(store, who.attendee, who.slip))


def told_of(store: Store, erased: set[str]) -> list[tuple[str, ...]]:
    """Rows that still tell something of somebody erased."""
    with store.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT attendee, 'authorisation' FROM authorisation UNION ALL "
            "SELECT attendee, display_name FROM slip WHERE display_name <> ''"
        )
        return [tuple(row) for row in rows if row[0] in erased]


def test_the_bytes_are_gone_from_file_log_and_copies(
    home: Home, clock: FixedClock, fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "connect", _plain)  # without the cipher there is something to see
    monkeypatch.setattr(backup, "connect", _plain)
    with open_here(home, KEY, clock) as store:
        enrol(store, fair, "A")
        with store.write(AUTHOR) as work:
            for number in range(40):
                arrive(work, clock, turn=f"A-{number + 1:03d}")
            papers = [{"type": "PPT", "number": NUMBER}]
            arrived = arrive(work, clock, attendee(GIVEN, SURNAME, documents=papers))
        store.backup()
        clock.advance(60)
        with store.write(AUTHOR) as work:
            work.change("attendee", arrived.attendee, {"neighbourhood": f"junto a {SURNAME}"})
        assert {name for name, _canary in _seen(home)} >= {"fair.db-wal"}
        assert any(name.startswith("fair-") for name, _canary in _seen(home))
        erase(store, arrived)
        clock.advance(60)
        copy = store.tend()
        assert copy is not None and backup.copies(home) == [copy]
        assert _seen(home) == []
        assert store.tend(every_minutes=600) is None
    assert _seen(home) == []


def _plain(path: Path, data_key: bytes) -> Any:
    """A connection like the store's own, but without a key."""
    opened = dbapi2.connect(str(path), timeout=5, isolation_level=None, check_same_thread=False)
    for pragma in connection._PRAGMAS:
        opened.execute(f"PRAGMA {pragma}")
    return opened


def _seen(home: Home) -> list[tuple[str, str]]:
    files = [(file.name, file.read_bytes()) for file in home.dir.rglob("*") if file.is_file()]
    forms = [form for word in (GIVEN, SURNAME, NUMBER) for form in (word, word.lower(), word.upper())]
    forms += ["quetzalcanaria", "zumbinanez"]
    return [(name, form) for name, content in files for form in forms if form.encode() in content]
