"""Numbered slips printed blank beforehand, for the hour in which every printer is dead.

Each has its turn and its signed code, so that a desk takes it like any other; who got it is typed in later,
at the laptop that printed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from fairclient.base.errors import BadInput, SlipRefused
from fairclient.base.files import write_whole
from fairclient.base.ids import random_bytes
from fairclient.base.words import _
from fairclient.slips import code, token
from fairclient.slips.layout import SlipContent
from fairclient.store import paper_blocks
from fairclient.store.paper_blocks import Blank
from fairclient.store.queries import reference, turns
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.slip_token import slip_token
from fairclient.usecases.walk import Walk
from fairclient.usecases.workplace import Workplace
from sync.wire.fair import Fair

MOST = 200
"""Blank slips in one go: fifty sheets."""


def reserve_block(place: Workplace, count: int, day: date | None = None) -> list[Blank]:
    """Reserve turns and codes of this laptop for ``count`` blank slips of a day (today unless given).

    Raises Unauthorised, BadInput for a count that isn't from 1 to ``MOST``, or DiskFull.
    """
    place.require("registrar", "supervisor")
    if not 1 <= count <= MOST:
        raise BadInput(
            _("Se pueden reservar de 1 a {most} fichas a la vez.").format(most=MOST),
            _("No se reservó ninguna."),
        )
    with place.store.write(author=place.operator.id) as work:
        day = day or place.clock.today(reference.fair(work.session).time_zone)
        return [_reserve(place, work, day) for _number in range(count)]


def block_pdf(place: Workplace, blanks: Sequence[Blank]) -> bytes:
    """The blank slips, four on an A4, that touch no disk."""
    # reportlab takes a while to load, and nobody waits for paper.
    from fairclient.slips import pdf  # noqa: PLC0415

    return pdf.rendered(blank_contents(place, blanks), "a4")


def write_block(place: Workplace, blanks: Sequence[Blank], out: Path) -> Path:
    """Write the sheets to a file. They name nobody. Raises DiskFull or HomeNotWritable."""
    write_whole(out, block_pdf(place, blanks))
    return out


def blank_contents(place: Workplace, blanks: Sequence[Blank]) -> list[SlipContent]:
    """What stands on blank slips."""
    with place.store.read() as session:
        fair = reference.fair(session)
    return [_content(place, fair, blank) for blank in blanks]


def _content(place: Workplace, fair: Fair, blank: Blank) -> SlipContent:
    return SlipContent(
        fair=fair.name,
        place=fair.place,
        day=blank.day,
        turn=blank.turn,
        display_name="",
        desks=(),
        code=blank.code,
        token=slip_token(place, fair, blank.day, blank.token_id, blank.turn),
        help_line=fair.help_line,
        edition="blank",
        fictional=fair.fictional,
    )


def blank_slip(place: Workplace, text: str) -> Blank | None:
    """The blank slip of this laptop whose QR or code this is; None for any other slip.

    Raises SlipRefused for one that was used or voided, and for a code that was mistyped.
    """
    token_id, human = "", ""
    if token.looks_like_token(text):
        try:
            token_id = token.read(text, lambda _kid: None, place.fair, place.now()).token_id
        except SlipRefused:
            return None  # what is wrong with it is for those to say who read slips
    else:
        human = code.parse(text)
    with place.store.read() as session:
        found = paper_blocks.find(session.connection(), token_id=token_id, code=human)
    if found is not None and found.state != paper_blocks.BLANK:
        raise _not_blank(found)
    return found


def take_blank(place: Workplace, work: UnitOfWork, walk: Walk, token_id: str) -> Walk:
    """The walk of somebody who holds a paper slip: its turn and its day. Raises SlipRefused or BadInput."""
    found = paper_blocks.find(work.session.connection(), token_id=token_id)
    if found is None:
        raise BadInput(
            _("Esa ficha de papel no es de este equipo."),
            _("No se guardó nada de esta persona."),
            _("Regístrela en el equipo que la imprimió, o sin la ficha de papel."),
            code="unknown-blank",
        )
    if found.state != paper_blocks.BLANK:
        raise _not_blank(found)
    return replace(walk, turn=found.turn, day=found.day)


def use_blank(place: Workplace, work: UnitOfWork, token_id: str, slip: str) -> None:
    """Say whose slip it became, in the transaction that writes it."""
    paper_blocks.mark(work.session.connection(), token_id, paper_blocks.USED, place.clock.now_ms(), slip)


def unused_blanks(place: Workplace) -> list[Blank]:
    """What was printed and neither used nor voided."""
    with place.store.read() as session:
        return paper_blocks.open_blanks(session.connection())


def void_blanks(place: Workplace, blanks: Iterable[Blank]) -> int:
    """Void what nobody will use, and give how many were. The paper is to be destroyed.

    Raises Unauthorised or DiskFull.
    """
    place.require("registrar", "supervisor")
    now = place.clock.now_ms()
    with place.store.transaction() as connection:
        return sum(paper_blocks.mark(connection, one.token_id, paper_blocks.VOID, now) for one in blanks)


def _reserve(place: Workplace, work: UnitOfWork, day: date) -> Blank:
    token_id = code.new_token_id(random_bytes)
    turn = turns.next_turn(work.session, day)
    blank = Blank(token_id, code.human_code(token_id), turn, day)
    paper_blocks.add(work.session.connection(), blank, place.clock.now_ms())
    return blank


def _not_blank(found: Blank) -> SlipRefused:
    if found.state == paper_blocks.VOID:
        return SlipRefused(
            _("La ficha de papel {turn} fue anulada.").format(turn=found.turn),
            _("No se guardó nada."),
            _("Use otra ficha de papel y destruya esta."),
            code="void",
        )
    return SlipRefused(
        _("La ficha de papel {turn} ya es de otra persona.").format(turn=found.turn),
        _("No se guardó nada."),
        _("Revise el número: quizá se entregó otra ficha."),
        code="used",
    )
