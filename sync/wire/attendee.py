"""A person who comes to a fair (persona atendida)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from sync.wire.fact import PLAIN, Code, Fact, Id, Paragraph, Part, Short

GivenNames = Annotated[str, StringConstraints(pattern=f"^{PLAIN}*$", max_length=80)]


class Document(Part):
    """A paper that says who somebody is; a person may have none, one or several."""

    type: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,8}$")]
    number: Annotated[str, StringConstraints(pattern=f"^{PLAIN}*$", min_length=1, max_length=32)]
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    expires: date | None = None


class Phone(Part):
    """A telephone number and whose it is ("" = the person's own)."""

    number: Annotated[str, StringConstraints(pattern=r"^\+?[0-9 ]{3,24}$")]
    owner: Short = ""


class Attendee(Fact):
    """Who somebody is, as told at the registration desk.

    Coded answers use the catalogues of `resources/catalogues`; `""` is "not asked", `"97"` "prefers not to
    answer", `"99"` "does not know". The sensitive ones (Ley 1581 de 2012, art. 5) are marked in the
    questions.

    Who does not authorise the treatment of her data is served and counted all the same: an `anonymous`
    attendee has none of the answers that say who somebody is, nor any sensitive one. `unaccompanied` is a
    child or adolescent without an adult who answers for him (protection route).
    """

    KIND: ClassVar[str] = "attendee"

    given_names: GivenNames = ""
    first_surname: Short = ""
    second_surname: Short = ""
    sex: Literal["F", "M", "I", "NB"]
    birth_date: date | None = None
    birth_estimated: bool = False
    profile: Code
    nationality: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    documents: Annotated[tuple[Document, ...], Field(max_length=12)] = ()
    phones: Annotated[tuple[Phone, ...], Field(max_length=8)] = ()
    municipality: Annotated[str, StringConstraints(pattern=r"^([0-9]{5})?$")] = ""
    neighbourhood: Short = ""
    household: Id | None = None
    household_role: Code = ""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "es"
    migration_status: Code = ""
    ethnicity: Code = ""
    gender_identity: Code = ""
    functioning: Annotated[tuple[Code, ...], Field(max_length=6)] = ()
    disability: Code = ""
    education: Code = ""
    health_regime: Code = ""
    eps: Code = ""
    sisben: Code = ""
    pregnant: Code = ""
    specific_needs: Annotated[tuple[Code, ...], Field(max_length=16)] = ()
    safe_contact: Literal["", "S", "L", "N"] = ""
    """Whether getting in touch is safe: S at any time, L only as agreed (in notes), N never; "" not asked."""
    notes: Paragraph = ""
    anonymous: bool = False
    age_band: Literal["", "0-5", "6-12", "13-17", "18-25", "26-59", "60+"] = ""
    unaccompanied: bool = False

    @model_validator(mode="after")
    def _says_who_or_nothing(self) -> Self:
        if not self.anonymous and not self.given_names:
            raise ValueError("given_names is empty")
        told = {name for name in self.model_fields_set if getattr(self, name) != _default(name)}
        if self.anonymous and not told <= ANONYMOUS_FIELDS:
            raise ValueError(f"an anonymous attendee tells {min(told - ANONYMOUS_FIELDS)}")
        return self

    @classmethod
    def check_change(cls, change: Mapping[str, Any]) -> None:
        """Refuse changes that would take a name away, or turn somebody into an anonymous attendee or back."""
        super().check_change(change)
        if "anonymous" in change or change.get("given_names") == "":
            raise ValueError("who somebody is can't be taken away by a change")

    def takes(self, name: str) -> bool:
        """An anonymous attendee tells no more by a change than she may tell at first."""
        return not self.anonymous or name in ANONYMOUS_FIELDS


ANONYMOUS_FIELDS: Final = frozenset({"anonymous", "sex", "age_band", "profile", "language", "unaccompanied"})
"""All that is kept of somebody who did not authorise more."""


def _default(name: str) -> Any:
    return Attendee.model_fields[name].default
