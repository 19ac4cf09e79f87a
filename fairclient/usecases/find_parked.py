"""Find a parked registration by its paper, or list those that wait."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.base.errors import SlipRefused
from fairclient.base.words import _
from fairclient.slips import code, token
from fairclient.store.queries import drafts, reference
from fairclient.store.queries.drafts import Parked
from fairclient.usecases.draft_slip import is_draft_turn
from fairclient.usecases.slip_token import read_token
from fairclient.usecases.workplace import Workplace


def find_parked(place: Workplace, text: str) -> Parked | None:
    """Return the parked registration of a scanned QR or a typed code; None for what is another slip's.

    Raises SlipRefused: garbled, forged, foreign, expired, mistyped, sample, or parked where this laptop has
    not heard of it.
    """
    with place.store.read() as session:
        if not token.looks_like_token(text):
            return drafts.by_code(session, code.parse(text))
        read = read_token(place, session, text)
        if not is_draft_turn(read.turn):
            return None
        parked = drafts.by_token(session, read.token_id)
    if parked is None:
        raise SlipRefused(
            _("Es un registro sin terminar del punto {point}, y aún no ha llegado a este equipo.").format(
                point=read.turn.partition("-")[0]
            ),
            _("Lo dicho está guardado en ese punto."),
            _("Sincronice (F6), o envíe a la persona a ese punto."),
            code="draft-not-here",
        )
    return parked


@dataclass(frozen=True)
class Waiting:
    """What waits to be finished, the oldest first, and the time zone in which its hours are told."""

    parked: tuple[Parked, ...]
    time_zone: str


def parked_registrations(place: Workplace) -> Waiting:
    """Return every parked registration that waits, of whatever laptop this one has heard of."""
    with place.store.read() as session:
        return Waiting(tuple(drafts.open_drafts(session)), reference.fair(session).time_zone)
