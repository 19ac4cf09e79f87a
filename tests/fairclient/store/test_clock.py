"""The wall clock reorders, loses and repeats nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store import journal
from fairclient.store.database import Store
from fairclient.store.integrity import check
from fairclient.store.queries import people
from fairclient.store.readings import Readings
from fairclient.store.replay import replay
from sync.wire.clock import MAX_AHEAD_MS, milliseconds
from tests.fairclient.store.making import AUTHOR, KEY, Fair, attendee, enrol, open_here

DAY = 86_400
JUMPS = (10 * 365 * DAY, -10 * 365 * DAY, -DAY, 3_600, -3_600, 0, -20 * 365 * DAY)


def test_jumps_of_the_clock_keep_order_and_entries(store: Store, clock: FixedClock) -> None:
    with store.write(AUTHOR) as work:
        person = work.create(attendee())
    for number, jump in enumerate(JUMPS):
        clock.advance(jump)
        with store.write(AUTHOR) as work:
            work.change("attendee", person, {"neighbourhood": f"Barrio {number}"})
    with store.read() as session:
        page = people.person(session, person)
        own = [entry.header for entry in journal.of_subject(session, person)]
    assert page is not None and page.fact.neighbourhood == f"Barrio {len(JUMPS) - 1}"
    assert page.conflicts == ()
    assert sorted(header.seq for header in own) == list(range(1, len(JUMPS) + 2))
    assert check(store) == [] and replay(store).identical


def test_a_clock_that_was_ten_years_ahead_heals_when_it_is_set(
    home: Home, clock: FixedClock, store: Store
) -> None:
    clock.advance(10 * 365 * DAY)
    with store.write(AUTHOR) as work:
        work.create(attendee("Futura"))
    clock.advance(-10 * 365 * DAY)
    with store.write(AUTHOR) as work:
        subject = work.create(attendee("Actual"))
    with store.read() as session:
        (entry,) = journal.of_subject(session, subject)
    assert milliseconds(entry.header.hlc) <= clock.now_ms() + MAX_AHEAD_MS


def test_a_laptop_that_wakes_up_in_2019_does_not_write_before_what_it_knows(
    home: Home, clock: FixedClock, fair: Fair
) -> None:
    with open_here(home, KEY, clock) as store:
        enrol(store, fair, "A")
        with store.write(AUTHOR) as work:
            work.create(attendee())
    clock.advance(-7 * 365 * DAY)
    with open_here(home, KEY, clock) as store:
        with store.write(AUTHOR) as work:
            work.create(attendee())
        with store.read() as session:
            own = [entry.header.hlc for entry, _digest in journal.every(session) if entry.header.author]
    assert own == sorted(set(own))


@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=20),
    st.integers(10**12, 2 * 10**12),
)
def test_readings_grow_unless_the_last_cannot_be_true(jumps: list[int], start: int) -> None:
    clock = FixedClock(start)
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("CREATE TABLE journal (station TEXT, hlc TEXT)"))
        connection.execute(text("CREATE TABLE receipt (at INTEGER)"))
        readings = Readings(clock, connection, "server")
    heard = 0
    last = ""
    for jump in jumps:
        clock.advance(jump / 1000)
        hybrid = readings.hybrid()
        reading = hybrid.tick()
        ceiling = max(clock.now_ms(), heard, 0) + MAX_AHEAD_MS
        assert reading > last or milliseconds(last) >= ceiling
        readings.reached(reading)
        last = reading
        if jump % 3 == 0:
            heard = max(heard, clock.now_ms())
            readings.heard(clock.now_ms())
