"""Ask a printer how it is, and print a slip that is nobody's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from fairclient.base.words import _
from fairclient.printers.status import Condition
from fairclient.printers.way import Handed, Way
from fairclient.slips.layout import SlipContent
from fairclient.store.queries import reference
from fairclient.usecases.draft_slip import NO_TURN
from fairclient.usecases.slip_token import SAMPLE_CODE, SAMPLE_ID, slip_token
from fairclient.usecases.workplace import Workplace


def how_it_is(opening: Callable[[], Way]) -> Condition:
    """Ask, which takes as long as the printer's patience. Raises PrinterTrouble."""
    with closing(opening()) as way:
        return way.look()


def print_sample(opening: Callable[[], Way], data: bytes) -> Handed:
    """Print a sample now, before what waits. Raises PrinterTrouble."""
    with closing(opening()) as way:
        way.look()
        return way.send(data, _("ficha de prueba"))


def sample_slip(place: Workplace) -> SlipContent:
    """A slip as long as they come, with the fair's own words, that no desk would take: it has no turn."""
    with place.store.read() as session:
        fair = reference.fair(session)
        letters = tuple(desk.letter for _id, desk in reference.desks(session))[:4]
    day, turn = place.clock.today(fair.time_zone), f"{place.identity.point}{NO_TURN}"
    return SlipContent(
        fair=fair.name,
        place=fair.place,
        day=day,
        turn=turn,
        display_name=_("Prueba"),
        desks=letters,
        code=SAMPLE_CODE,
        token=slip_token(place, fair, day, SAMPLE_ID, turn, letters),
        help_line=fair.help_line,
        fictional=fair.fictional,
    )
