"""The practice fair and its invented people."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fairclient.domain import demo_fair
from fairclient.domain.birth import ADULT, age_on
from fairclient.domain.catalogues import find
from fairclient.domain.csv_file import COLUMNS
from fairclient.domain.csv_import import PersonRow, read_people
from fairclient.domain.fictional_people import FictionalPerson, people
from fairclient.domain.form import write_form
from fairclient.domain.rules import check
from sync.wire.attendee import Document

TODAY = date(2026, 3, 14)
DEMO = demo_fair.load()
OFFERED = {service.code for service in DEMO.services}


def _age(person: FictionalPerson) -> int:
    assert person.attendee.birth_date
    return age_on(person.attendee.birth_date, TODAY)


def write_people(path: Path, everybody: Iterable[FictionalPerson]) -> None:
    """Write people as the CSV file that `csv_import` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows(_cells(person) for person in everybody)


def _cells(person: FictionalPerson) -> tuple[str, ...]:
    who = person.attendee
    document = who.documents[0] if who.documents else None
    born = who.birth_date
    # Of an estimated date only the year is known.
    birth = "" if born is None else str(born.year) if who.birth_estimated else born.isoformat()
    cells = {
        "given_names": who.given_names,
        "first_surname": who.first_surname,
        "second_surname": who.second_surname,
        "birth_date": birth,
        "sex": who.sex,
        "nationality": who.nationality,
        "document_type": document.type if document else "",
        "document_number": document.number if document else "",
        "phone": who.phones[0].number if who.phones else "",
        "profile": who.profile,
        "municipality": who.municipality,
        "household": person.household,
        "services": ";".join(person.services),
    }
    return tuple(cells[column] for column in COLUMNS)


def _first_paper(person: FictionalPerson) -> tuple[Document, ...]:
    papers = person.attendee.documents[:1]
    return tuple(
        paper.model_copy(update={"country": ""}) if paper.type == "PA" else paper for paper in papers
    )


def test_it_says_that_it_is_invented() -> None:
    assert DEMO.fair.code == "DEMO" and DEMO.fair.fictional
    assert "datos ficticios" in DEMO.fair.name
    assert "ficticia" in DEMO.fair.organiser and "ficticia" in DEMO.fair.help_line


def test_every_service_is_known_and_has_one_desk() -> None:
    codes = [service.code for service in DEMO.services]
    assert len(codes) == len(OFFERED) == 13
    for service in DEMO.services:
        known = find("services", service.code)
        assert known is not None
        assert (service.sector, service.sensitive) == (
            known.extra["sector"],
            known.extra["sensitive"] == "yes",
        )
        assert service.name_en
    assert Counter(code for desk in DEMO.desks for code in desk.services) == Counter(codes)


def test_desks_stand_in_walking_order_and_shortcuts_are_unique() -> None:
    assert "".join(desk.letter for desk in DEMO.desks) == "ABCDEFGH"
    assert [desk.order for desk in DEMO.desks] == list(range(1, 9))
    assert [service.order for service in DEMO.services] == list(range(1, 14))
    shortcuts = [service.shortcut for service in DEMO.services]
    assert all(shortcuts) and len(set(shortcuts)) == len(shortcuts)


def test_reserved_services_share_a_desk_whose_name_tells_nothing() -> None:
    reserved = next(desk for desk in DEMO.desks if "VBG" in desk.services)
    assert {"VBG", "NNA", "PSI"} <= set(reserved.services)
    assert reserved.name == "Mesa D, salón 2"


def test_people_are_the_same_for_the_same_seed() -> None:
    assert people(7, 60, TODAY) == people(7, 60, TODAY)
    assert people(7, 60, TODAY) != people(8, 60, TODAY)
    assert people(7, 20, TODAY) == people(7, 60, TODAY)[:20]
    assert len(people(7, 60, TODAY)) == 60
    assert people(7, 0, TODAY) == ()


def test_people_are_as_they_come_to_fairs() -> None:
    crowd = people(1, 4000, TODAY)
    count = len(crowd)
    profiles = Counter(person.attendee.profile for person in crowd)
    assert 0.74 < sum(profiles[code] for code in ("VP", "TR", "PE", "BI")) / count < 0.84
    assert 0.56 < sum(person.attendee.sex == "F" for person in crowd) / count < 0.66
    assert 1.6 < sum(len(person.services) for person in crowd) / count < 1.9
    households = Counter(person.household for person in crowd if person.household)
    alone = sum(not person.household for person in crowd)
    assert 3.5 < count / (len(households) + alone) < 4.1
    assert 0.08 < sum(not person.attendee.documents for person in crowd) / count < 0.22
    assert {code for person in crowd for code in person.services} == OFFERED


def test_families_hold_together() -> None:
    families: dict[str, list[FictionalPerson]] = {}
    for person in people(2, 1500, TODAY):
        families.setdefault(person.household, []).append(person)
    for alone in families.pop(""):
        assert _age(alone) >= ADULT and alone.attendee.household_role == ""
    for family in families.values():
        head = family[0]
        assert head.attendee.household_role == "JEF" and _age(head) >= ADULT
        assert len({person.attendee.neighbourhood for person in family}) == 1
        for person in family[1:]:
            assert person.attendee.household_role in {"PAR", "HIJ", "PAD"}
            if person.attendee.household_role == "HIJ":
                assert _age(person) < ADULT and _age(head) - _age(person) >= 15


def test_no_number_is_anybody_s() -> None:
    crowd = people(4, 2000, TODAY)
    papers = [document for person in crowd for document in person.attendee.documents]
    numbers = [(paper.type, paper.number) for paper in papers]
    assert len(numbers) == len(set(numbers))
    for paper in papers:
        assert paper.number.startswith(("19", "9", "V9", "ZZ")), paper
    assert all(phone.number.startswith("399") for person in crowd for phone in person.attendee.phones)


def test_nobody_needs_a_second_look_but_for_old_permits() -> None:
    for person in people(5, 400, TODAY):
        form = write_form(person.attendee) | {"household": person.household}
        assert {found.code for found in check(form, TODAY)} <= {"no-longer-issued"}, person


def test_the_file_gives_the_same_people(tmp_path: Path) -> None:
    crowd = people(6, 200, TODAY)
    write_people(tmp_path / "people.csv", crowd)
    rows = [parsed.person for parsed in read_people(tmp_path / "people.csv", OFFERED, TODAY)]
    assert len(rows) == len(crowd)
    for row, person in zip(rows, crowd, strict=True):
        assert isinstance(row, PersonRow)
        assert (row.services, row.household) == (person.services, person.household)
        # The file has one paper a person, no country for a passport, and neither role nor neighbourhood.
        left_out = {"household_role": "", "neighbourhood": "", "documents": _first_paper(person)}
        assert row.attendee == person.attendee.model_copy(update=left_out)
