"""What is half-filled on the registration page, and the registration that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from fairclient.domain.anonymous import KEYS, without_identity
from fairclient.domain.answers import Answers
from fairclient.domain.authorisation_texts import current_text
from fairclient.domain.document_numbers import normalise_number
from fairclient.domain.form import FormRead, read_household
from fairclient.domain.normalise import tidy
from fairclient.domain.questions import QUESTIONS
from fairclient.domain.short_name import display_name
from fairclient.usecases.register_attendee import Registered, Registration
from sync.wire.attendee import Attendee, Document
from sync.wire.authorisation import Authorisation

NOBODY = "00000000-0000-0000-0000-000000000000"
"""Stands for the person until the use case has made her id."""

_SHARED = frozenset(asked.key for asked in QUESTIONS if asked.shared)


@dataclass(frozen=True)
class Represented:
    """Who answers for a child; ``other`` is somebody present who isn't registered.

    ``alone`` is a child who came without an adult: the protection route, and nothing that anybody authorises.
    """

    representative: str | None = None
    other: bool = False
    relation: str = ""
    other_name: str = ""
    other_type: str = ""
    other_number: str = ""
    alone: bool = False


NOT_SAID = Represented()
"""Nobody has said yet who answers."""


@dataclass(frozen=True)
class Consent(Represented):
    """What was answered to the authorisation; None is not asked yet, which is never a yes."""

    general: bool | None = None
    sensitive: bool | None = None
    sharing: bool = False
    follow_up: bool = False
    image: bool = False
    statistics: bool = False
    language: str = "es"

    def answered(self, purpose: str, answer: bool | None) -> Consent:
        """These answers with one more. Who allows nothing allows nothing in particular either."""
        changed = replace(self, **{purpose: answer})  # type: ignore[arg-type]  # purposes are bool fields
        if changed.general is not False:
            return changed
        return Consent(general=False, sensitive=False, language=self.language)

    def fact(self) -> Authorisation:
        """The proof to be kept, with the version and digest of the text that was read."""
        text = current_text(self.language)
        return Authorisation(
            attendee=NOBODY,
            text_version=text.version,
            text_digest=text.digest,
            language=text.language,
            channel="verbal",
            general=bool(self.general),
            sensitive=bool(self.sensitive),
            sharing=self.sharing,
            follow_up=self.follow_up,
            image=self.image,
            statistics=self.statistics,
            representative=self.representative,
            relation=self.relation,
            representative_name="" if self.representative else tidy(self.other_name),
            representative_documents=self._papers(),
        )

    def _papers(self) -> tuple[Document, ...]:
        """The document of somebody who represents a child and isn't registered."""
        number = normalise_number(self.other_type, self.other_number)
        if self.representative or not self.other_type or not number:
            return ()
        return (Document(type=self.other_type, number=number),)


@dataclass(frozen=True)
class Member:
    """Somebody of the family who has been saved."""

    attendee: str
    name: str
    turn: str
    minor: bool


@dataclass(frozen=True)
class Family:
    """The family of whom somebody was saved last: who, and what the next one need not be asked again."""

    household: str | None
    members: tuple[Member, ...] = ()
    shared: Mapping[str, str] = field(default_factory=dict)
    surnames: tuple[str, ...] = ()
    representative: str | None = None
    """Who answered for the child that was saved last, and what she is to it."""
    relation: str = ""

    def with_member(self, member: Member, form: Mapping[str, str]) -> Family:
        """The family with one person more, and her shared answers."""
        names = (form.get("first_surname", ""), form.get("second_surname", ""))
        surnames = dict.fromkeys((*self.surnames, *(name for name in names if name)))
        return replace(
            self,
            members=(*self.members, member),
            shared={**self.shared, **shared_of(form)},
            surnames=tuple(surnames),
        )


@dataclass(frozen=True)
class Draft:
    """Everything on the page that has not been saved."""

    form: Mapping[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    consent: Consent = Consent()
    family: Family | None = None
    joined: bool = False
    returning: str | None = None
    known: Attendee | None = None
    apart: tuple[str, ...] = ()
    """People who look like this one and are somebody else, as the registrar saw."""
    anonymous: bool = False
    """She did not authorise: nothing of her is on the page but what ``domain.anonymous`` asks."""
    parked: str = ""
    """The parked registration that was taken up here."""
    card: str = ""
    """Her id at another fair, where she was picked from those known from there."""
    paper: str = ""
    """The token id of the numbered paper slip that she was given while no printer worked."""
    paper_turn: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """The form, and what the rules want to know beside it: whether she came with a family."""
        household = self.family.household if self.joined and self.family else None
        return {**self.form, **({"household": household} if household else {})}

    @property
    def blank(self) -> bool:
        """Whether nothing was typed that belongs to this person alone."""
        own = {key: text for key, text in self.form.items() if root(key) not in _SHARED}
        return not own and not self.services and self.returning is None and not self.anonymous

    def allowed(self) -> Draft:
        """What may be kept: of somebody new who refuses, nothing that says who she is."""
        if self.consent.general is not False or self.returning is not None:
            return self
        form = {key: text for key, text in self.form.items() if key in KEYS}
        return replace(self, form=form, apart=())

    def without_name(self, today: date) -> Draft:
        """The same for who refuses: nothing stays that says who she is, and no family's answers either."""
        refused = Consent(general=False, sensitive=False, language=self.consent.language)
        return Draft(
            form=without_identity(self.form, today),
            services=self.services,
            consent=refused,
            family=self.family,
            anonymous=True,
            parked=self.parked,
            paper=self.paper,
            paper_turn=self.paper_turn,
        )

    def with_name(self) -> Draft:
        """The same for who authorises after all: her name is asked from the beginning."""
        form = {key: text for key, text in self.form.items() if key != "age_band"}
        return replace(self, form=form, consent=Consent(language=self.consent.language), anonymous=False)

    def is_minor(self, today: date) -> bool:
        """Whether the person is known to be under age."""
        return Answers(self.form, today).is_minor


def registration(draft: Draft, read: FormRead) -> Registration:
    """The registration of a draft whose form was read without a refusal."""
    made = replace(_registration(draft, read), on_paper=True, blank=draft.paper, draft=draft.parked)
    return replace(made, card=draft.card or None) if made.returning is None else made


def _registration(draft: Draft, read: FormRead) -> Registration:
    consent = draft.consent.fact() if draft.consent.general else None
    if draft.consent.alone:
        child = draft.known if draft.returning is not None else read.attendee
        if child is None:
            raise ValueError("a form that is refused makes no registration")
        child = child.model_copy(update={"unaccompanied": True})
        return Registration(child, (), returning=draft.returning)
    if draft.returning is not None and draft.known is not None:
        return Registration(draft.known, draft.services, consent, returning=draft.returning)
    if read.attendee is None:
        raise ValueError("a form that is refused makes no registration")
    if draft.anonymous:
        # That she was asked and refused is kept as it was answered; it names nobody.
        return Registration(read.attendee, draft.services, draft.consent.fact())
    if draft.joined and draft.family is not None and draft.family.household is not None:
        attendee = read.attendee.model_copy(update={"household": draft.family.household})
        return Registration(attendee, draft.services, consent, not_same=draft.apart)
    return Registration(
        read.attendee,
        draft.services,
        consent,
        household=read_household(draft.form, read.attendee),
        not_same=draft.apart,
    )


def following(family: Family | None) -> Draft:
    """The next of the family: nothing of her own, everything that the family shares."""
    if family is None:
        return Draft()
    return Draft(form=dict(family.shared), family=family, joined=True)


def grown(draft: Draft, done: Registered, today: date) -> Family:
    """The family after this person was saved: the one that she joined, or one of her own."""
    if draft.anonymous:
        return draft.family or Family(None)
    form = draft.form
    name = display_name(form.get("given_names", ""), form.get("first_surname", ""))
    member = Member(done.attendee, name, done.slip.turn, draft.is_minor(today))
    joined = draft.family if draft.joined or draft.returning is not None else None
    family = (joined or Family(done.household)).with_member(member, form)
    if draft.consent.representative is None:
        return family
    return replace(family, representative=draft.consent.representative, relation=draft.consent.relation)


def shared_of(form: Mapping[str, str]) -> dict[str, str]:
    """The answers that everybody of a family shares."""
    return {key: text for key, text in form.items() if root(key) in _SHARED}


def root(key: str) -> str:
    """The question of a form's key: "documents" for "documents.0.number"."""
    return key.partition(".")[0]
