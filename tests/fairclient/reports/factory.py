"""Days at a fictional fair: an empty one, a small one, and one as large as a city hall would show."""

from __future__ import annotations

import random
from datetime import date

from fairclient.domain.report_rows import (
    AttendanceRow,
    DayFigures,
    DeskOpen,
    FairHeading,
    ReferralCount,
    ServiceOffered,
    State,
)

DAY = date(2026, 10, 24)
HEADING = FairHeading(
    name="Feria de servicios Puente Nuevo",
    organiser="Alcaldía ficticia de Puente Nuevo",
    municipality="Cúcuta",
    place="Colegio La Esperanza",
    fictional=True,
)
SERVICES = (
    ServiceOffered("REG-INFO", "Orientación para regularizarse", "Guidance on regular status"),
    ServiceOffered("SAL-VAC", "Vacunación", "Vaccination"),
    ServiceOffered("EMP", "Empleo", "Employment"),
    ServiceOffered("VBG", "Ruta de atención VBG", "GBV services", sensitive=True),
    ServiceOffered("LGBTI", "Orientación población LGBTIQ+", "LGBTIQ+ guidance", sensitive=True),
)
DESKS = (
    DeskOpen("A", "Orientación", ("REG-INFO",)),
    DeskOpen("B", "Salud", ("SAL-VAC",)),
    DeskOpen("C", "Empleo", ("EMP",)),
    DeskOpen("D", "Orientación especializada", ("VBG", "LGBTI")),
)
EMPTY = DayFigures(heading=HEADING, day=DAY)


def person(**changes: object) -> AttendanceRow:
    """A fictional person with defaults."""
    given: dict[str, object] = {
        "code": "030FZVGJ4",
        "given_names": "Yuleidy del Carmen",
        "surnames": "Urdaneta Mora",
        "sex": "F",
        "age": 32,
        "profile": "VP",
        "documents": (("PPT", "1234567"), ("CV", "V25345090")),
        "phone": "3000000000",
        "municipality": "54001",
        "neighbourhood": "La Ermita",
        "authorised": True,
        "image": False,
        **changes,
    }
    return AttendanceRow(**given)  # type: ignore[arg-type]


def referrals(service: str, desk: str, **states: int) -> tuple[ReferralCount, ...]:
    """Counts of one service at one desk by state."""
    kinds: dict[str, State] = {name: name for name in states}  # type: ignore[misc]
    reason = {"not_served": "PAPERS"}
    return tuple(
        ReferralCount(service, desk, kinds[name], count, reason.get(name, ""))
        for name, count in states.items()
    )


def large_day(count: int = 412) -> DayFigures:
    """A full day; the same one for the same ``count``."""
    draw = random.Random(count)
    people = tuple(
        person(
            code=f"{number:09d}",
            sex=draw.choices(("F", "M", "I", "NB"), (61, 37, 1, 1))[0],
            age=draw.choice([None, *range(85)])
            if number % 40 == 0
            else min(int(draw.gammavariate(2.4, 12)), 91),
            returning=number % 9 == 0,
            profile=draw.choices(("VP", "TR", "PE", "RE", "CA", "BI"), (66, 6, 5, 9, 12, 2))[0],
        )
        for number in range(count)
    )
    return DayFigures(
        heading=HEADING,
        day=DAY,
        people=people,
        services=SERVICES,
        desks=DESKS,
        referrals=(
            *referrals("REG-INFO", "A", served=188, not_served=11, referred_on=6, no_show=9, void=2),
            *referrals("SAL-VAC", "B", served=143, not_served=4, no_show=12),
            *referrals("EMP", "C", served=97, not_served=8, referred_on=5, no_show=21),
            *referrals("VBG", "D", served=7, referred_on=3),
            *referrals("LGBTI", "D", served=5, no_show=1),
            ReferralCount("EMP", "C", "not_served", 14, "FULL"),
            ReferralCount("EMP", "C", "not_served", 1, "se fue con Yuleidy Urdaneta"),
        ),
        households=171,
        slips=430,
        slips_void=6,
        stations=8,
        closed_by="Rosa Elvira Peña",
        four_eyes=True,
    )


def small_day() -> DayFigures:
    """Three people: nearly every count is one that could give somebody away."""
    return DayFigures(
        heading=HEADING,
        day=DAY,
        people=(person(), person(sex="M", age=5), person(sex="NB", age=None, profile="")),
        services=SERVICES,
        desks=DESKS,
        referrals=(*referrals("SAL-VAC", "B", served=2, open=1), *referrals("VBG", "D", served=1)),
        households=2,
        slips=3,
    )
