"""What is unfinished at the end of a day: nobody answered, carried over, parked, alone, blank paper left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fairclient.store import paper_blocks
from fairclient.store.queries import alone, drafts, reference, waiting
from fairclient.store.queries.alone import Alone
from fairclient.store.queries.carried import UNSEEN, for_another_day
from fairclient.store.queries.drafts import Parked
from fairclient.store.queries.states import OPEN
from fairclient.store.queries.waiting import Pending


@dataclass(frozen=True)
class Silent:
    """A desk that has not said a word about some people for an hour: its letter, and their turns."""

    letter: str
    turns: tuple[str, ...]


@dataclass(frozen=True)
class Unfinished:
    """What a supervisor should look at before closing.

    ``carried`` counts people for another day (not those who may still be seen today), ``children`` came alone
    and nobody has taken charge of them, ``blank`` are the turns of numbered slips on paper that are neither
    used nor void.
    """

    silent: tuple[Silent, ...] = ()
    carried: int = 0
    parked: tuple[Parked, ...] = ()
    taken_twice: tuple[Parked, ...] = ()
    children: tuple[Alone, ...] = ()
    blank: tuple[str, ...] = ()


def unfinished(session: Session, day: date, now_ms: int) -> Unfinished:
    """Read it."""
    of_day = waiting.of_day(session, day)
    return Unfinished(
        silent=_silent_desks(session, day, waiting.without_answer(of_day, now_ms)),
        carried=len({one.attendee for one, why in for_another_day(of_day) if why != UNSEEN}),
        parked=tuple(drafts.open_drafts(session, day)),
        taken_twice=tuple(drafts.taken_twice(session)),
        children=tuple(one for one in alone.alone(session, day) if one.state in ("", *OPEN)),
        blank=tuple(one.turn for one in paper_blocks.open_blanks(session.connection(), day)),
    )


def _silent_desks(session: Session, day: date, pending: Sequence[Pending]) -> tuple[Silent, ...]:
    """The desks of which nothing has been heard about people who were sent there an hour ago or earlier."""
    letters = reference.letters(session)
    turns = {visit: slip.turn for visit, slip in waiting.slips_held(session, day, pending).items()}
    found: dict[str, list[str]] = defaultdict(list)
    for one in sorted(pending, key=lambda one: one.since):
        found[letters.get(one.service, "")].append(turns.get(one.visit, ""))
    return tuple(
        Silent(letter, tuple(dict.fromkeys(filter(None, found[letter])))) for letter in sorted(found)
    )
