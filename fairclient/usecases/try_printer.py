"""Ask a printer how it is, and print a slip that is nobody's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from fairclient.base.ids import random_bytes
from fairclient.base.words import _
from fairclient.printers.status import Condition
from fairclient.printers.way import Handed, Way
from fairclient.slips.code import human_code, new_token_id
from fairclient.slips.layout import SlipContent
from fairclient.store.queries import reference
from fairclient.usecases.issue_slip import issued
from fairclient.usecases.workplace import Workplace
from sync.wire.slip import Slip


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
    token_id = new_token_id(random_bytes)
    # A token whose turn is 000 was given to nobody.
    turn = f"{place.identity.point}-000"
    bare = Slip.model_construct(
        attendee="",
        visit="",
        display_name="",
        token_id=token_id,
        code=human_code(token_id),
        turn=turn,
        day=place.clock.today(fair.time_zone),
        desks=letters,
    )
    return SlipContent(
        fair=fair.name,
        place=fair.place,
        day=bare.day,
        turn=turn,
        display_name=_("Prueba"),
        desks=letters,
        code=bare.code,
        token=issued(place, fair, "", bare).token,
        help_line=fair.help_line,
        fictional=fair.fictional,
    )
