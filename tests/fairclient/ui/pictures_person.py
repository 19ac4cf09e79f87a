"""Draws the person's page and its sheets, for ``tests.fairclient.ui.pictures``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairclient.store.queries import people
from fairclient.ui.pages.find.page import FindPage
from fairclient.ui.pages.person.correct import CorrectSheet
from fairclient.ui.pages.person.decide import DecideSheet
from fairclient.ui.pages.person.export import ExportSheet
from fairclient.ui.pages.person.household import HouseholdSheet
from fairclient.ui.pages.person.represent import RepresentSheet
from fairclient.usecases.note_absent import note_absent
from fairclient.usecases.register_attendee import Registration, register_attendee

if TYPE_CHECKING:  # the pictures import this module
    from tests.fairclient.ui.pictures import Studio


def person_states(studio: Studio, out: Path, suffix: str) -> None:
    """The page of the first person who is found, and each of its sheets."""
    page = _at_person(studio)
    facts = page.person.facts
    assert facts is not None and facts.page.home is not None
    note_absent(page.place, facts.page.home.household, [("Pedro Luis", 41, "PAR"), ("Abuela Ana", None, "")])
    page.person.refresh()
    assert studio.window.workspace is not None
    studio.window.workspace.toast.hide()
    studio.save(out, f"person{suffix}")
    _household(studio, page, out, suffix)
    page.person.acts.correct.click()
    studio.save(out, f"person-correct{suffix}")
    sheet = page.person.acts.sheet(CorrectSheet)
    assert sheet is not None
    sheet.close_sheet()


def known_states(studio: Studio, out: Path, suffix: str) -> None:
    """Somebody who is here twice, with sensitive answers and two values; the sheets of it."""
    page = _at_person(studio)
    mine = page.person.attendee()
    place = page.place
    with place.store.read() as session:
        known = people.person(session, mine)
    assert known is not None
    twin = known.fact.model_copy(update={"given_names": "Yuleidi", "household": None, "documents": ()})
    register_attendee(place, Registration(twin, ("SISBEN",)))
    with place.store.write(place.operator.id) as work:
        for name in ("Centro", "Norte"):
            work.change("attendee", mine, {"neighbourhood": name}, base=known.revision)
        work.change("attendee", mine, {"specific_needs": ["SP"], "ethnicity": "97"})
    page.refresh()
    studio.save(out, f"person-twice{suffix}")
    for button, kind in (
        (page.person.acts.decide, DecideSheet),
        (page.person.acts.export, ExportSheet),
    ):
        button.click()
        studio.save(out, f"person-{kind.__name__.removesuffix('Sheet').lower()}{suffix}")
        sheet = page.person.acts.sheet(kind)
        assert sheet is not None
        sheet.close_sheet()


def child_states(studio: Studio, out: Path, suffix: str) -> None:
    """A child at registration, with another adult and alone; the alert, his page, who answers for him."""
    page = studio.register
    page.new_family()
    page.fill({"given_names": "Samuel", "birth_date": "12/05/2014", "sex": "M", "profile": "VP"})
    field = page.authorisation.represent
    for at, name in ((field.who.findData("other"), "other"), (field.who.findData("alone"), "alone")):
        field.who.setCurrentIndex(at)
        field.who.activated.emit(at)
        studio.save(out, f"register-child-{name}{suffix}")
    page.save()
    studio.settle()
    assert studio.window.workspace is not None
    studio.window.workspace.toast.hide()
    studio.open("find")
    found = studio.window.workspace.current_page()
    assert isinstance(found, FindPage)
    found.back_to_search()
    studio.save(out, f"find-protection{suffix}")
    found.alone.links()[0].click()
    studio.save(out, f"person-protection{suffix}")
    found.person.acts.represent.click()
    studio.save(out, f"person-represent{suffix}")
    sheet = found.person.acts.sheet(RepresentSheet)
    assert sheet is not None
    sheet.close_sheet()


def _household(studio: Studio, page: FindPage, out: Path, suffix: str) -> None:
    page.person.acts.household.click()
    sheet = page.person.acts.sheet(HouseholdSheet)
    assert sheet is not None
    for task in sheet.panels:
        assert page.person.facts is not None
        sheet.open_for(page.person.facts, task)
        if task in ("move", "merge"):
            sheet.panels[task].finder.box.setText("gregorio")  # type: ignore[attr-defined]  # both have one
        studio.save(out, f"person-household-{task}{suffix}")
        sheet.close_sheet()


def _at_person(studio: Studio) -> FindPage:
    studio.open("find")
    assert studio.window.workspace is not None
    page = studio.window.workspace.current_page()
    assert isinstance(page, FindPage)
    page.box.setText("Yuleidy")
    studio.settle()
    found = page.model.person(0)
    assert found is not None
    page.open_person(found.attendee)
    studio.settle()
    return page
