"""What the desk page has to know about the fair: its desks, its services and how many wait."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.store.queries import reference, waiting
from fairclient.ui.pages.desk_choice import DeskTile
from fairclient.usecases.read_at_desk import ANY_DESK
from fairclient.usecases.service_names import neutral_names, own_name
from fairclient.usecases.workplace import Workplace


@dataclass(frozen=True)
class DeskFacts:
    """The desks in walking order, ``(code, name)`` of every service, how many wait at ours, the time zone."""

    desks: tuple[DeskTile, ...]
    services: tuple[tuple[str, str], ...]
    given: dict[str, frozenset[str]]
    waiting: int
    time_zone: str

    def elsewhere(self, letter: str) -> list[tuple[str, str]]:
        """The services that other desks give."""
        mine = self.given.get(letter, frozenset())
        return [(code, name) for code, name in self.services if code not in mine]


def read_facts(place: Workplace, letter: str) -> DeskFacts:
    """Read them; runs on the database's lane."""
    with place.store.read() as session:
        names = neutral_names(session)
        offered = tuple((one.code, own_name(one)) for _id, one in reference.services(session))
        desks = [desk for _id, desk in reference.desks(session)]
        fair = reference.fair(session)
        waits = 0
        if letter and letter != ANY_DESK:
            waits = len(waiting.waiting(session, letter, place.clock.today(fair.time_zone)))
    tiles = tuple(
        DeskTile(
            desk.letter,
            desk.name,
            ", ".join(dict.fromkeys(names[code] for code in desk.services if code in names)),
        )
        for desk in desks
    )
    given = {desk.letter: frozenset(desk.services) for desk in desks}
    return DeskFacts(tiles, offered, given, waits, fair.time_zone)
