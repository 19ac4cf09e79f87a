"""What is done for each person looks up what it needs: no act reads a table from its beginning that grows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from fairclient.base.clock import FixedClock
from fairclient.store.queries import board, people, waiting
from fairclient.usecases.call_next import call_next
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.erase_person import erase_person
from fairclient.usecases.look_alike import Query, look_alike
from fairclient.usecases.merge_households import merge_households
from fairclient.usecases.park_registration import HalfDone, park_registration
from fairclient.usecases.read_at_desk import read_at_desk
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.refer_on import refer_on
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.replace_slip import reissue_slip
from fairclient.usecases.seal_note import seal_note
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair, attendee
from tests.fairclient.ui.pages.tent import as_role, known, laptop, register

GROWING = frozenset(
    [
        "entry",
        "attendee",
        "household",
        "authorisation",
        "visit",
        "referral",
        "slip",
        "outcome",
        "distinction",
        "likeness",
        "likeness_key",
        "search_key",
        "card",
        "erased",
    ]
)
"""Tables with a row or more for each person; a look at any one row (LIMIT 1, without an order) is no scan."""

_ANY_ONE = re.compile(r"^SELECT 1 FROM \w+ LIMIT 1$")
_RARE = frozenset({"SELECT person FROM likeness WHERE subject = ?"})
"""For people without a key, such as those who are erased."""


@pytest.fixture
def place(tmp_path: Path, clock: FixedClock) -> Iterator[Workplace]:
    """Where people are registered."""
    opened = laptop(tmp_path / "a", clock, Fair(clock), "A")
    yield opened
    opened.close()


def test_no_act_reads_a_growing_table_from_its_beginning(place: Workplace) -> None:
    heard: dict[str, Any] = {}
    for engine in (place.store._readers, place.store._writers):  # the test looks inside on purpose
        event.listen(engine, "before_cursor_execute", _listening(heard))
    for act in _acts(place):
        act()
    assert len(heard) > 80
    scans = [_scanned(place, statement, values) for statement, values in heard.items()]
    assert [found for found in scans if found] == []


def _listening(heard: dict[str, Any]) -> Callable[..., None]:
    def listen(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            heard.setdefault(statement, values[0] if many else values)

    return listen


def _scanned(place: Workplace, statement: str, values: Any) -> tuple[str, list[str]] | None:
    if _ANY_ONE.match(statement) or statement in _RARE:
        return None
    with place.store._readers.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values or ())).all()
    named = re.findall(r"\b(?:FROM|JOIN)\s+\"?(\w+)\"?\s+(\w)\b", statement)
    tables = {alias: table for table, alias in named}
    scans = [found[1] for _id, _parent, _unused, told in plan if (found := re.match(r"SCAN (\w+)", told))]
    growing = [table for name in scans if (table := tables.get(name, name)) in GROWING]
    return (" ".join(statement.split())[:160], growing) if growing else None


def _acts(place: Workplace) -> Iterator[Callable[[], object]]:
    """What is done for each person, one thing after the other."""
    mother = register(place, family="Hogar Ficticio")
    other = register(place, family="Otro Hogar", given_names="Otra")
    focal = as_role(place, "protection")
    slip = mother.slip.token
    yield lambda: register(place, ("ORI",), household=mother.household, given_names="Hijo")
    again = Registration(attendee(), ("EMP",), returning=mother.attendee, on_paper=True)
    yield lambda: register_attendee(place, again)
    yield lambda: park_registration(place, HalfDone({"given_names": "Luz"}, ("ORI",)))
    yield lambda: read_at_desk(place, slip, "B")
    yield lambda: read_at_desk(place, other.slip.code, "B")
    yield lambda: call_next(place, "B")
    yield lambda: record_outcome(place, read_at_desk(place, slip, "B").read, "ORI", "served", desk="B")
    yield lambda: refer_on(place, read_at_desk(place, slip, "C").read, "SAL", "EMP")
    yield lambda: reissue_slip(place, other.slip.slip)
    yield lambda: seal_note(focal, mother.referrals[0], "Una nota ficticia")
    seen = known(place, mother.attendee).revision
    yield lambda: correct_attendee(place, mother.attendee, {"given_names": "Luz Marina del Mar"}, seen)
    yield lambda: merge_households(place, str(mother.household), str(other.household))
    yield lambda: look_alike(place, Query("Luz", "Ensayo", document_number="7000123"))
    for text in ("luz marina", "7000123", "3000000001", mother.slip.code):
        yield partial(_read, place, partial(_find, text))
    yield lambda: _read(place, lambda session: board.board(session, place.today(), place.clock.now_ms()))
    yield lambda: _read(place, lambda session: waiting.waiting(session, "B", place.today()))
    yield lambda: erase_person(place, other.attendee, "request")


def _find(text: str, session: Session) -> object:
    return people.find(session, text)


def _read(place: Workplace, ask: Callable[[Session], object]) -> object:
    with place.store.read() as session:
        return ask(session)
