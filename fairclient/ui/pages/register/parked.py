"""A draft of the page as it travels in a parked registration, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pydantic import TypeAdapter, ValidationError

from fairclient.domain.answers import DIVIDER
from fairclient.domain.birth import is_minor
from fairclient.domain.normalise import tidy_paragraph
from fairclient.domain.questions import QUESTIONS
from fairclient.domain.short_name import display_name
from fairclient.store.queries.drafts import Parked
from fairclient.store.queries.households import Member as Living
from fairclient.ui.pages.register.draft import Consent, Draft, Family, Member, root
from fairclient.usecases.park_registration import PARKED_BY, HalfDone

_CONSENT, _HOUSEHOLD, _APART, _RETURNING = "page.consent", "page.household", "page.apart", "page.returning"
_LONGEST = 4000
_ASKED = frozenset(asked.key for asked in QUESTIONS)
_CONSENTS = TypeAdapter(Consent)


def half_done(draft: Draft) -> HalfDone:
    """What is written of a draft; nothing in it but what the contract takes."""
    household = draft.family.household if draft.joined and draft.family else None
    beside = {
        _CONSENT: _CONSENTS.dump_json(draft.consent).decode(),
        _HOUSEHOLD: household or "",
        _APART: DIVIDER.join(draft.apart),
        _RETURNING: draft.returning or "",
    }
    answers = {} if draft.returning else dict(draft.form)
    form = {key: tidy_paragraph(text)[:_LONGEST] for key, text in (answers | beside).items()}
    return HalfDone(form, draft.services, draft.parked)


def taken_up(parked: Parked, members: Sequence[Living], operator: str, today: date) -> Draft:
    """The draft of a parked registration.

    What was answered to the authorisation stands only where the operator at work heard it herself: it is
    she who writes the proof. Anybody else asks again.
    """
    form = parked.fact.form
    mine = form.get(PARKED_BY) == operator
    household = form.get(_HOUSEHOLD) or None
    return Draft(
        form={key: text for key, text in form.items() if root(key) in _ASKED},
        services=parked.fact.services,
        consent=_consent(form.get(_CONSENT, ""), mine=mine),
        family=Family(household, tuple(_member(one, today) for one in members)) if household else None,
        joined=household is not None,
        returning=form.get(_RETURNING) or None,
        apart=tuple(filter(None, form.get(_APART, "").split(DIVIDER))),
        parked=parked.draft,
    )


def household_of(parked: Parked) -> str:
    """The household that the person belongs to, "" for none."""
    return parked.fact.form.get(_HOUSEHOLD, "")


def heard_by(parked: Parked, operator: str) -> bool:
    """Whether ``operator`` heard the authorisation herself."""
    return parked.fact.form.get(PARKED_BY) == operator


def _consent(text: str, *, mine: bool) -> Consent:
    try:
        consent = _CONSENTS.validate_json(text)
    except ValidationError:
        return Consent()
    return consent if mine else replace(Consent(), language=consent.language)


def _member(living: Living, today: date) -> Member:
    fact = living.fact
    minor = is_minor(fact.birth_date, today)
    return Member(living.attendee, display_name(fact.given_names, fact.first_surname), "", minor)
