"""The words that the reports of a day share."""

from __future__ import annotations

from fairclient.base.words import N_, _, language
from fairclient.domain.catalogues import find, name_of
from fairclient.domain.report_rows import DayFigures, ServiceOffered
from fairclient.reports.counted_people import NOT_F, OTHER, UNKNOWN_AGE
from fairclient.reports.counted_referrals import RESERVED

_STATES = {
    "issued": N_("Pedidos"),
    "served": N_("Prestados"),
    "not_served": N_("No prestados"),
    "referred_on": N_("Remitidos"),
    "no_show": N_("No llegó"),
    "void": N_("Anulados"),
    "open": N_("Sin cerrar"),
}


def state_name(state: str) -> str:
    """What a state of referrals is called over a column."""
    return _(_STATES[state])


def service_name(figures: DayFigures, code: str) -> str:
    """A service's name as the fair calls it; the sensitive ones of a shared report share a neutral one."""
    if code == RESERVED:
        return _("Orientación especializada")
    found = next((one for one in figures.services if one.code == code), ServiceOffered(code, code))
    return (found.name_en or found.name_es) if language() == "en" else found.name_es


def desk_name(figures: DayFigures, letter: str) -> str:
    """A desk's letter and its neutral name."""
    found = next((one.name for one in figures.desks if one.letter == letter), "")
    return f"{letter} · {found}" if letter and found else letter or _("Sin mesa")


def reason_name(reason: str) -> str:
    """Why something was not served; words that are in no catalogue stay as they were written."""
    return name_of("not_served_reasons", reason) if reason else _("Sin razón anotada")


def profile_name(code: str) -> str:
    """A population profile, in a few words."""
    found = find("profiles", code)
    return found.short if found else code or _("Sin dato")


def band_name(code: str) -> str:
    """An age band: "6 a 12"."""
    return _("Sin edad") if code == UNKNOWN_AGE else name_of("age_bands", code)


def sex_name(code: str) -> str:
    """A sex, for a column."""
    if code == NOT_F:
        return _("M u otro")
    return _("Otro") if code == OTHER else name_of("sexes", code)
