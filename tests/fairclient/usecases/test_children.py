"""Children: who may authorise for them, and what happens to one who came alone (DP-04, DP-05)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput, Unauthorised
from fairclient.store.queries import people, reference
from fairclient.store.queries.alone import Alone, alone
from fairclient.store.queries.people import PersonPage
from fairclient.store.queries.rows import facts, one
from fairclient.usecases.issue_slip import slip_content
from fairclient.usecases.register_attendee import Registered, Registration, register_attendee
from fairclient.usecases.represent_child import represent_child
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee, Document
from sync.wire.authorisation import Authorisation
from sync.wire.desk import Desk
from sync.wire.referral import Referral
from sync.wire.service import Service
from tests.fairclient.store.making import Fair, attendee
from tests.fairclient.ui.pages.tent import NOBODY, as_role, carry, hear_of, laptop, register

CHILD = date(2014, 5, 1)
"""Twelve years old at the fair."""


def said(**more: object) -> Authorisation:
    """What somebody authorised."""
    known = {"attendee": NOBODY, "text_version": "es-1", "text_digest": "ab" * 32, "general": True}
    return Authorisation.model_validate(known | more)


def put_down(place: Workplace, person: Attendee, authorisation: Authorisation | None = None) -> Registered:
    """Register somebody."""
    return register_attendee(place, Registration(person, ("ORI",), authorisation))


def told(place: Workplace, attendee_id: str) -> PersonPage:
    """The page of a person."""
    with place.store.read() as session:
        found = people.person(session, attendee_id)
    assert found is not None
    return found


def waiting(place: Workplace) -> tuple[Alone, ...]:
    """The children who came alone."""
    with place.store.read() as session:
        return alone(session, reference.fair(session).starts)


@pytest.fixture
def protection(fair: Fair, point_a: Workplace) -> Workplace:
    """The fair has a desk for children."""
    fair.add(
        (fair.id[:-4] + "00d1", Service(code="NNA", name_es="Mesa D", sector="PRO-CP", sensitive=True)),
        (fair.id[:-4] + "00d2", Service(code="VBG", name_es="Mesa D", sector="PRO-GBV", sensitive=True)),
        (fair.id[:-4] + "00d3", Desk(letter="D", name="Mesa D", services=("NNA", "VBG"), order=3)),
    )
    hear_of(point_a, fair)
    return point_a


class TestWhoAuthorises:
    def test_a_grown_up_answers_for_herself(self, point_a: Workplace) -> None:
        head = register(point_a, given="Rosa")
        with pytest.raises(BadInput, match="por sí misma"):
            put_down(point_a, attendee("Luz"), said(representative=head.attendee, relation="MAD"))
        put_down(point_a, attendee("Luz"), said(representative=head.attendee, relation="APO"))

    def test_only_a_grown_up_who_is_known_answers_for_a_child(self, point_a: Workplace) -> None:
        sister = register(point_a, given="Ana", birth_date=CHILD)
        for representative in (sister.attendee, "01890000-0000-7000-8000-00000000dead"):
            with pytest.raises(BadInput, match="persona adulta"):
                put_down(
                    point_a,
                    attendee("José", birth_date=CHILD),
                    said(representative=representative, relation="HER"),
                )
        with point_a.store.read() as session:
            assert len(list(facts(session, Attendee))) == 1

    def test_somebody_present_is_kept_by_name_and_document(self, point_a: Workplace) -> None:
        paper = Document(type="CC", number="1000000001")
        more = {
            "relation": "ABU",
            "representative_name": "Elvira Ensayo",
            "representative_documents": (paper,),
        }
        done = put_down(point_a, attendee("José", birth_date=CHILD), said(**more))
        (proof,) = told(point_a, done.attendee).authorisations
        assert (proof.representative_name, proof.representative_documents) == ("Elvira Ensayo", (paper,))


class TestAlone:
    def child(self, place: Workplace) -> Registered:
        """A boy who came alone, with everything that somebody might have typed about him."""
        return put_down(
            place,
            attendee(
                "José Gregorio",
                "Urdaneta",
                birth_date=CHILD,
                unaccompanied=True,
                notes="cruzó solo",
                migration_status="1",
                municipality="08758",
            ),
            said(),
        )

    def test_as_little_as_possible_is_written(self, protection: Workplace) -> None:
        done = self.child(protection)
        with protection.store.read() as session:
            kept = one(session, Attendee, done.attendee)
        assert kept is not None
        assert kept[1] == Attendee(
            given_names="José",
            sex="F",
            profile="1",
            birth_date=date(2014, 1, 1),
            birth_estimated=True,
            unaccompanied=True,
        )
        assert told(protection, done.attendee).authorisations == ()
        assert done.household is None

    def test_the_only_referral_is_urgent_and_to_protection(self, protection: Workplace) -> None:
        done = self.child(protection)
        with protection.store.read() as session:
            asked = [fact for kept, fact in facts(session, Referral) if kept.subject in done.referrals]
        assert [(one_.service, one_.priority) for one_ in asked] == [("NNA", "urgent")]

    def test_the_slip_shows_a_letter_and_nothing_of_the_service(self, protection: Workplace) -> None:
        content = slip_content(protection, self.child(protection).slip.slip)
        assert content.desks == ("D",)
        assert content.display_name == "José"
        assert "NNA" not in repr(content) and "niñez" not in repr(content)

    def test_supervisors_are_told_here_and_at_other_laptops(
        self, protection: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
    ) -> None:
        done = self.child(protection)
        clock.advance(60)
        carry(protection, point_b, fair)
        for place in (protection, point_b):
            (found,) = waiting(place)
            assert (found.attendee, found.given_name, found.desks) == (done.attendee, "José", ("D",))
            assert found.state == "issued"
            assert not told(place, done.attendee).fact.unaccompanied

    def test_no_entry_says_more_in_its_header_than_anybody_else_s(self, protection: Workplace) -> None:
        ordinary = register(protection)
        child = self.child(protection)
        with protection.store.read() as session:
            kinds = [
                sorted(moment.kind for moment in people.person(session, one_).moments)  # type: ignore[union-attr]
                for one_ in (ordinary.attendee, child.attendee)
            ]
        assert set(kinds[1]) <= set(kinds[0])

    def test_a_fair_without_such_a_desk_still_gives_a_slip_and_the_alert(self, point_a: Workplace) -> None:
        done = self.child(point_a)
        assert done.referrals == ()
        assert [found.state for found in waiting(point_a)] == [""]

    def test_a_grown_up_does_not_take_this_route(self, point_a: Workplace) -> None:
        with pytest.raises(BadInput, match="mayor de edad"):
            put_down(point_a, attendee(unaccompanied=True))

    def test_one_who_is_known_keeps_what_was_written(self, protection: Workplace) -> None:
        before = put_down(protection, attendee("José", birth_date=CHILD), said(relation="MAD"))
        again = Registration(
            attendee("José", birth_date=CHILD, unaccompanied=True), (), returning=before.attendee
        )
        register_attendee(protection, again)
        assert told(protection, before.attendee).fact.birth_date == CHILD
        assert [found.attendee for found in waiting(protection)] == [before.attendee]

    def test_an_adult_who_answers_for_him_ends_it(self, protection: Workplace) -> None:
        done = self.child(protection)
        aunt = register(protection, given="Rosa")
        with pytest.raises(Unauthorised):
            represent_child(as_role(protection, "registrar"), done.attendee, said(relation="TIO"))
        with pytest.raises(BadInput, match="quién representa"):
            represent_child(protection, done.attendee, said(relation="TIO"))
        represent_child(protection, done.attendee, said(relation="TIO", representative=aunt.attendee))
        assert waiting(protection) == ()
        (proof,) = told(protection, done.attendee).authorisations
        assert proof.representative == aunt.attendee


def test_a_birthday_is_that_of_the_fairs_calendar(tmp_path: Path, clock: FixedClock) -> None:
    # Fourteen hours ahead of UTC: there it is tomorrow already.
    place = laptop(tmp_path, clock, Fair(clock, "Pacific/Kiritimati"), "A")
    tomorrow = clock.today() + timedelta(days=1)
    grown = attendee(birth_date=tomorrow.replace(year=tomorrow.year - 18), unaccompanied=True)
    with pytest.raises(BadInput) as refused:
        put_down(place, grown)
    assert refused.value.code == "adult-unaccompanied"
    place.close()
