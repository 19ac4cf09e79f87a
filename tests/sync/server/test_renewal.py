"""Permissions last seven days and are renewed by sessions; late entries written in time are taken."""

from __future__ import annotations

import json

from sqlalchemy import text

from sync.server import auth, intake
from sync.server.reference import Statement, publish
from sync.server.state import state
from sync.wire import signing
from sync.wire.clock import pack
from sync.wire.day_closed import DayClosed
from sync.wire.messages import SessionRequest
from sync.wire.receipt import Receipt
from tests.sync.server.command import Commands
from tests.sync.server.conftest import NOW_MS, Place
from tests.sync.server.laptop import DAY, Laptop, person

A_DAY = 86_400


def until(place: Place, table: str) -> list[str]:
    """The last days that stand in the roster."""
    with place.node.database.read() as connection:
        rows = connection.execute(text(f"SELECT valid_until FROM {table} ORDER BY subject")).scalars()
        return [str(day) for day in rows]


def session(place: Place, laptop: Laptop) -> None:
    """Open a session as a laptop does."""
    challenge = auth.challenge(place.node)
    message = signing.challenge_message(place.node.server, laptop.station, challenge)
    asked = SessionRequest(
        station=laptop.station, challenge=challenge, signature=laptop.key.sign(message).hex()
    )
    auth.open_session(place.node, asked)


def entries(place: Place) -> int:
    """How many entries there are."""
    with place.node.database.read() as connection:
        return state(connection, place.fair).entries


def codes(receipt: Receipt) -> list[str]:
    """Why entries were put in quarantine."""
    return [verdict.code for verdict in receipt.verdicts if verdict.verdict == "quarantined"]


def test_an_enrolment_is_good_for_seven_days_and_a_session_renews_it(place: Place) -> None:
    laptop, other = place.laptop(), place.laptop()
    assert until(place, "station") == until(place, "operator") == ["2026-03-21"] * 2
    before = entries(place)
    session(place, laptop)
    assert entries(place) == before  # there is time: nothing is written
    place.clock.advance(5 * A_DAY)
    session(place, laptop)
    assert sorted(until(place, "station")) == ["2026-03-21", "2026-03-26"]
    assert until(place, "operator") == ["2026-03-26"] * 2
    after = entries(place)
    session(place, laptop)
    assert entries(place) == after == before + 3
    session(place, other)
    assert until(place, "station") == ["2026-03-26"] * 2


def test_what_was_withdrawn_is_not_renewed(place: Place) -> None:
    laptop, other = place.laptop(), place.laptop()
    with place.node.database.write() as connection:
        change = Statement("operator", other.operator, change={"revoked": True})
        publish(connection, place.node, place.fair, [change])
    place.clock.advance(6 * A_DAY)
    session(place, laptop)
    assert sorted(until(place, "operator")) == ["2026-03-21", "2026-03-27"]


def test_a_last_day_that_a_person_set_is_not_renewed(place: Place, fairserver: Commands) -> None:
    laptop, lent = place.laptop(), place.laptop()
    assert fairserver("stations", "until", lent.station, "2026-03-16").code == 0
    assert fairserver("operators", "until", lent.operator, "2026-03-16").code == 0
    place.clock.advance(A_DAY)
    session(place, lent)
    session(place, laptop)
    assert sorted(until(place, "station")) == sorted(until(place, "operator")) == ["2026-03-16", "2026-03-21"]


def test_somebody_gone_for_long_is_not_renewed_by_others(place: Place) -> None:
    laptop = place.laptop()
    place.clock.advance(45 * A_DAY)
    session(place, laptop)
    assert until(place, "operator") == ["2026-03-21"] and until(place, "station") == ["2026-05-05"]


def test_what_was_written_in_time_is_taken_however_late_it_comes(place: Place) -> None:
    laptop = place.laptop()
    laptop.state(person(), hlc=pack(NOW_MS + 8 * A_DAY * 1000))  # a day's grace: clocks are wrong
    laptop.state(person(), hlc=pack(NOW_MS + 10 * A_DAY * 1000))
    place.clock.advance(400 * A_DAY)
    receipt = intake.take(place.node, laptop.station, laptop.batch())
    assert codes(receipt) == ["revoked-author"] and receipt.verdicts[0].seq == 2


def test_a_clock_ten_years_ahead_ends_no_permission(place: Place) -> None:
    laptop = place.laptop()
    laptop.state(person(), hlc=pack(NOW_MS + 3650 * A_DAY * 1000))
    laptop.state(person(), hlc="f" * 16)
    assert codes(intake.take(place.node, laptop.station, laptop.batch())) == []


def test_nobody_changes_what_a_supervisor_signed(place: Place) -> None:
    laptop, other = place.laptop(), place.laptop()
    closing = DayClosed(day=DAY, heads={}, totals={"attended": 1})
    signature = laptop.operator_key.sign(closing.signed_part()).hex()
    approved = laptop.state(closing.model_copy(update={"signature": signature}))
    assert codes(intake.take(place.node, laptop.station, laptop.batch())) == []
    change = json.dumps({"base": "", "change": {"totals": {"attended": 2}}, "salt": ""}).encode()
    other.write("day_closed", change, approved)
    assert codes(intake.take(place.node, other.station, other.batch())) == ["bad-field"]


def test_a_closing_needs_the_role_and_its_authors_own_signature(place: Place) -> None:
    laptop, other = place.laptop(), place.laptop()
    closing = DayClosed(day=DAY, heads={}, totals={})
    signed = laptop.operator_key.sign(closing.signed_part()).hex()
    forged = other.operator_key.sign(closing.signed_part()).hex()
    laptop.state(closing.model_copy(update={"signature": signed}))
    laptop.state(closing.model_copy(update={"signature": forged}))
    laptop.state(closing)
    laptop.state(closing.model_copy(update={"signature": signed}), author="")
    refused = codes(intake.take(place.node, laptop.station, laptop.batch()))
    assert refused == ["bad-signature", "bad-signature", "forbidden"]
    with place.node.database.write() as connection:
        change = Statement("operator", laptop.operator, change={"roles": ("registrar",)})
        publish(connection, place.node, place.fair, [change])
    laptop.state(closing.model_copy(update={"signature": signed}))
    assert codes(intake.take(place.node, laptop.station, laptop.batch(5))) == ["forbidden"]
