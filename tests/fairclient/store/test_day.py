"""A day's count: every referral is somewhere, in whatever order outcomes come, and odd things are named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairclient.base.clock import FixedClock
from fairclient.base.ids import new_id, random_bytes
from fairclient.store import journal
from fairclient.store.database import Store
from fairclient.store.queries import day as day_queries
from fairclient.store.queries import desk as desk_queries
from fairclient.store.queries import report_rows, slips, states, turns
from fairclient.store.queries import waiting as waiting_queries
from fairclient.store.queries.states import KeptOutcome
from sync.wire.authorisation import Authorisation
from sync.wire.day_closed import DayClosed
from sync.wire.outcome import Outcome
from sync.wire.slip import Slip
from sync.wire.visit import Visit
from tests.fairclient.store.making import AUTHOR, Arrived, arrive, attendee, served


@pytest.fixture
def arrived(store: Store, clock: FixedClock) -> list[Arrived]:
    """Three people with two referrals each."""
    with store.write(AUTHOR) as work:
        return [arrive(work, clock, turn=f"A-{number:03d}") for number in range(1, 4)]


def _record(store: Store, *outcomes: Outcome) -> list[str]:
    with store.write(AUTHOR) as work:
        return [work.create(outcome) for outcome in outcomes]


def _count(store: Store, clock: FixedClock) -> day_queries.Reconciliation:
    with store.read() as session:
        return day_queries.reconcile(session, clock.today())


def test_a_day_adds_up(store: Store, clock: FixedClock, arrived: list[Arrived]) -> None:
    one, two, three = arrived
    _record(
        store,
        served(one, "ORI"),
        served(one, "SAL", "not_served", reason="DOC"),
        served(two, "ORI", "referred_on"),
        served(two, "SAL", "received"),
        served(three, "ORI", "no_show"),
    )
    count = _count(store, clock)
    assert count.adds_up
    assert count.totals() == {
        "registered": 3,
        "slips": 3,
        "issued": 6,
        "served": 1,
        "not_served": 1,
        "referred_on": 1,
        "no_show": 1,
        "void": 0,
        "open": 2,
    }
    assert [(odd.code, odd.turn, odd.service) for odd in count.odd] == [
        ("open", "A-002", "SAL"),
        ("open", "A-003", "SAL"),
    ]
    with store.read() as session:
        waiting = day_queries.open_referrals(session, clock.today())
        assert {(one_.slip, one_.service) for one_ in waiting} == {(two.slip, "SAL"), (three.slip, "SAL")}
        assert all(one_.token_id for one_ in waiting)
        assert day_queries.registered_by(session, clock.today(), AUTHOR) == 3
        assert day_queries.registered_by(session, clock.today(), "somebody else") == 0
        assert day_queries.days(session) == [clock.today()]
        assert day_queries.reconcile(session, clock.today() + timedelta(days=1)).issued == 0


def test_odd_things_are_named(store: Store, clock: FixedClock, arrived: list[Arrived]) -> None:
    one, two, three = arrived
    stranger = Arrived("", "", "", random_bytes(8).hex(), ())
    _record(
        store,
        served(one, "ORI", desk="B"),
        served(one, "ORI", desk="C"),
        served(one, "SAL", desk="C"),
        served(one, "SAL", "not_served", reason="DOC", desk="B"),
        served(two, "ORI", "no_show", desk=""),
        served(two, "ORI", desk="C"),
        served(two, "SAL"),
        served(three, "ORI"),
        served(three, "SAL"),
        served(stranger, "ORI", desk="C"),
    )
    with store.write(AUTHOR) as work:
        work.change("slip", three.slip, {"void_reason": "lost"})
    count = _count(store, clock)
    assert count.adds_up and count.served == 6
    assert [(odd.code, odd.turn, odd.service, odd.detail) for odd in count.odd] == [
        ("unknown-slip", "", "ORI", "C"),
        ("served-twice", "A-001", "ORI", "B, C"),
        ("told-apart", "A-001", "SAL", "B, C"),
        ("absent-and-seen", "A-002", "ORI", "C"),
        ("served-void", "A-003", "ORI", "B"),
        ("served-void", "A-003", "SAL", "B"),
    ]


def test_a_void_slip_takes_its_open_referrals_along(
    store: Store, clock: FixedClock, arrived: list[Arrived]
) -> None:
    with store.write(AUTHOR) as work:
        work.change("slip", arrived[0].slip, {"void_reason": "mistake"})
    count = _count(store, clock)
    assert (count.void, count.open, count.slips) == (2, 4, 3) and count.adds_up


def test_a_slip_issued_anew_carries_what_was_done_on_the_old_one(
    store: Store, clock: FixedClock, arrived: list[Arrived]
) -> None:
    old = arrived[0]
    _record(store, served(old, "ORI"))
    with store.write(AUTHOR) as work:
        found = slips.by_id(work.session, old.slip)
        assert found is not None
        fresh = found[0].model_copy(
            update={"token_id": random_bytes(8).hex(), "code": "ZZZZ0000A", "replaces": old.slip}
        )
        work.create(fresh)
        work.change("slip", old.slip, {"void_reason": "reissued"}, base=found[1])
    with store.read() as session:
        view = desk_queries.by_code(session, "ZZZZ0000A")
        voided = desk_queries.by_token(session, old.token_id)
    assert view is not None and {owed.service: owed.state for owed in view.owed} == {
        "ORI": "served",
        "SAL": "issued",
    }
    assert voided is not None and voided.void_reason == "reissued"
    count = _count(store, clock)
    assert (count.slips, count.issued, count.served, count.void, count.open) == (3, 6, 1, 0, 5)


def test_a_desk_sees_what_it_owes_and_who_waits(
    store: Store, clock: FixedClock, arrived: list[Arrived]
) -> None:
    one, two, _three = arrived
    earlier = _record(store, served(one, "ORI", "received"), served(two, "ORI"))
    with store.read() as session:
        view = desk_queries.by_slip(session, one.token_id)
        assert desk_queries.by_slip(session, "0" * 16) is None
        waiting = waiting_queries.waiting(session, "B", clock.today())
        anywhere = waiting_queries.waiting(session, "*", clock.today())
        before = desk_queries.outcomes_of(session, two.token_id, "ORI")
        fact = desk_queries.outcome(session, earlier[1])
        assert desk_queries.outcome(session, AUTHOR) is None
    assert view is not None and view.turn == "A-001"
    assert [(owed.service, owed.name_es, owed.state) for owed in view.owed] == [
        ("ORI", "Servicio ORI", "received"),
        ("SAL", "Servicio SAL", "issued"),
    ]
    assert [(one_.turn, one_.services) for one_ in waiting] == [("A-001", ("ORI",)), ("A-003", ("ORI",))]
    assert [one_.services for one_ in anywhere] == [("ORI", "SAL"), ("SAL",), ("ORI", "SAL")]
    assert [(one_.outcome, one_.result, one_.author) for one_ in before] == [(earlier[1], "served", AUTHOR)]
    assert before[0].station == store.identity.station and before[0].at_ms > 0
    assert fact is not None and fact.result == "served"


def test_what_was_taken_back_no_longer_counts(
    store: Store, clock: FixedClock, arrived: list[Arrived]
) -> None:
    one = arrived[0]
    (wrong,) = _record(store, served(one, "ORI"))
    _record(store, served(one, "ORI", "reopened", undoes=wrong))
    assert _count(store, clock).served == 0
    _record(store, served(one, "ORI", "not_served", reason="DOC"))
    _record(store, served(one, "ORI", "reopened"))
    assert _count(store, clock).open == 6


def test_a_day_is_closed_until_something_happens(
    store: Store, clock: FixedClock, arrived: list[Arrived]
) -> None:
    with store.read() as session:
        assert not day_queries.closed_since_last_entry(session, clock.today())
    with store.write(AUTHOR) as work:
        heads = journal.heads(work.session)
        totals = day_queries.reconcile(work.session, clock.today()).totals()
        closed = DayClosed(day=clock.today(), heads=heads, totals=totals)
        work.create(closed)
    with store.read() as session:
        assert day_queries.closed_since_last_entry(session, clock.today())
        (closing,) = day_queries.closings(session, clock.today())
        figures = report_rows.of_day(session, clock.today())
    assert (closing.author, closing.fact) == (AUTHOR, closed)
    assert (figures.closed_by, figures.four_eyes) == ("Ana de Ensayo", True)
    _record(store, served(arrived[0], "ORI"))
    with store.read() as session:
        assert not day_queries.closed_since_last_entry(session, clock.today())


def test_the_reports_are_handed_people_and_counts(store: Store, clock: FixedClock) -> None:
    with store.write(AUTHOR) as work:
        back = arrive(work, clock, attendee("Vuelta"), turn="A-001", services=("ORI",))
    clock.advance(86_400)
    with store.write(AUTHOR) as work:
        arrive(work, clock, attendee("Nueva", birth_date=None, phones=()), turn="A-001")
        fresh = arrive(work, clock, attendee("Otra"), turn="A-002", services=("EMP",))
        for image in (True, False):
            work.create(
                Authorisation(
                    attendee=fresh.attendee,
                    text_version="1",
                    text_digest="00" * 32,
                    general=True,
                    image=image,
                )
            )
        visit = slips.by_id(work.session, back.slip)
        assert visit is not None
        day = clock.today()
        again = work.create(Visit(attendee=back.attendee, day=day, point="A"))
        token_id = random_bytes(8).hex()
        work.create(
            Slip.model_validate(
                visit[0].model_dump()
                | {
                    "visit": again,
                    "day": day,
                    "turn": "A-003",
                    "token_id": token_id,
                    "referrals": (),
                    "services": (),
                    "code": "QQQQ0000A",
                }
            )
        )
    _record(store, served(fresh, "EMP", "not_served", reason="DOC", desk="C"))
    with store.read() as session:
        figures = report_rows.of_day(session, day)
    assert [(row.given_names, row.returning, row.age) for row in figures.people] == [
        ("Nueva", False, None),
        ("Otra", False, 36),
        ("Vuelta", True, 36),
    ]
    nueva, otra, _vuelta = figures.people
    assert (nueva.authorised, otra.authorised, otra.image) == (None, True, False)
    assert nueva.phone == "" and otra.phone == "3000000001" and otra.documents == (("PPT", "7000123"),)
    assert len({row.code for row in figures.people}) == 3
    assert [(row.service, row.desk, row.state, row.count, row.reason) for row in figures.referrals] == [
        ("EMP", "C", "not_served", 1, "DOC"),
        ("ORI", "B", "open", 1, ""),
        ("SAL", "C", "open", 1, ""),
    ]
    assert (figures.slips, figures.slips_void, figures.stations) == (3, 0, 1)
    assert figures.heading.name == "Feria de ensayo" and figures.heading.fictional
    assert [service.code for service in figures.services] == ["EMP", "ORI", "SAL"]
    assert [desk.letter for desk in figures.desks] == ["B", "C"]
    assert figures.closed_by == "" and figures.four_eyes is None


def test_turns_grow_beyond_999_and_begin_anew_each_day(store: Store, clock: FixedClock) -> None:
    def next_turn() -> str:
        with store.read() as session:
            return turns.next_turn(session, clock.today())

    def give(turn: str) -> None:
        with store.write(AUTHOR) as work:
            arrive(work, clock, turn=turn)

    assert next_turn() == "A-001"
    for last, following in (
        ("A-001", "A-002"),
        ("A-099", "A-100"),
        ("A-999", "A-1000"),
        ("A-1000", "A-1001"),
        ("A-1999", "A-10000"),
        ("A-10000", "A-10001"),
    ):
        give(last)
        assert next_turn() == following
    give("AB-10007")
    give("A-2000")  # another laptop's
    assert next_turn() == "A-10001"
    clock.advance(86_400)
    assert next_turn() == "A-001"


RESULTS = st.sampled_from(["received", "served", "not_served", "referred_on", "no_show", "void", "reopened"])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(RESULTS, max_size=6))
def test_a_service_that_was_given_is_never_lost_by_what_others_counted(results: list[str]) -> None:
    found = [
        KeptOutcome(f"id{n}", "ORI", result, "", "B", "", None, None, None, f"{n:016x}", "", "")
        for n, result in enumerate(results)
    ]
    standing = states.standing(found)
    state = states.state_of(standing)
    after = results[max((n for n, result in enumerate(results) if result == "reopened"), default=-1) + 1 :]
    if "served" in after:
        assert state == "served"
    elif not after:
        assert state == "issued"
    else:
        assert state in after


def test_new_ids_are_in_order_of_time(clock: FixedClock) -> None:
    first = new_id(clock)
    clock.advance(1)
    assert first < new_id(clock)
