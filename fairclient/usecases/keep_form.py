"""Keep a half-filled form through a lock, a kill or a power cut, for the operator who was filling it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fairclient.store import open_forms
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.workplace import Workplace

LONGEST_MS: Final = 24 * 3600 * 1000
"""Nobody comes back to a form of yesterday; what waits on purpose is parked."""


@dataclass(frozen=True)
class OpenForm:
    """What stands on a page, as the page writes it; an empty `content` is an empty page."""

    page: str
    content: str


def keep_form(place: Workplace, form: OpenForm) -> None:
    """Keep a form; when this returns it is on the disk. Raises DiskFull or DamagedStore."""
    with place.store.transaction() as connection:
        open_forms.keep(connection, _owner(place, form.page), form.content, place.clock.now_ms())


def keep_within(place: Workplace, work: UnitOfWork, form: OpenForm) -> None:
    """Keep a form in a transaction that is under way: what it saves is on the page no more."""
    connection = work.session.connection()
    open_forms.keep(connection, _owner(place, form.page), form.content, place.clock.now_ms())


def kept_form(place: Workplace, page: str) -> str:
    """Return what the operator at work left on a page, "" for nothing.

    Forms of more than a day ago are forgotten, whosever they are. Raises DiskFull or DamagedStore.
    """
    with place.store.transaction() as connection:
        open_forms.forget_before(connection, place.clock.now_ms() - LONGEST_MS)
        return open_forms.kept(connection, _owner(place, page))


def _owner(place: Workplace, page: str) -> tuple[str, str]:
    return place.operator.id, page
