"""Known people: cards come page by page, are seen while typing, become people, and go again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from fairclient.base.clock import FixedClock
from fairclient.base.ids import new_id
from fairclient.store import cards, custody
from fairclient.store.queries import cards as queries
from fairclient.store.replay import replay
from fairclient.usecases import known_people
from fairclient.usecases.known_people import bring_known_people, card_form, card_of
from fairclient.usecases.look_alike import Query, look_alike
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.workplace import Workplace
from sync.client.trouble import Trouble
from sync.wire.attendee import Document
from sync.wire.people import Card, PeoplePage
from tests.fairclient.store.making import Fair, attendee
from tests.fairclient.ui.pages.tent import laptop


@pytest.fixture
def place(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[Workplace]:
    """A laptop of a fair that is told to carry the people of a municipality."""
    opened = laptop(tmp_path / "a", clock, fair, "A")
    opened.store.save_identity(replace(opened.identity, server_url="http://127.0.0.1:1"))
    _carry(opened, '["08758"]')
    assert bring_known_people(opened) is None  # it heard of the policy; the next time begins
    yield opened
    opened.close()


def _carry(place: Workplace, municipalities: str) -> None:
    with place.store.transaction() as connection:
        connection.exec_driver_sql("UPDATE fair SET known_people = ?", (municipalities,))
    place.store._remembered.clear()


def card(clock: FixedClock, number: int, given: str = "Yuleidy Ficticia") -> Card:
    """A fictional person of another fair."""
    return Card(
        subject=new_id(clock),
        given_names=given,
        first_surname="Urdaneta",
        birth_date=date(1994, 5, 2),
        documents=(Document(type="PPT", number=f"70{number:05d}"),),
        municipality="08758",
    )


class Line:
    """Stands for the line to the centre: gives pages, and breaks where it is told to."""

    def __init__(self, pages: dict[str, PeoplePage], breaks_at: str = "-") -> None:
        self.pages, self.breaks_at = pages, breaks_at
        self.asked: list[str] = []

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def people(self, _fair: str, after: str) -> PeoplePage:
        """One page."""
        self.asked.append(after)
        if after == self.breaks_at:
            raise Trouble("interrupted")
        return self.pages.get(after, PeoplePage(next=after, last=True))


def through(monkeypatch: pytest.MonkeyPatch, line: Line) -> Line:
    """Let the use case talk to this line."""
    monkeypatch.setattr(known_people, "PeopleLine", lambda *_, **__: line)
    return line


def held(place: Workplace) -> int:
    """How many cards are here."""
    with place.store.read() as session:
        return queries.count(session)


def take(connection: Connection, *given: Card) -> int:
    """Keep cards."""
    return cards.take(connection, [cards.prepared(one) for one in given])


def settled(place: Workplace) -> bool:
    """Whether journals and cards give the rows and the index that are here, but for the fair's policy."""
    return set(replay(place.store).differences) <= {"fair"}


def alike(place: Workplace, **typed: str) -> list[str]:
    """Who is shown for what was typed: ids."""
    return [one.attendee for one in look_alike(place, Query(**typed))]  # type: ignore[arg-type]


def test_a_broken_line_goes_on_where_it_ended(
    place: Workplace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = card(clock, 1), card(clock, 2, "Mariángel Ficticia")
    ends = [f"{place.fair}.{subject}" for subject in (one.subject, two.subject)]
    pages = {
        "": PeoplePage(cards=(one,), next=ends[0]),
        ends[0]: PeoplePage(cards=(two,), next=ends[1], last=True),
    }
    through(monkeypatch, Line(pages, breaks_at=ends[0]))
    first = bring_known_people(place)
    assert first is not None and (first.came, first.complete) == (1, False) and held(place) == 1
    line = through(monkeypatch, Line(pages))
    second = bring_known_people(place)
    assert second is not None and (second.came, second.complete) == (1, True)
    assert line.asked == [ends[0]] and held(place) == 2
    assert bring_known_people(place) is None  # nothing new so soon
    clock.advance(7 * 3600)
    assert bring_known_people(place) is not None and line.asked == [ends[0], ends[1]]
    assert settled(place)


def test_who_came_late_to_an_earlier_fair_is_met_within_a_day(
    place: Workplace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, late = card(clock, 1), card(clock, 2, "Mariángel Ficticia")
    end = f"{place.fair}.{known.subject}"
    through(monkeypatch, Line({"": PeoplePage(cards=(known,), next=end, last=True)}))
    assert bring_known_people(place) is not None and held(place) == 1
    pages = {"": PeoplePage(cards=(late, known), next=end, last=True)}
    line = through(monkeypatch, Line(pages, breaks_at=""))
    clock.advance(12 * 3600)
    assert bring_known_people(place) is not None and line.asked == [end]
    clock.advance(13 * 3600)
    broken = bring_known_people(place)
    assert broken is not None and not broken.complete and line.asked == [end, ""]
    line.breaks_at = "-"
    again = bring_known_people(place)
    assert again is not None and (again.came, again.complete) == (1, True) and line.asked == [end, "", ""]
    assert held(place) == 2 and settled(place)


def test_she_is_seen_while_typing_and_becomes_the_same_person(place: Workplace, clock: FixedClock) -> None:
    one = card(clock, 1)
    with place.store.transaction() as connection:
        assert take(connection, one, card(clock, 2, "Otra")) == 2
    (found,) = [each for each in look_alike(place, Query(document_number="7000001")) if each.card]
    assert (found.attendee, found.where_when) == (one.subject, "Conocida de una feria anterior")
    assert found.level != "maybe" and found.documents == ("PPT 7000001",)
    assert one.subject in alike(place, given_names="Yuleidi", first_surname="Urdaneta")
    kept = card_of(place, one.subject)
    assert kept == one and kept is not None
    form = card_form(kept)
    assert form["birth_date"] == "1994-05-02" and form["documents.0.number"] == "7000001"
    person = attendee("Yuleidy Ficticia", "Urdaneta", documents=one.documents)
    done = register_attendee(place, Registration(person, ("ORI",), card=one.subject, not_same=(one.subject,)))
    assert done.attendee == one.subject and card_of(place, one.subject) is None
    assert alike(place, document_number="7000001").count(one.subject) == 1
    assert not next(each for each in look_alike(place, Query(document_number="7000001"))).card
    with place.store.transaction() as connection:  # her card does not come back beside her
        assert take(connection, one) == 0
    assert settled(place)


def test_a_card_that_changed_takes_the_place_of_the_old_one(place: Workplace, clock: FixedClock) -> None:
    one = card(clock, 1)
    with place.store.transaction() as connection:
        take(connection, one)
        assert take(connection, one) == 0
        assert take(connection, one.model_copy(update={"given_names": "Mariángel"})) == 1
    assert alike(place, given_names="Mariángel", first_surname="Urdaneta") == [one.subject]
    assert settled(place)


def test_who_was_erased_anywhere_is_dropped(
    place: Workplace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = card(clock, 1), card(clock, 2)
    with place.store.transaction() as connection:
        take(connection, one, two)
    through(monkeypatch, Line({"": PeoplePage(last=True, gone=(one.subject,))}))
    brought = bring_known_people(place)
    assert brought is not None and brought.dropped == 1 and held(place) == 1
    assert alike(place, document_number="7000001") != [one.subject]


def test_another_policy_begins_anew_and_none_drops_all(
    place: Workplace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = through(monkeypatch, Line({"": PeoplePage(cards=(card(clock, 1),), last=True)}))
    bring_known_people(place)
    assert held(place) == 1
    _carry(place, "[]")
    assert bring_known_people(place) is None and held(place) == 0
    assert alike(place, document_number="7000001") == [] and line.asked == [""]
    assert settled(place)


def test_a_desk_asks_for_nobody(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    line = through(monkeypatch, Line({}))
    place.store.save_identity(replace(place.identity, scope="desk"))
    assert bring_known_people(place) is None and line.asked == []


def test_they_go_with_the_fair(place: Workplace, clock: FixedClock) -> None:
    with place.store.transaction() as connection:
        take(connection, card(clock, 1))
        custody.purge(connection, custody.holdings(connection, place.identity), clock.now_ms())
    assert held(place) == 0 and alike(place, document_number="7000001") == []
    assert settled(place)
