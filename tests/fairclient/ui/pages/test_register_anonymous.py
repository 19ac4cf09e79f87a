"""Who does not authorise is served and counted without a name, and what was typed of her is forgotten."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fairclient.base.errors import SayError
from fairclient.documents.scan import read_scan
from fairclient.documents.scanned import ScannedDocument, ScannedSlip
from fairclient.reports import attendance_columns
from fairclient.reports.counted_people import ALL, count_people
from fairclient.store.queries import people, person, report_rows, slips
from fairclient.store.queries.names import full_name
from fairclient.store.replay import replay
from fairclient.ui.pages.register.draft import Consent
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.usecases.issue_slip import slip_content
from fairclient.usecases.keep_form import kept_form
from fairclient.usecases.look_alike import Query, look_alike
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee
from tests.fairclient.documents import papers
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands

SOME = {
    "documents.0.type": "PPT",
    "documents.0.number": "5482193",
    "given_names": "Yuleidy",
    "first_surname": "Urdaneta",
    "birth_date": "12/08/1988",
    "sex": "F",
    "profile": "VP",
    "notes": "vive en la esquina",
}
ALT = Qt.KeyboardModifier.AltModifier


def _refuse(hands: Hands, form: dict[str, str] = SOME) -> RegisterPage:
    """Somebody is half typed, and says no."""
    page = hands.page
    assert isinstance(page, RegisterPage)
    page.fill(form)
    page.services.set_chosen(("ORI", "SAL"))
    page.authorisation.general.setFocus()
    hands.press(Qt.Key.Key_N)
    return page


def _only(place: Workplace) -> str:
    """The id of the only person of the day."""
    with place.store.read() as session:
        (slip,) = slips.of_day(session, place.today())
        found = slips.by_id(session, slip)
    assert found is not None
    return found[0].attendee


def test_one_key_leads_on_without_a_name(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = _refuse(hands)
    assert page.form.refusal.isVisible() and "Alt+I" in page.form.refusal.go_on.accessibleDescription()
    hands.press(Qt.Key.Key_I, ALT)
    assert page.form.anonymous.isVisible()
    assert not (page.person.isVisible() or page.more.isVisible() or page.form.refusal.isVisible())
    assert page.form.collect().form == {"sex": "F", "profile": "VP", "age_band": "26-59"}
    hands.control(Qt.Key.Key_Return)
    attendee = _only(point_a)
    with point_a.store.read() as session:
        shown = person.person(session, attendee)
    assert shown is not None
    assert shown.fact == Attendee(anonymous=True, sex="F", profile="VP", age_band="26-59")
    assert sorted(referral.service for referral in shown.referrals) == ["ORI", "SAL"]
    (said,) = shown.authorisations
    assert (said.general, said.sensitive, said.representative) == (False, False, None)
    ((slip, fact),) = shown.slips
    assert fact.display_name == "" and slip_content(point_a, slip).display_name == ""
    assert hands.news[-1].startswith("Sin nombre · turno A-001")
    assert page.person.isVisible() and page.form.collect().blank  # the next one is asked as always


def test_what_was_typed_is_gone_from_the_page_and_the_disk(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = _refuse(hands)
    hands.press(Qt.Key.Key_I, ALT)
    kept = kept_form(point_a, page.NAME)
    for told in ("Yuleidy", "Urdaneta", "5482193", "1988", "esquina"):
        assert told not in kept
    hands.press(Qt.Key.Key_Escape)  # she authorises after all: nothing comes back by itself
    assert page.person.isVisible()
    assert page.form.collect().form == {"sex": "F", "profile": "VP"}
    assert page.authorisation.consent().general is None


def test_a_no_that_was_a_slip_of_the_finger_loses_nothing(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = _refuse(hands)
    hands.press(Qt.Key.Key_S)
    assert not page.form.refusal.isVisible()
    assert page.form.collect().form["given_names"] == "Yuleidy"


def test_who_authorises_after_all_is_asked_who_she_is(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = _refuse(hands)
    hands.press(Qt.Key.Key_I, ALT)
    page.authorisation.general.setFocus()
    hands.press(Qt.Key.Key_S)
    draft = page.form.collect()
    assert not draft.anonymous and draft.consent.general
    assert page.form.whereabouts() == "documents#0"


def test_what_is_missing_is_said_in_her_card(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = _refuse(hands, {"given_names": "Yuleidy"})
    hands.press(Qt.Key.Key_I, ALT)
    hands.control(Qt.Key.Key_Return)
    fields = page.form.anonymous.fields.fields
    assert fields["sex"].level() == fields["profile"].level() == "refuse"
    assert page.form.whereabouts() == "sex#0"


def test_the_family_goes_on_without_her(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = hands.page
    assert isinstance(page, RegisterPage)
    page.fill(SOME)
    page.authorisation.set_consent(Consent(general=True))
    page.next_of_family()
    hands.idle()
    _refuse(hands, {"given_names": "Sol", "sex": "F"})
    hands.press(Qt.Key.Key_I, ALT)
    page.next_of_family()
    hands.idle()
    draft = page.form.collect()
    assert draft.family is not None and [one.name for one in draft.family.members] == ["Yuleidy U."]
    assert draft.joined and draft.form["profile"] == "VP"


def test_a_document_is_not_read_for_who_has_no_name(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = _refuse(hands)
    hands.press(Qt.Key.Key_I, ALT)
    scan = read_scan(papers.td1(names="GONZALEZ<<ANA"), point_a.today())
    assert isinstance(scan, ScannedDocument)
    page.take_scan(scan)
    assert isinstance(hands.trouble[-1], SayError) and "sin nombre" in str(hands.trouble[-1])
    assert "given_names" not in page.form.collect().form


def test_nobody_finds_her_and_every_list_counts_her(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    _refuse(hands)
    hands.press(Qt.Key.Key_I, ALT)
    hands.control(Qt.Key.Key_Return)
    attendee = _only(point_a)
    assert look_alike(point_a, Query(given_names="Yuleidy", first_surname="Urdaneta", sex="F")) == []
    with point_a.store.read() as session:
        assert people.find(session, "Urdaneta") == [] and people.find(session, "identificar") == []
        day = report_rows.of_day(session, point_a.today())
        shown = person.person(session, attendee)
        indexed = session.connection().exec_driver_sql("SELECT count(*) FROM likeness").scalar_one()
    assert shown is not None and full_name(shown.fact) == "Sin identificar"
    assert indexed == 0
    (row,) = day.people
    names = [column for column in attendance_columns.COLUMNS if column.heading in ("Nombres", "Edad")]
    assert [column.value(day, row) for column in names] == ["Sin identificar", "26 a 59"]
    assert row.authorised is False
    assert count_people(day, shared=False).cells.count((ALL, "26-59", "F")) == 1
    assert replay(point_a.store).identical


def test_she_comes_back_with_her_slip_and_gets_another(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = _refuse(hands)
    hands.press(Qt.Key.Key_I, ALT)
    hands.control(Qt.Key.Key_Return)
    attendee = _only(point_a)
    with point_a.store.read() as session:
        (slip,) = slips.of_day(session, point_a.today())
    page.take_scan(ScannedSlip(slip_content(point_a, slip).token))
    hands.idle()
    hands.idle()
    hands.idle()
    assert page.form.collect().returning == attendee
    page.services.set_chosen(("EMP",))
    page.save()
    hands.idle()
    with point_a.store.read() as session:
        shown = person.person(session, attendee)
    assert shown is not None and [fact.display_name for _slip, fact in shown.slips] == ["", ""]
    assert len(shown.authorisations) == 1
