"""Keep a half-filled form through a lock, a kill or a power cut, for the operator who was filling it in."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.store import open_forms
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.workplace import Workplace


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
    """Return what the operator at work left on a page, "" for nothing."""
    with place.store.read() as session:
        return open_forms.kept(session.connection(), _owner(place, page))


def _owner(place: Workplace, page: str) -> tuple[str, str]:
    return place.operator.id, page
