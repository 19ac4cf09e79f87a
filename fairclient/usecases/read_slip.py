"""Read a slip at a desk, from its QR or from its human code, and say what this desk owes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from fairclient.base.errors import SlipRefused
from fairclient.base.words import N_, _
from fairclient.slips import code, token
from fairclient.store.queries import desk as desk_queries
from fairclient.store.queries import drafts, reference
from fairclient.store.queries.desk import DeskView, Owed
from fairclient.usecases.draft_slip import is_draft_turn, unfinished
from fairclient.usecases.slip_token import SAMPLE_CODE, read_token, sample
from fairclient.usecases.workplace import Workplace

NOT_HEARD_OF = "not-heard-of"
REPLACED = "replaced"
ON_PAPER = "on-paper"

FLAG_WORDS = {
    NOT_HEARD_OF: N_(
        "Este equipo aún no conoce esta ficha; su firma basta para atender. El nombre está en el papel."
    ),
    ON_PAPER: N_("Es una ficha de papel escrita a mano: elija el servicio que dice."),
    REPLACED: N_("Esta persona tiene una ficha más nueva con el mismo turno; esta también sirve."),
}


@dataclass(frozen=True)
class ReadSlip:
    """What a desk sees of a slip.

    `view` is None for a slip that this laptop has never heard of: then only what its signed token says is
    known, and `owed` lists the services of the desks that it names. `flags` are keys of words (`flag_words`).
    """

    token_id: str
    turn: str
    desks: tuple[str, ...]
    display_name: str
    view: DeskView | None
    owed: tuple[Owed, ...]
    flags: tuple[str, ...]


def read_slip(place: Workplace, text: str) -> ReadSlip:
    """Read what was scanned or typed.

    Raises SlipRefused, each reason in its own words: garbled, forged, foreign, expired, mistyped, void,
    unknown, sample.
    """
    with place.store.read() as session:
        if token.looks_like_token(text):
            return _from_token(place, session, text)
        return _from_code(session, text)


def flag_words(flag: str) -> str:
    """Return the sentence that explains a flag."""
    return _(FLAG_WORDS[flag]) if flag in FLAG_WORDS else token.flag_words(flag)


def _from_token(place: Workplace, session: Session, text: str) -> ReadSlip:
    read = read_token(place, session, text)
    if is_draft_turn(read.turn):
        raise unfinished()
    view = desk_queries.by_token(session, read.token_id)
    if view is not None:
        return _known(view, read.flags)
    letters = set(read.desks)
    names = {service.code: service for _service_id, service in reference.services(session)}
    owed = tuple(
        Owed(
            referral=None,
            service=service,
            name_es=names[service].name_es,
            name_en=names[service].name_en,
            state="unknown",
            sensitive=names[service].sensitive,
        )
        for _desk_id, desk in reference.desks(session)
        if desk.letter in letters or not letters
        for service in desk.services
        if service in names
    )
    flags = (*read.flags, NOT_HEARD_OF if letters else ON_PAPER)
    if not read.verified:  # its flag says so; the other would call a signature good that nobody checked
        flags = tuple(flag for flag in flags if flag != NOT_HEARD_OF)
    return ReadSlip(read.token_id, read.turn, read.desks, "", None, owed, flags)


def _from_code(session: Session, text: str) -> ReadSlip:
    human = code.parse(text)
    view = desk_queries.by_code(session, human)
    if view is None and drafts.by_code(session, human) is not None:
        raise unfinished()
    if view is None and human == SAMPLE_CODE:
        raise sample()
    if view is None:
        raise SlipRefused(
            _("El código {code} no ha llegado a este equipo.").format(code=code.pretty(human)),
            _("No se registró nada."),
            _("Escanee el QR de la ficha: con él se puede atender sin esperar."),
            code="unknown",
        )
    return _known(view, ())


def _known(view: DeskView, flags: tuple[str, ...]) -> ReadSlip:
    if view.void_reason:
        raise SlipRefused(
            _("Esta ficha ({turn}) fue anulada.").format(turn=view.turn),
            _("No se registró nada."),
            _("Pida la ficha que la reemplazó o envíe a la persona al punto de registro."),
            code="void",
        )
    flags = (*flags, REPLACED) if view.replaced else flags
    return ReadSlip(view.token_id, view.turn, view.desks, view.display_name, view, view.owed, flags)


def slip_of_code(place: Workplace, text: str) -> str:
    """Return the id of the slip with a human code.

    Raises SlipRefused where the code is mistyped, void or not known here.
    """
    with place.store.read() as session:
        view = _from_code(session, text).view
    if view is None:
        raise RuntimeError("a code is only read from slips that are known")
    return view.slip
