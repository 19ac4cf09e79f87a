"""What the desk page has to know about the fair: its desks, its services and who waits."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.store.queries import reference, waiting
from fairclient.ui.pages.desk.choice import DeskTile
from fairclient.usecases.desk_services import destinations, services_seen
from fairclient.usecases.service_names import neutral_names
from fairclient.usecases.workplace import Workplace


@dataclass(frozen=True)
class DeskFacts:
    """The desks in walking order, ``(code, name)`` of what one can be referred to, and the time zone.

    ``waiting`` people wait at our desk, the first of them for ``longest`` minutes; ``silent`` referrals have
    had no answer for an hour (told to supervisors). ``everything`` says whether this laptop may stand for all
    desks.
    """

    desks: tuple[DeskTile, ...]
    services: tuple[tuple[str, str], ...]
    given: dict[str, frozenset[str]]
    waiting: int
    time_zone: str
    longest: int = 0
    silent: int = 0
    everything: bool = True

    def elsewhere(self, letter: str) -> list[tuple[str, str]]:
        """The services that other desks give."""
        mine = self.given.get(letter, frozenset())
        return [(code, name) for code, name in self.services if code not in mine]


def read_facts(place: Workplace, letter: str) -> DeskFacts:
    """Read them; runs on the database's lane."""
    supervises = place.may("supervisor")
    with place.store.read() as session:
        names = neutral_names(session)
        desks = [desk for _id, desk in reference.desks(session)]
        fair = reference.fair(session)
        day, now = place.clock.today(fair.time_zone), place.clock.now_ms()
        mine = services_seen(place, session, letter)
        pending = waiting.still_open(session, day, mine)
        line = waiting.queue(session, day, pending)
        silent = len(waiting.without_answer(pending, now)) if supervises else 0
        sent_to = destinations(place, session)
    # Who works at one desk need not know what the others give.
    named = names if supervises else {}
    tiles = tuple(
        DeskTile(
            desk.letter,
            desk.name,
            ", ".join(dict.fromkeys(named[code] for code in desk.services if code in named)),
        )
        for desk in desks
    )
    given = {desk.letter: frozenset(desk.services) for desk in desks}
    longest = (now - line[0].since_ms) // 60_000 if line else 0
    return DeskFacts(tiles, sent_to, given, len(line), fair.time_zone, longest, silent, supervises)
