"""Issue the slip of a visit, and put on paper what stands on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session

from fairclient.base.errors import BadInput
from fairclient.base.files import write_whole
from fairclient.base.ids import new_id, random_bytes
from fairclient.base.words import _
from fairclient.domain.short_name import display_name
from fairclient.slips.bring import to_bring
from fairclient.slips.code import human_code, new_token_id
from fairclient.slips.layout import Edition, SlipContent
from fairclient.store.queries import reference, slips
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.draft_slip import draft_content
from fairclient.usecases.slip_token import slip_token
from fairclient.usecases.walk import Walk
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee
from sync.wire.fair import Fair
from sync.wire.slip import Slip

if TYPE_CHECKING:
    from fairclient.slips.papers import Paper

FORMATS: Mapping[str, Paper] = {"a6": "a6", "a4": "a4", "roll80": "roll80", "roll58": "roll58"}
"""Papers by the name that commands and settings give them."""


@dataclass(frozen=True)
class IssuedSlip:
    """A slip and what is shown of it at once; `token` is the text of its QR."""

    slip: str
    code: str
    turn: str
    token: str


def add_slip(
    place: Workplace,
    work: UnitOfWork,
    walk: Walk,
    attendee: Attendee,
    visit: tuple[str, str],
    referrals: Sequence[tuple[str, str]],
    token_id: str = "",
) -> IssuedSlip:
    """Write the slip of a visit inside a transaction that is under way.

    `visit` is (attendee id, visit id); `referrals` are (referral id, service code) in the order asked. What
    has no place left doesn't stand on it. `token_id` is that of the paper that she holds already, if any.
    """
    given = [(referral, service) for referral, service in referrals if service not in walk.full]
    token_id = token_id or new_token_id(random_bytes)
    fact = Slip(
        attendee=visit[0],
        visit=visit[1],
        token_id=token_id,
        code=human_code(token_id),
        turn=walk.turn,
        display_name=display_name(attendee.given_names, attendee.first_surname),
        day=walk.day,
        desks=walk.desks,
        services=tuple(service for _referral, service in given),
        referrals=tuple(referral for referral, _service in given),
        language=attendee.language,
    )
    slip_id = work.create(fact, subject=new_id(place.clock))
    return issued(place, walk.fair, slip_id, fact)


def slip_content(place: Workplace, slip_id: str, *, again: bool = False) -> SlipContent:
    """Return what stands on a slip's paper; `again` says on it that it is a copy.

    Also the paper of a parked registration. Raises BadInput where the slip is unknown or void.
    """
    with place.store.read() as session:
        if (parked := draft_content(place, session, slip_id)) is not None:
            return parked
        fact, _revision = standing_slip(slips.by_id(session, slip_id))
        fair = reference.fair(session)
        lost = fact.replaces is not None and _was_lost(session, fact.replaces)
        protected = reference.sensitive_codes(session)
    shown = issued(place, fair, slip_id, fact)
    edition: Edition = "copy" if again else "reissue" if lost else "first"
    return SlipContent(
        turn=fact.turn,
        display_name=fact.display_name,
        desks=fact.desks,
        code=fact.code,
        token=shown.token,
        fair=fair.name,
        place=fair.place,
        day=fact.day,
        help_line=fair.help_line,
        language=fact.language,
        bring=to_bring(code for code in fact.services if code not in protected),
        edition=edition,
        fictional=fair.fictional,
    )


def print_slips(
    place: Workplace, slip_ids: Sequence[str], paper: str, out: Path, *, again: bool = False
) -> Path:
    """Write a PDF with some slips, one a page; `paper` is one of `FORMATS`.

    Raises BadInput, HomeNotWritable or DiskFull.
    """
    write_whole(out, slips_pdf(place, slip_ids, paper, again=again))
    return out


def slips_pdf(place: Workplace, slip_ids: Sequence[str], paper: str, *, again: bool = False) -> bytes:
    """Return a PDF with some slips, one a page, that touches no disk. Raises BadInput."""
    # reportlab takes a while to load, and saving never waits for paper.
    from fairclient.slips import pdf  # noqa: PLC0415

    if paper not in FORMATS:
        raise BadInput(
            _("No hay un papel «{paper}».").format(paper=paper),
            do=_("Elija uno de: {all}.").format(all=", ".join(FORMATS)),
        )
    contents = [slip_content(place, slip_id, again=again) for slip_id in slip_ids]
    return pdf.rendered(contents, FORMATS[paper])


def issued(place: Workplace, fair: Fair, slip_id: str, fact: Slip) -> IssuedSlip:
    """Return what is shown of a slip, with the token that its QR carries, signed by this station."""
    text = slip_token(place, fair, fact.day, fact.token_id, fact.turn, fact.desks)
    return IssuedSlip(slip_id, fact.code, fact.turn, text)


def _was_lost(session: Session, replaced: str) -> bool:
    """Whether a slip that was replaced is good no more; one that isn't here is taken for lost."""
    found = slips.by_id(session, replaced)
    return found is None or bool(found[0].void_reason)


def standing_slip(found: tuple[Slip, str] | None) -> tuple[Slip, str]:
    """Return a slip and its revision. Raises BadInput where it is not here, or void."""
    if found is None:
        raise BadInput(
            _("Esta ficha no ha llegado a este equipo."),
            do=_("Búsquela en el equipo que la imprimió, o sincronice."),
            code="unknown-slip",
        )
    if found[0].void_reason:
        raise BadInput(
            _("Esta ficha está anulada."),
            do=_("Use la ficha que la reemplazó o expida una nueva."),
            code="void-slip",
        )
    return found
