"""A person who comes to a fair (persona atendida)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from sync.wire.fact import PLAIN, Code, Fact, Id, Name, Paragraph, Part, Short


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
    """

    KIND: ClassVar[str] = "attendee"

    given_names: Name
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
