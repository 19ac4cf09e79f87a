"""Referring on: the outcome, a further slip with the same turn, and taking it all back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput, SlipRefused
from fairclient.base.ids import new_id
from fairclient.store.queries import day as day_queries
from fairclient.store.queries import person as person_queries
from fairclient.store.queries import waiting
from fairclient.usecases.issue_slip import slip_content
from fairclient.usecases.read_at_desk import read_at_desk
from fairclient.usecases.read_slip import REPLACED, read_slip
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.refer_on import refer_on, undo_refer_on
from fairclient.usecases.replace_slip import reissue_slip
from fairclient.usecases.service_names import neutral_names
from fairclient.usecases.workplace import Workplace
from sync.wire.desk import Desk
from sync.wire.service import Service
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import carry, hear_of, laptop, register


@pytest.fixture
def point_b(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[Workplace]:
    """Another laptop, which knows the first one's key and nothing else of it."""
    place = laptop(tmp_path / "b", clock, fair, "B")
    yield place
    place.close()


def states(place: Workplace, attendee: str) -> list[tuple[str, str]]:
    """The person's referrals and their states."""
    with place.store.read() as session:
        page = person_queries.person(session, attendee)
    assert page is not None
    return [(one.service, one.state) for one in page.referrals]


def test_the_newer_slip_keeps_the_turn_and_names_the_desks_that_still_owe(
    point_a: Workplace, clock: FixedClock
) -> None:
    done = register(point_a, services=("ORI",))
    clock.advance(60)
    sent = refer_on(point_a, read_slip(point_a, done.slip.token), "ORI", "EMP", "B")
    assert states(point_a, done.attendee) == [("ORI", "referred_on"), ("EMP", "issued")]
    with point_a.store.read() as session:
        page = person_queries.person(session, done.attendee)
        count = day_queries.reconcile(session, point_a.today())
    assert page is not None and sent.slip == page.slips[0][0]
    slip = page.slips[0][1]
    assert (slip.turn, slip.services, slip.desks, slip.replaces) == (
        "A-001",
        ("ORI", "EMP"),
        ("C",),
        done.slip.slip,
    )
    assert slip.token_id != page.slips[1][1].token_id and page.slips[1][1].void_reason == ""
    assert page.referrals[1].origin == done.referrals[0]
    assert (count.issued, count.referred_on, count.open, count.slips) == (2, 1, 1, 1)


def test_either_paper_leads_to_what_is_owed_and_the_old_one_says_so(
    point_a: Workplace, point_b: Workplace, fair: Fair
) -> None:
    hear_of(point_a, fair)
    done = register(point_a, services=("ORI",))
    sent = refer_on(point_a, read_slip(point_a, done.slip.token), "ORI", "EMP", "B")
    assert sent.slip is not None
    newer = slip_content(point_a, sent.slip)
    assert newer.turn == done.slip.turn
    old, new = (read_slip(point_a, text) for text in (done.slip.token, newer.token))
    assert (old.token_id, old.owed, old.flags) == (new.token_id, new.owed, (REPLACED,))
    assert new.flags == ()
    # A desk that has heard of nothing knows from the newer paper that it owes something, and serves.
    at = read_at_desk(point_b, newer.token, "C")
    assert "EMP" in [one.service for one in at.here]
    record_outcome(point_b, at.read, "EMP", "served", desk="C")
    carry(point_b, point_a, fair)
    assert states(point_a, done.attendee) == [("ORI", "referred_on"), ("EMP", "served")]
    with point_a.store.read() as session:
        assert day_queries.reconcile(session, point_a.today()).adds_up


def test_without_paper_the_slip_in_hand_shows_the_new_service(point_a: Workplace) -> None:
    done = register(point_a, services=("ORI",))
    sent = refer_on(point_a, read_slip(point_a, done.slip.token), "ORI", "EMP", "B", paper=False)
    assert sent.slip is None
    at = read_at_desk(point_a, done.slip.token, "C")
    assert [(one.service, one.state) for one in at.here] == [("EMP", "issued")]
    with point_a.store.read() as session:
        assert [one.services for one in waiting.waiting(session, "C", point_a.today())] == [("EMP",)]
    record_outcome(point_a, at.read, "EMP", "served", desk="C")
    assert states(point_a, done.attendee) == [("ORI", "referred_on"), ("EMP", "served")]
    undo_refer_on(point_a, sent)
    with point_a.store.read() as session:
        assert day_queries.reconcile(session, point_a.today()).adds_up


def test_a_lost_paper_takes_the_earlier_one_with_it(point_a: Workplace, clock: FixedClock) -> None:
    done = register(point_a, services=("ORI", "SAL"))
    clock.advance(60)
    sent = refer_on(point_a, read_slip(point_a, done.slip.token), "ORI", "EMP", "B")
    clock.advance(60)
    assert sent.slip is not None
    newer = slip_content(point_a, sent.slip).token
    fresh = reissue_slip(point_a, sent.slip)
    for lost in (done.slip.token, newer):
        with pytest.raises(SlipRefused) as refused:
            read_slip(point_a, lost)
        assert refused.value.code == "void"
    read = read_slip(point_a, fresh.token)
    assert {one.service: one.state for one in read.owed} == {
        "ORI": "referred_on",
        "SAL": "issued",
        "EMP": "issued",
    }
    assert read.desks == ("C",)


def test_a_service_that_is_owed_already_is_not_asked_for_twice(point_a: Workplace) -> None:
    done = register(point_a, services=("ORI", "SAL"))
    sent = refer_on(point_a, read_slip(point_a, done.slip.token), "ORI", "SAL", "B")
    assert (sent.already, sent.referral, sent.slip) == (True, None, None)
    assert states(point_a, done.attendee) == [("ORI", "referred_on"), ("SAL", "issued")]
    undo_refer_on(point_a, sent)
    assert states(point_a, done.attendee) == [("ORI", "issued"), ("SAL", "issued")]


def test_somebody_who_is_sent_back_is_owed_the_service_again(point_a: Workplace, clock: FixedClock) -> None:
    done = register(point_a, services=("ORI",))
    clock.advance(60)
    refer_on(point_a, read_slip(point_a, done.slip.token), "ORI", "EMP", "B")
    clock.advance(60)
    refer_on(point_a, read_slip(point_a, done.slip.token), "EMP", "ORI", "C")
    assert [(one.service, one.state) for one in read_at_desk(point_a, done.slip.token, "B").here] == [
        ("ORI", "issued")
    ]
    with point_a.store.read() as session:
        count = day_queries.reconcile(session, point_a.today())
    assert (count.issued, count.referred_on, count.open, count.adds_up) == (3, 2, 1, True)


def test_taken_back_the_service_is_owed_again_and_the_new_slip_is_void(
    point_a: Workplace, clock: FixedClock
) -> None:
    done = register(point_a, services=("ORI",))
    clock.advance(60)
    undo_refer_on(point_a, refer_on(point_a, read_slip(point_a, done.slip.token), "ORI", "SAL"))
    assert states(point_a, done.attendee) == [("ORI", "issued"), ("SAL", "void")]
    with point_a.store.read() as session:
        page = person_queries.person(session, done.attendee)
        assert page is not None
        assert [slip.void_reason for _id, slip in page.slips] == ["undone", ""]
        assert day_queries.reconcile(session, point_a.today()).adds_up


def test_a_slip_never_heard_of_leaves_only_the_outcome(
    point_a: Workplace, point_b: Workplace, fair: Fair
) -> None:
    hear_of(point_a, fair)
    done = register(point_a, services=("ORI",))
    sent = refer_on(point_b, read_slip(point_b, done.slip.token), "ORI", "SAL", "B")
    assert (sent.referral, sent.slip) == (None, None)
    carry(point_b, point_a, fair)
    assert states(point_a, done.attendee) == [("ORI", "referred_on")]
    undo_refer_on(point_b, sent)
    carry(point_b, point_a, fair)
    assert states(point_a, done.attendee) == [("ORI", "issued")]


@pytest.mark.parametrize(
    ("service", "to", "code"),
    [("EMP", "SAL", "not-asked"), ("ORI", "ORI", "bad-destination"), ("ORI", "NADA", "bad-destination")],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(
    point_a: Workplace, service: str, to: str, code: str
) -> None:
    done = register(point_a, services=("ORI",))
    with pytest.raises(BadInput) as refused:
        refer_on(point_a, read_slip(point_a, done.slip.token), service, to)
    assert refused.value.code == code
    assert states(point_a, done.attendee) == [("ORI", "issued")]


def test_an_outcome_that_is_not_here_cannot_be_taken_back(
    point_a: Workplace, point_b: Workplace, fair: Fair
) -> None:
    done = register(point_a, services=("ORI",))
    sent = refer_on(point_a, read_slip(point_a, done.slip.token), "ORI", "SAL")
    with pytest.raises(BadInput) as refused:
        undo_refer_on(point_b, sent)
    assert refused.value.code == "unknown-outcome"
    assert fair.entries


def test_a_service_of_two_desks_is_owed_at_both(point_a: Workplace, fair: Fair, clock: FixedClock) -> None:
    fair.add((new_id(clock), Desk(letter="E", name="Mesa E", services=("ORI",), order=9)))
    hear_of(point_a, fair)
    slip = register(point_a, services=("ORI", "SAL")).slip
    for letter in ("B", "E"):
        at = read_at_desk(point_a, slip.token, letter)
        assert [one.service for one in at.here] == ["ORI"]
        assert at.next_desks == ("C",)
    assert [one.service for one in read_at_desk(point_a, slip.token, "*").here] == ["ORI", "SAL"]


def test_a_protected_service_is_named_by_its_desk(point_a: Workplace, fair: Fair, clock: FixedClock) -> None:
    fair.add(
        (new_id(clock), Service(code="RES", name_es="Nombre que nadie debe leer", sensitive=True)),
        (new_id(clock), Service(code="OTRA", name_es="Tampoco este", sensitive=True)),
        (new_id(clock), Desk(letter="D", name="Mesa D", services=("RES",), order=5)),
    )
    hear_of(point_a, fair)
    with point_a.store.read() as session:
        names = neutral_names(session)
    assert (names["RES"], names["OTRA"]) == ("Mesa D (ruta reservada)", "Ruta reservada")
    assert names["ORI"] == "Servicio ORI"
