"""What reports are made of: a day's people and counts, as the store's queries hand them over.

Codes are those of the catalogues and of the fair's own reference data; reports put them in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

State = Literal["served", "not_served", "referred_on", "no_show", "void", "open"]

STATES: Final[tuple[State, ...]] = ("served", "not_served", "referred_on", "no_show", "void", "open")
"""Where a referral can stand at the end of a day; together they are all that were issued."""


@dataclass(frozen=True)
class FairHeading:
    """Which fair a report is about; ``municipality`` is a name, not a code."""

    name: str
    organiser: str = ""
    municipality: str = ""
    place: str = ""
    fictional: bool = False


@dataclass(frozen=True)
class AttendanceRow:
    """A person who came that day.

    ``code`` is the beneficiary's code (opaque), ``household`` the code of the associated case,
    ``municipality`` a DIVIPOLA code, ``documents`` are (type, number) pairs, ``age`` is in whole years on the
    day (None: not known). ``authorised`` and ``image`` are None where nothing was recorded. An ``anonymous``
    person has an ``age_band`` at most; the others' follows from their age.
    """

    code: str
    given_names: str
    surnames: str
    sex: str
    age: int | None
    profile: str
    documents: tuple[tuple[str, str], ...] = ()
    disability: str = ""
    phone: str = ""
    household: str = ""
    ethnicity: str = ""
    municipality: str = ""
    neighbourhood: str = ""
    returning: bool = False
    authorised: bool | None = None
    image: bool | None = None
    anonymous: bool = False
    age_band: str = ""


@dataclass(frozen=True)
class ServiceOffered:
    """A service of the fair; a ``sensitive`` one is never named in what is shared (DP-16, DP-17)."""

    code: str
    name_es: str
    name_en: str = ""
    sensitive: bool = False


@dataclass(frozen=True)
class DeskOpen:
    """A desk: its letter, its neutral name and the codes of its services."""

    letter: str
    name: str
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReferralCount:
    """How many referrals of a service at a desk stand in a state, for a reason ("" where there is none)."""

    service: str
    desk: str
    state: State
    count: int
    reason: str = ""


@dataclass(frozen=True)
class CarriedRow:
    """Somebody for another day: what she asked for and did not get, and why (a reason's code).

    ``why`` is also ``POSTPONED`` (told to come back, and not seen again) or ``UNSEEN`` (no desk saw her). An
    ``anonymous`` person has no name.
    """

    turn: str
    given_names: str
    surnames: str
    service: str
    why: str
    phone: str = ""
    anonymous: bool = False


@dataclass(frozen=True)
class DayFigures:
    """Everything that the reports of one day need; each may be empty.

    ``people`` are in the order in which they came, ``services`` and ``desks`` in the fair's own order.
    ``slips`` counts all that were issued, ``slips_void`` those that no longer hold. ``four_eyes`` is None
    until the day is closed; until then the counts of protected services are left out of ``referrals``.
    """

    heading: FairHeading
    day: date
    people: tuple[AttendanceRow, ...] = ()
    services: tuple[ServiceOffered, ...] = ()
    desks: tuple[DeskOpen, ...] = ()
    referrals: tuple[ReferralCount, ...] = ()
    households: int = 0
    slips: int = 0
    slips_void: int = 0
    stations: int = 0
    closed_by: str = ""
    four_eyes: bool | None = None
    carried: tuple[CarriedRow, ...] = ()
