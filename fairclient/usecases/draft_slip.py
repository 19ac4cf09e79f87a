"""The paper of a parked registration: no turn and no desks yet, only the way back to what was said."""

from __future__ import annotations

from sqlmodel import Session

from fairclient.base.errors import SlipRefused
from fairclient.base.words import _
from fairclient.domain.short_name import display_name
from fairclient.slips.layout import SlipContent
from fairclient.store.queries import drafts, reference
from fairclient.usecases.slip_token import slip_token
from fairclient.usecases.workplace import Workplace
from sync.wire.draft import Draft
from sync.wire.fair import Fair

NO_TURN = "-000"
"""How the turn in the token of a parked registration ends: points count from one."""


def is_draft_turn(turn: str) -> bool:
    """Whether a token's turn says that it is no slip yet."""
    return turn.endswith(NO_TURN) and len(turn) - len(NO_TURN) in (1, 2)


def unfinished() -> SlipRefused:
    """Why no desk takes the paper of a parked registration."""
    return SlipRefused(
        _("Es un registro sin terminar: todavía no es una ficha."),
        _("No se registró nada; lo dicho está guardado."),
        _("Envíe a la persona al registro: allí lo retoman con este papel."),
        code="draft",
    )


def draft_content(place: Workplace, session: Session, subject: str) -> SlipContent | None:
    """Return what stands on the paper of a parked registration; None for what is none, or is over."""
    parked = drafts.by_id(session, subject)
    if parked is None or not parked.open:
        return None
    fair, fact = reference.fair(session), parked.fact
    return SlipContent(
        turn="",
        display_name=display_name(fact.form.get("given_names", ""), fact.form.get("first_surname", "")),
        desks=(),
        code=fact.code,
        token=draft_token(place, fair, fact),
        fair=fair.name,
        place=fair.place,
        day=fact.day,
        help_line=fair.help_line,
        language=fact.form.get("language", "es"),
        edition="draft",
        fictional=fair.fictional,
    )


def draft_token(place: Workplace, fair: Fair, fact: Draft) -> str:
    """Return the text of the QR: it names no desk, and its turn was given to nobody."""
    turn = f"{fact.point or place.identity.point}{NO_TURN}"
    return slip_token(place, fair, fact.day, fact.token_id, turn)
