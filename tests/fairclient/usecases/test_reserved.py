"""What is sensitive: covered for all, read by focal points only, and every reading kept (DP-03, DP-15)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput, Unauthorised
from fairclient.domain.questions import QUESTIONS
from fairclient.domain.reserved import RESERVED
from fairclient.store.replay import replay
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.list_reserved_reads import list_reserved_reads
from fairclient.usecases.read_reserved import read_reserved, reserved_sections
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import as_role, carry, known, register

SECRET: dict[str, Any] = {
    "migration_status": "2",
    "ethnicity": "4",
    "pregnant": "1",
    "specific_needs": ("SV", "TR"),
    "functioning": ("1", "2", "", "", "", ""),
}


def test_every_sensitive_question_is_reserved() -> None:
    assert {asked.key for asked in QUESTIONS if asked.sensitive} <= RESERVED


def test_a_page_has_no_sensitive_answer_anywhere(point_a: Workplace, clock: FixedClock) -> None:
    done = register(point_a, **SECRET)
    clock.advance(60)
    correct_attendee(
        point_a,
        done.attendee,
        {"ethnicity": "2", "neighbourhood": "Centro"},
        known(point_a, done.attendee).revision,
    )
    page = known(point_a, done.attendee)
    assert page.reserved == frozenset(SECRET)
    for name in SECRET:
        assert not getattr(page.fact, name)
    first, last = page.moments[0], page.moments[-1]
    assert first.fact is not None
    told = json.loads(first.fact.model_dump_json())
    assert not any(told[name] for name in SECRET)
    assert last.changes == {"ethnicity": None, "neighbourhood": "Centro"}
    assert last.before == {"ethnicity": None, "neighbourhood": ""}
    household = register(point_a, family="Paz", **SECRET)
    home = known(point_a, household.attendee).home
    assert home is not None and not home.members[0].fact.specific_needs


def test_only_a_focal_point_reads_and_each_section_is_kept(point_a: Workplace, clock: FixedClock) -> None:
    done = register(point_a, **SECRET)
    for roles in (("registrar", "desk", "supervisor"), ("administrator",)):
        with pytest.raises(Unauthorised, match="protección"):
            read_reserved(as_role(point_a, *roles), done.attendee, "needs")
    assert list_reserved_reads(point_a) == ()
    focal = as_role(point_a, "protection")
    assert read_reserved(focal, done.attendee, "needs") == {"specific_needs": ["SV", "TR"]}
    clock.advance(60)
    assert read_reserved(focal, done.attendee, "identity") == {"ethnicity": "4"}
    kept = list_reserved_reads(as_role(point_a, "supervisor"), done.attendee)
    assert [(one.section, one.operator, one.name) for one in kept] == [
        ("identity", "Ana de Ensayo", "Luz E."),
        ("needs", "Ana de Ensayo", "Luz E."),
    ]
    assert kept[0].at_ms - kept[1].at_ms == 60_000
    with pytest.raises(Unauthorised):
        list_reserved_reads(as_role(point_a, "registrar", "desk"))


def test_nothing_is_shown_that_was_not_written_down(
    point_a: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = register(point_a, **SECRET)

    def full(*_args: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("fairclient.usecases.read_reserved.write_down", full)
    with pytest.raises(OSError):
        read_reserved(as_role(point_a, "protection"), done.attendee, "needs")


def test_an_answer_is_written_over_without_being_seen(point_a: Workplace) -> None:
    done = register(point_a, **SECRET)
    page = known(point_a, done.attendee)
    correct_attendee(as_role(point_a, "registrar"), done.attendee, {"ethnicity": "97"}, page.revision)
    assert read_reserved(as_role(point_a, "protection"), done.attendee, "identity") == {"ethnicity": "97"}


def test_two_values_of_a_sensitive_answer_are_not_told(
    point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
) -> None:
    done = register(point_a, **SECRET)
    clock.advance(60)
    carry(point_a, point_b, fair)
    for at, place in enumerate((point_a, point_b)):
        clock.advance(60)
        correct_attendee(
            place, done.attendee, {"ethnicity": str(at + 1)}, known(place, done.attendee).revision
        )
    carry(point_b, point_a, fair)
    page = known(point_a, done.attendee)
    assert page.conflicts == ("ethnicity",)
    assert page.choices["ethnicity"] == ()


def test_readings_are_this_laptop_s_own_business(
    point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
) -> None:
    done = register(point_a, **SECRET)
    with point_a.store.read() as session:
        before = session.connection().exec_driver_sql("SELECT count(*) FROM entry").scalar_one()
    read_reserved(as_role(point_a, "protection"), done.attendee, "needs")
    with point_a.store.read() as session:
        after = session.connection().exec_driver_sql("SELECT count(*) FROM entry").scalar_one()
    assert before == after
    clock.advance(60)
    carry(point_a, point_b, fair)
    assert list_reserved_reads(point_b) == ()
    assert replay(point_a.store).identical


def test_somebody_unknown_and_the_order_of_sections(point_a: Workplace) -> None:
    with pytest.raises(BadInput):
        read_reserved(as_role(point_a, "protection"), "01890000-0000-7000-8000-00000000dead", "needs")
    assert reserved_sections(("specific_needs", "pregnant")) == ("health", "needs")
