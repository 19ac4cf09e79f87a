"""Known people: pages of cards for the fairs that are told to carry them, and for nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from sync.server import enrolment, fair_file, intake, people, reference
from sync.server.enrolment import Grant
from sync.server.reference import Statement
from sync.wire.people import PeoplePage
from sync.wire.problem import WireError
from tests.sync.server.command import Commands
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, person
from tests.sync.server.test_erasing import erase

BARRANQUILLA, SOLEDAD = "08001", "08758"


@pytest.fixture
def earlier(place: Place, tmp_path: Path) -> Laptop:
    """A laptop of an earlier fair, with people of two municipalities; the fair of the place carries one."""
    file = tmp_path / "earlier.json"
    file.write_text(
        '{"fair": {"code": "ANTES", "name": "Feria anterior (ficticia)", "starts": "2026-02-14",'
        ' "ends": "2026-02-14", "fictional": true}}',
        encoding="utf-8",
    )
    with place.node.database.write() as connection:
        fair = fair_file.add(connection, place.node, fair_file.read(file))
        carry(place, (SOLEDAD,), connection)
        grant = Grant(fair, ("registrar", "supervisor"))
        code = enrolment.new_code(connection, place.node, grant, 10)[0]
    laptop = Laptop()
    laptop.enrolled(enrolment.enrol(place.node, laptop.enrol_request(code)))
    for number in range(7):
        laptop.register(person(given_names=f"Ficticia {number}", municipality=SOLEDAD))
    laptop.register(person(given_names="De otra parte", municipality=BARRANQUILLA))
    intake.take(place.node, laptop.station, laptop.batch())
    return laptop


def carry(place: Place, municipalities: tuple[str, ...], connection: object = None) -> None:
    """Tell the place's fair whom to carry."""
    change = Statement("fair", place.fair, change={"known_people": municipalities})
    if connection is not None:
        reference.publish(connection, place.node, place.fair, [change])  # type: ignore[arg-type]
        return
    with place.node.database.write() as fresh:
        reference.publish(fresh, place.node, place.fair, [change])


def pages(place: Place, most: int = 3, after: str = "") -> list[PeoplePage]:
    """All pages from a place on."""
    found: list[PeoplePage] = []
    with place.node.database.read() as connection:
        while not found or not found[-1].last:
            found.append(people.page(connection, place.fair, after, most))
            after = found[-1].next
    return found


def names(found: list[PeoplePage]) -> list[str]:
    """Who is on some pages."""
    return sorted(card.given_names for page in found for card in page.cards)


def test_pages_follow_each_other_and_end(place: Place, earlier: Laptop) -> None:
    found = pages(place)
    assert [len(page.cards) for page in found] == [3, 3, 1]
    assert [page.last for page in found] == [False, False, True]
    assert names(found) == [f"Ficticia {number}" for number in range(7)]
    card = found[0].cards[0]
    assert card.documents[0].number == "0000001" and card.municipality == SOLEDAD
    assert "phones" not in card.model_dump() and "sex" not in card.model_dump()
    with place.node.database.read() as connection:
        assert people.page(connection, place.fair, found[-1].next).cards == ()


def test_a_fair_that_carries_nobody_gets_nobody(place: Place, earlier: Laptop) -> None:
    carry(place, ())
    assert names(pages(place)) == []
    carry(place, (BARRANQUILLA, SOLEDAD))
    assert len(names(pages(place))) == 8


def test_nobody_erased_comes_and_the_erased_are_named(place: Place, earlier: Laptop) -> None:
    gone = pages(place)[0].cards[0].subject
    sent = len(earlier.entries)
    erase(earlier, gone)
    intake.take(place.node, earlier.station, earlier.batch(sent + 1))
    found = pages(place)
    assert len(names(found)) == 6 and found[-1].gone == (gone,)


def test_real_people_never_come_to_a_fictional_fair(place: Place, earlier: Laptop) -> None:
    with place.node.database.write() as connection:
        connection.execute(text("UPDATE fair SET fictional = FALSE WHERE code = 'ANTES'"))
    assert names(pages(place)) == []


def test_a_place_that_is_none_is_refused(place: Place) -> None:
    with place.node.database.read() as connection, pytest.raises(WireError, match="garbled"):
        people.page(connection, place.fair, "nowhere")


def test_a_command_says_whom_a_fair_carries(place: Place, earlier: Laptop, fairserver: Commands) -> None:
    assert fairserver("fair", "known-people", "--fair", "PRUEBA", BARRANQUILLA).code == 0
    assert names(pages(place)) == ["De otra parte"]
    wrong = fairserver("fair", "known-people", "--fair", "PRUEBA", "Soledad")
    assert wrong.code == 1 and "five figures" in wrong.err
    assert "nobody" in fairserver("fair", "known-people", "--fair", "PRUEBA", "--none").out
    assert names(pages(place)) == []


def test_the_loss_of_a_laptop_is_counted(place: Place, earlier: Laptop, fairserver: Commands) -> None:
    lost, other = place.laptop(), place.laptop()
    for laptop, times in ((lost, 2), (other, 3)):
        for _ in range(times):
            laptop.register()
        intake.take(place.node, laptop.station, laptop.batch())
    told = fairserver("incident", lost.station, "--fair", "PRUEBA", "--json").json()
    assert (told["registered"], told["fair"], told["cards"], told["affected"]) == (2, 5, 7, 12)
    assert told["last_heard"].startswith("2026-03-14")
    desk = place.laptop("desk")
    told = fairserver("incident", desk.station, "--fair", "PRUEBA", "--json").json()
    assert (told["affected"], told["last_heard"]) == (0, "")
    assert "affected at most: 12" in fairserver("incident", lost.station, "--fair", "PRUEBA").out
    assert fairserver("incident", "Z", "--fair", "PRUEBA").code == 1
