"""A half-filled registration outlives a kill, a lock and another operator; saved, it is open no more."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from fairclient.base.clock import FixedClock
from fairclient.base.errors import DiskFull
from fairclient.base.home import Home
from fairclient.store.queries import people
from fairclient.ui.pages.register import kept as register_kept
from fairclient.ui.pages.register import saving as register_saving
from fairclient.ui.pages.register.draft import Consent, Draft, Family, Member
from fairclient.ui.pages.register.kept import KeptForm
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.usecases.keep_form import OpenForm, keep_form, kept_form
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import KEY, Fair, open_here
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import OTHER_AUTHOR, Hands, at_work, laptop, register

ROOT = Path(__file__).parents[4]
PAGE = RegisterPage.NAME
SOME = {
    "given_names": "Yuleidy",
    "first_surname": "Urdaneta",
    "sex": "F",
    "profile": "VP",
    "birth_date": "30",
}


def _page(hands: Hands) -> RegisterPage:
    assert isinstance(hands.page, RegisterPage)
    return hands.page


def _fill(hands: Hands, form: dict[str, str] = SOME) -> RegisterPage:
    page = _page(hands)
    page.fill(form)
    page.authorisation.set_consent(Consent(general=True, sensitive=False))
    page.services.set_chosen(("ORI",))
    page.form.answers_changed()
    return page


def _kill_after(home: Home, keys: str) -> None:
    """Fill in a form in a program of its own, and kill it once every part of ``keys`` was left."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.fairclient.ui.pages.filling_in", str(home.dir), keys],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert program.stdout is not None
    with program:
        said = [program.stdout.readline().strip() for _part in keys.split("|")]
        program.kill()
    assert said == ["left"] * len(said)


def test_every_field_is_safe_when_it_is_left_though_the_program_is_killed(
    tmp_path: Path, clock: FixedClock, fair: Fair, open_page: Open
) -> None:
    laptop(tmp_path / "a", clock, fair, "A").close()
    home = Home(tmp_path / "a")
    _kill_after(home, "PPT\t5482193\t\t|Yuleidy del Carmen\tUrdaneta\tVillalobos\t|12 8 1988\tF\tVP")
    place = at_work(home, open_here(home, KEY, clock), clock)
    hands = open_page(RegisterPage, place)
    hands.idle()
    page = _page(hands)
    assert page.person.fields.read() == {
        "documents.0.type": "PPT",
        "documents.0.number": "5482193",
        "given_names": "Yuleidy del Carmen",
        "first_surname": "Urdaneta",
        "second_surname": "Villalobos",
        "birth_date": "12/08/1988",
        "sex": "F",
    }
    with place.store.read() as session:
        assert people.find(session, "Urdaneta") == []
        entries = session.connection().exec_driver_sql("SELECT count(*) FROM entry WHERE author <> ''")
        assert entries.scalar_one() == 0
    assert hands.news[-1].startswith("Sigue lo que quedó a medias")
    place.close()


def test_a_killed_family_goes_on_where_it_was(
    tmp_path: Path, clock: FixedClock, fair: Fair, open_page: Open
) -> None:
    place = laptop(tmp_path / "a", clock, fair, "A")
    home = place.home
    hands = open_page(RegisterPage, place)
    page = _fill(hands, SOME | {"municipality": "08758"})
    page.next_of_family()
    hands.idle()
    (mother,) = page.form.draft.family.members if page.form.draft.family else ()
    hands.page.close()
    place.close()
    _kill_after(home, "\t\tJose\t")
    place = at_work(home, open_here(home, KEY, clock), clock)
    again = open_page(RegisterPage, place)
    again.idle()
    draft = _page(again).form.collect()
    assert draft.joined and draft.family is not None
    assert draft.family.members == (mother,)
    assert draft.form == {"profile": "VP", "municipality": "08758", "given_names": "Jose"}
    place.close()


def test_the_focus_comes_back_to_where_she_was(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    _fill(hands)
    _page(hands).form.return_to("documents#1")
    number = hands.focus()
    assert isinstance(number, QLineEdit) and number.accessibleName() == "Número"
    hands.page.hide()
    hands.idle()
    kept = register_kept.read(kept_form(point_a, PAGE))
    assert kept is not None and kept.focus == "documents#1"
    page = _page(open_page(RegisterPage, point_a))
    page.take_up(kept)
    number = hands.focus()
    assert isinstance(number, QLineEdit) and number.accessibleName() == "Número"
    assert page.services.chosen() == ("ORI",)
    assert page.authorisation.consent() == Consent(general=True, sensitive=False)


def test_another_operator_has_a_page_of_her_own(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    _fill(hands)
    hands.page.hide()
    hands.idle()
    luz = replace(point_a, operator=replace(point_a.operator, id=OTHER_AUTHOR))
    hers = open_page(RegisterPage, luz)
    hers.idle()
    assert _page(hers).form.collect().blank
    assert kept_form(luz, PAGE) == "" and kept_form(point_a, PAGE)


def test_what_is_saved_is_open_no_more_and_the_family_stays(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = _fill(hands)
    hands.page.hide()
    hands.idle()
    assert "Urdaneta" in kept_form(point_a, PAGE)
    page.save()
    hands.idle()
    kept = register_kept.read(kept_form(point_a, PAGE))
    assert kept is not None and kept.draft.form == {} and not kept.draft.joined
    assert kept.draft.family is not None
    assert [member.name for member in kept.draft.family.members] == ["Yuleidy U."]
    page.new_family()
    hands.idle()
    assert kept_form(point_a, PAGE) == ""


def test_a_save_that_fails_keeps_the_form(
    point_a: Workplace, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("No queda espacio.")

    hands = open_page(RegisterPage, point_a)
    page = _fill(hands)
    monkeypatch.setattr(register_saving, "register_attendee", full)
    page.save()
    hands.idle()
    assert "Urdaneta" in kept_form(point_a, PAGE)


def test_form_and_save_go_in_one_transaction(
    point_a: Workplace, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written for the page fails, and so nobody is saved either."""
    hands = open_page(RegisterPage, point_a)
    page = _fill(hands)
    hands.page.hide()
    hands.idle()
    before = kept_form(point_a, PAGE)

    def cut(*_: object) -> None:
        raise DiskFull("No queda espacio.")

    monkeypatch.setattr("fairclient.usecases.register_attendee.keep_within", cut)
    page.save()
    hands.idle()
    with point_a.store.read() as session:
        assert people.find(session, "Urdaneta") == []
    assert kept_form(point_a, PAGE) == before


def test_who_is_known_comes_back_as_she_is_known(point_a: Workplace, open_page: Open) -> None:
    known = register(point_a, given="Sol", surname="Ensayo")
    hands = open_page(RegisterPage, point_a)
    _page(hands).take_returning(known.attendee)
    hands.idle()
    hands.page.hide()
    hands.idle()
    other = open_page(RegisterPage, point_a)
    other.idle()
    draft = _page(other).form.collect()
    assert draft.returning == known.attendee
    assert draft.known is not None and draft.known.given_names == "Sol"


def test_closing_the_window_keeps_what_is_under_way(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = _page(hands)
    page.form.return_to("given_names#0")
    hands.type("Yul")
    page.put_down()
    assert "Yul" in kept_form(point_a, PAGE)


def test_who_refuses_leaves_no_name_on_the_disk(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    _fill(hands, SOME | {"notes": "vive en la esquina"})
    hands.idle()
    assert "Urdaneta" in kept_form(point_a, PAGE)
    _page(hands).authorisation.general.setFocus()
    hands.press(Qt.Key.Key_N)
    kept = register_kept.read(kept_form(point_a, PAGE))
    assert kept is not None and kept.draft.form == {"sex": "F", "profile": "VP"}


def test_a_form_of_yesterday_is_forgotten(point_a: Workplace, open_page: Open, clock: FixedClock) -> None:
    luz = replace(point_a, operator=replace(point_a.operator, id=OTHER_AUTHOR))
    keep_form(luz, OpenForm(PAGE, "{}"))
    hands = open_page(RegisterPage, point_a)
    _fill(hands)
    hands.page.hide()
    hands.idle()
    clock.advance(23 * 3600)
    assert "Urdaneta" in kept_form(point_a, PAGE)
    clock.advance(2 * 3600)
    assert kept_form(point_a, PAGE) == "" == kept_form(luz, PAGE)


def test_a_form_of_another_version_is_left_aside(point_a: Workplace, open_page: Open) -> None:
    keep_form(point_a, OpenForm(PAGE, '{"draft": {"form": 3}}'))
    hands = open_page(RegisterPage, point_a)
    hands.idle()
    assert _page(hands).form.collect().blank
    assert hands.trouble == []


def test_a_kept_form_reads_back_as_it_was() -> None:
    member = Member(OTHER_AUTHOR, "Sol E.", "A-001", minor=False)
    draft = Draft(
        form=SOME,
        services=("ORI", "SAL"),
        consent=Consent(general=True, language="pt"),
        family=Family(OTHER_AUTHOR, (member,), {"profile": "VP"}, ("Urdaneta",)),
        joined=True,
        apart=(OTHER_AUTHOR,),
    )
    kept = KeptForm(draft, "given_names#0")
    assert register_kept.read(register_kept.write(kept)) == kept
    assert register_kept.write(KeptForm(Draft())) == ""
