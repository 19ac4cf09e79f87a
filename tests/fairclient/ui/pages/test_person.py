"""A person's page: what happened in time order, and the acts, all by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fairclient.base.clock import FixedClock
from fairclient.domain.catalogues import profiles
from fairclient.store import print_jobs
from fairclient.ui.pages.find.page import FindPage
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person import acts as person_acts
from fairclient.ui.pages.person.correct import CorrectSheet
from fairclient.ui.pages.person.decide import DecideSheet
from fairclient.ui.pages.person.export import ExportSheet
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.record_outcome import record_outcome, undo_outcome
from fairclient.usecases.register_attendee import Registered, Registration, register_attendee
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee
from sync.wire.outcome import Outcome
from tests.fairclient.store.making import AUTHOR, Fair
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, Lent, carry, known, register


@pytest.fixture
def mother(point_a: Workplace) -> Registered:
    """A registered woman with a family."""
    return register(point_a, given="Yuleidy", surname="Urdaneta", family="Urdaneta")


@pytest.fixture
def child(point_a: Workplace, mother: Registered) -> Registered:
    """Her child."""
    return register(point_a, given="José", surname="Urdaneta", household=mother.household, services=("EMP",))


def at_person(open_page: Open, place: Workplace, attendee: str) -> tuple[FindPage, Hands]:
    """The page of a person and hands on it."""
    hands = open_page(FindPage, place)
    assert isinstance(hands.page, FindPage)
    hands.page.receive(attendee)
    hands.idle()
    return hands.page, hands


def test_everything_that_happened_in_time_order(
    open_page: Open, point_a: Workplace, mother: Registered, clock: FixedClock
) -> None:
    clock.advance(600)
    read = read_slip(point_a, mother.slip.token)
    done = record_outcome(point_a, read, "ORI", "not_served", "PAPERS", "B")
    clock.advance(60)
    undo_outcome(point_a, done.outcome)
    clock.advance(60)
    record_outcome(point_a, read, "ORI", "served", desk="B")
    page, _hands = at_person(open_page, point_a, mother.attendee)
    told = page.person.timeline.words()
    order = [
        "Se registró a la persona",
        "Vino a la feria",
        "Recibió la ficha A-001",
        "Pidió Servicio ORI, Servicio SAL",
        "Autorizó: el registro",
        "No se atendió: Servicio ORI",
        "Por atender de nuevo: Servicio ORI",
        "Atendido: Servicio ORI",
    ]
    assert sorted(order[:5]) == sorted(one.split(". ")[0] for one in told[:5])
    assert [one.split(". ")[0] for one in told[5:]] == order[5:]
    assert "Le falta un documento" in told[5]
    assert all("Ana de Ensayo" in one and "Punto A" in one for one in told)


def test_referrals_and_slips_with_their_states(
    open_page: Open, point_a: Workplace, mother: Registered
) -> None:
    record_outcome(point_a, read_slip(point_a, mother.slip.token), "ORI", "served", desk="B")
    page, _hands = at_person(open_page, point_a, mother.attendee)
    assert page.person.referrals.words() == [
        "Servicio ORI. Atendido · mesa B",
        "Servicio SAL. Por atender",
    ]
    assert page.person.slip.words()[0].startswith("A-001. mesa B → mesa C")


def test_one_key_prints_a_copy(
    open_page: Open, point_a: Workplace, mother: Registered, lent: dict[Page, Lent]
) -> None:
    page, hands = at_person(open_page, point_a, mother.attendee)
    assert hands.focus() is page.person.acts.reprint
    hands.type("r")
    assert lent[page].paper.slips == [(mother.slip.slip, True)]
    hands.enter()
    assert len(lent[page].paper.slips) == 2
    assert "sigue sirviendo" in hands.news[-1]


def test_a_new_slip_voids_the_old_one_after_a_question(
    open_page: Open,
    point_a: Workplace,
    mother: Registered,
    lent: dict[Page, Lent],
    monkeypatch: pytest.MonkeyPatch,
    clock: FixedClock,
) -> None:
    clock.advance(60)
    answers = [False, True]
    monkeypatch.setattr(person_acts, "confirm", lambda *_args, **_more: answers.pop(0))
    page, hands = at_person(open_page, point_a, mother.attendee)
    hands.control(Qt.Key.Key_R)
    assert lent[page].paper.slips == []
    hands.control(Qt.Key.Key_R)
    slips = known(point_a, mother.attendee).slips
    assert [slip.void_reason for _id, slip in slips] == ["", "reissued"]
    assert lent[page].paper.slips == [(slips[0][0], False)]
    assert any("quedó anulada" in one for one in page.person.timeline.words())
    assert page.person.slip.standing() == slips[0]


def test_a_correction_writes_only_what_changed(
    open_page: Open, point_a: Workplace, child: Registered, clock: FixedClock
) -> None:
    clock.advance(60)
    page, hands = at_person(open_page, point_a, child.attendee)
    before = known(point_a, child.attendee)
    hands.press(Qt.Key.Key_F9)
    sheet = page.person.acts.sheet(CorrectSheet)
    assert sheet is not None and sheet.fields is not None
    sheet.fields.go_to("second_surname")
    hands.type("Paz")
    hands.control(Qt.Key.Key_Return)
    after = known(point_a, child.attendee)
    assert after.fact == before.fact.model_copy(update={"second_surname": "Paz"})
    assert after.moments[-1].changes == {"second_surname": "Paz"}
    assert "José Urdaneta Paz" in page.person.identity.words()
    assert "Se corrigió: segundo apellido" in page.person.timeline.words()[-1]
    assert "— → Paz" in page.person.timeline.words()[-1]
    assert sheet.isHidden()


def test_what_cannot_be_is_refused_beneath_its_field(
    open_page: Open, point_a: Workplace, mother: Registered
) -> None:
    page, hands = at_person(open_page, point_a, mother.attendee)
    hands.press(Qt.Key.Key_F9)
    sheet = page.person.acts.sheet(CorrectSheet)
    assert sheet is not None and sheet.fields is not None
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.press(Qt.Key.Key_Delete)
    hands.control(Qt.Key.Key_Return)
    assert sheet.isVisible()
    assert sheet.fields.fields["given_names"].level() == "refuse"
    assert known(point_a, mother.attendee).fact.given_names == "Yuleidy"


def test_nothing_changed_is_said(open_page: Open, point_a: Workplace, mother: Registered) -> None:
    page, hands = at_person(open_page, point_a, mother.attendee)
    count = len(known(point_a, mother.attendee).moments)
    hands.press(Qt.Key.Key_F9)
    hands.control(Qt.Key.Key_Return)
    sheet = page.person.acts.sheet(CorrectSheet)
    assert sheet is not None and "No cambió nada" in sheet.notice.words()
    assert len(known(point_a, mother.attendee).moments) == count


def test_no_key_of_the_page_works_under_a_sheet(
    open_page: Open, point_a: Workplace, mother: Registered, lent: dict[Page, Lent]
) -> None:
    page, hands = at_person(open_page, point_a, mother.attendee)
    hands.press(Qt.Key.Key_F8)
    hands.type("r")
    assert lent[page].paper.slips == []
    hands.press(Qt.Key.Key_Escape)
    assert page.shows_person()
    assert hands.focus() is page.person.acts.reprint
    hands.type("r")
    assert len(lent[page].paper.slips) == 1


def test_more_services_get_a_slip_of_their_own(
    open_page: Open, point_a: Workplace, mother: Registered, lent: dict[Page, Lent], clock: FixedClock
) -> None:
    clock.advance(60)
    page, hands = at_person(open_page, point_a, mother.attendee)
    hands.press(Qt.Key.Key_F8)
    hands.control(Qt.Key.Key_Return)  # nothing is picked: nothing happens
    assert len(known(point_a, mother.attendee).slips) == 1
    hands.press(Qt.Key.Key_Space)
    hands.control(Qt.Key.Key_Return)
    after = known(point_a, mother.attendee)
    assert [one.service for one in after.referrals] == ["ORI", "SAL", "EMP"]
    assert lent[page].paper.slips == [(after.slips[0][0], False)]
    assert after.slips[0][1].services == ("EMP",)
    assert f"Turno {after.slips[0][1].turn}" in hands.news[-1]


def test_the_family_is_one_step_away(
    open_page: Open, point_a: Workplace, mother: Registered, child: Registered
) -> None:
    page, hands = at_person(open_page, point_a, mother.attendee)
    (link,) = page.person.family.links()
    link.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert "José Urdaneta" in page.person.identity.words()
    assert child.attendee == page.person.attendee()


def test_two_corrections_of_one_thing_ask_for_a_look(
    open_page: Open,
    point_a: Workplace,
    point_b: Workplace,
    fair: Fair,
    mother: Registered,
    clock: FixedClock,
) -> None:
    carry(point_a, point_b, fair)
    for at, (place, name) in enumerate(((point_a, "Yuleidi"), (point_b, "Yuleydi"))):
        clock.advance(60 + at)
        correct_attendee(
            place, mother.attendee, {"given_names": name}, known(place, mother.attendee).revision
        )
    carry(point_b, point_a, fair)
    page, _hands = at_person(open_page, point_a, mother.attendee)
    assert "Dos equipos corrigieron lo mismo: nombres." in page.person.notices.conflicts.words()


@pytest.mark.parametrize(("safe", "words"), [("N", "No la llame"), ("L", "como se acordó"), ("S", "")])
def test_whether_it_is_safe_to_call_comes_first(
    open_page: Open, point_a: Workplace, safe: str, words: str
) -> None:
    done = register(point_a, safe_contact=safe)
    page, _hands = at_person(open_page, point_a, done.attendee)
    assert (words in page.person.identity.words()) and bool(words) != page.person.identity.is_safe()


def test_somebody_who_is_not_here_leads_back(open_page: Open, point_a: Workplace) -> None:
    page, hands = at_person(open_page, point_a, "01890000-0000-7000-8000-00000000dead")
    assert not page.shows_person()
    assert "no está en este equipo" in str(hands.trouble[0])


def test_copies_stand_in_the_history(
    open_page: Open, point_a: Workplace, mother: Registered, clock: FixedClock
) -> None:
    clock.advance(60)
    with point_a.store.transaction() as connection:
        for at, again in enumerate((False, True)):
            print_jobs.add(connection, mother.slip.slip, again=again, at_ms=clock.now_ms() + at)
            connection.exec_driver_sql("UPDATE print_job SET state = 'printed'")
    page, _hands = at_person(open_page, point_a, mother.attendee)
    told = [one.split(". ")[0] for one in page.person.timeline.words()]
    assert told[-2:] == ["Se imprimió la ficha", "Se imprimió una copia de la ficha"]


def test_who_is_here_twice_is_decided_by_a_key_and_not_asked_again(
    open_page: Open, point_a: Workplace, mother: Registered, clock: FixedClock
) -> None:
    other = register(point_a, given="Yuleidi", surname="Urdaneta")
    clock.advance(60)
    page, hands = at_person(open_page, point_a, mother.attendee)
    assert "Yuleidi Urdaneta" in page.person.twice.words()[0]
    assert page.person.notices.shared.isVisible()
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert page.person.twice.isHidden() and page.person.notices.shared.isHidden()
    assert page.person.timeline.words()[-1].startswith("No es la misma persona que Yuleidi Urdaneta")
    page.receive(other.attendee)
    hands.idle()
    assert page.person.twice.isHidden()
    assert page.person.timeline.words()[-1].startswith("No es la misma persona que Yuleidy Urdaneta")


def test_one_of_two_values_is_chosen_by_keys(
    open_page: Open,
    point_a: Workplace,
    point_b: Workplace,
    fair: Fair,
    mother: Registered,
    clock: FixedClock,
) -> None:
    carry(point_a, point_b, fair)
    for at, (place, name) in enumerate(((point_a, "Centro"), (point_b, "Norte"))):
        clock.advance(60 + at)
        revision = known(place, mother.attendee).revision
        correct_attendee(place, mother.attendee, {"neighbourhood": name}, revision)
    carry(point_b, point_a, fair)
    page, hands = at_person(open_page, point_a, mother.attendee)
    hands.press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    sheet = page.person.acts.sheet(DecideSheet)
    assert sheet is not None
    assert [button.text() for button in sheet.groups["neighbourhood"].buttons()] == ["Centro", "Norte"]
    hands.press(Qt.Key.Key_Up)
    hands.control(Qt.Key.Key_Return)
    assert sheet.isHidden() and page.person.acts.decide.isHidden()
    assert known(point_a, mother.attendee).fact.neighbourhood == "Centro"


def test_what_is_kept_about_her_is_written_by_keys(
    open_page: Open, point_a: Workplace, mother: Registered, tmp_path: Path
) -> None:
    page, hands = at_person(open_page, point_a, mother.attendee)
    hands.press(Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    sheet = page.person.acts.sheet(ExportSheet)
    assert sheet is not None
    sheet.folder = tmp_path
    hands.press(Qt.Key.Key_2)
    hands.control(Qt.Key.Key_Return)
    assert sheet.isHidden()
    (written,) = tmp_path.glob("mis-datos-*.json")
    assert "Yuleidy" not in written.name and "Yuleidy" in written.read_text(encoding="utf-8")


def test_a_no_show_after_somebody_was_served_says_what_it_is(
    open_page: Open, point_a: Workplace, mother: Registered, clock: FixedClock
) -> None:
    clock.advance(60)
    record_outcome(point_a, read_slip(point_a, mother.slip.token), "ORI", "served", desk="B")
    with point_a.store.write(AUTHOR) as work:
        work.create(
            Outcome(
                service="ORI", result="no_show", token_id=known(point_a, mother.attendee).slips[0][1].token_id
            )
        )
    page, _hands = at_person(open_page, point_a, mother.attendee)
    assert page.person.timeline.words()[-1].startswith(
        "Al cerrar el día no constaba su atención: Servicio ORI"
    )
    assert page.person.referrals.words()[0].startswith("Servicio ORI. Atendido")


def test_of_somebody_without_a_name_nothing_is_to_be_corrected(open_page: Open, point_a: Workplace) -> None:
    nobody = Attendee(anonymous=True, sex="F", age_band="26-59", profile=profiles()[0].code)
    done = register_attendee(point_a, Registration(nobody, ("ORI",)))
    page, hands = at_person(open_page, point_a, done.attendee)
    assert page.person.identity.words().startswith("Sin identificar. No se guarda quién es")
    assert "26-59 años" in page.person.identity.words()
    acts = page.person.acts
    assert not acts.correct.isEnabled() and not acts.household.isEnabled()
    assert acts.export.isHidden() and acts.reprint.isEnabled()
    page.back_to_search()
    hands.type(done.slip.code)
    hands.idle()
    assert page.model.data(page.model.index(0, 0)) == "Sin identificar"


def test_news_leave_the_focus_on_a_link(
    open_page: Open, point_a: Workplace, mother: Registered, child: Registered
) -> None:
    page, hands = at_person(open_page, point_a, mother.attendee)
    (link,) = page.person.family.links()
    link.setFocus()
    page.heed({"attendee"})
    hands.idle()
    assert hands.focus() is link
