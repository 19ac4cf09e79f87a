"""What the people at the laptops were told, kept beside the program by whoever watches a storm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fairclient.store import journal
from tests.faults.laptop import Laptop
from tests.faults.world import World

NEIGHBOURHOODS = tuple(f"Barrio ficticio {number}" for number in range(1, 10))


@dataclass
class Witness:
    """Everything that was shown as saved, and who wrote it: people, outcomes, values of corrections.

    `people` and `outcomes` lead to the point of the laptop. `words` are what nobody else said: a person's own
    word, which must be nowhere once she is `erased`. `withdrawn` leads from points to how far the centre had
    each journal of that laptop when its access was withdrawn.
    """

    people: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, set[str]] = field(default_factory=dict)
    words: dict[str, bytes] = field(default_factory=dict)
    erased: dict[str, str] = field(default_factory=dict)
    """Leads from people to the point where they were erased, "" for the centre."""
    half_erased: set[str] = field(default_factory=set)
    """Erased at a laptop whose access was withdrawn: there they are gone, and nobody else follows."""
    gone_at_the_centre: set[str] = field(default_factory=set)
    withdrawn: dict[str, dict[str, int]] = field(default_factory=dict)
    once_erased: set[str] = field(default_factory=set)
    """Also who was erased where the erasure is lost since, or does not count."""
    given_up: set[str] = field(default_factory=set)
    """People and outcomes that were on no disk any more; a stick may bring them back."""
    once_withdrawn: set[str] = field(default_factory=set)
    """Also points whose access was given back: they may not have heard of it yet."""
    hidden: set[str] = field(default_factory=set)
    """Points whose work may have been put aside at some time: it is there, and need not show."""

    def only_what_still_lies_on_a_disk(self, world: World) -> None:
        """A disk was put back to an older image: what no other disk held is gone with it, and rightly so."""
        here = Found()
        for holder in everything_written(world):
            here.note(holder)
        before = self.people.keys() | self.outcomes.keys()
        self.people = {one: by for one, by in self.people.items() if one in here.told}
        self.outcomes = {one: by for one, by in self.outcomes.items() if one in here.told}
        self.given_up |= before - self.people.keys() - self.outcomes.keys()
        self.erased = {one: by for one, by in self.erased.items() if one.encode() in here.erasures}
        for person, values in self.corrected.items():
            values &= here.told.get(person, set())


Written = tuple[str, str, bytes | None]
"""The kind, the subject and the body of an entry."""


class Found:
    """What entries tell: of each subject the neighbourhoods, and the text of all erasures."""

    def __init__(self) -> None:
        self.told: dict[str, set[str]] = {}
        self.erasures = b""

    def note(self, entries: Iterable[Written]) -> None:
        """Add entries."""
        for kind, subject, body in entries:
            text = (body or b"").decode(errors="replace")
            values = {value for value in NEIGHBOURHOODS if f'"{value}"' in text}
            self.told.setdefault(subject, set()).update(values)
            if kind == "erasure":
                self.erasures += body or b""


def everything_written(world: World) -> list[list[Written]]:
    """All entries on each disk: the centre's, those of laptops, those of their hubs."""
    hubs = [in_the_hub(laptop) for laptop in world.laptops if laptop.has_hub]
    return [at_the_centre(world), *(on_the_laptop(laptop) for laptop in world.laptops), *hubs]


def at_the_centre(world: World) -> list[Written]:
    """All entries at the centre."""
    return [_plain(row) for row in world.centre.rows("SELECT kind, subject, body FROM entry")]


def on_the_laptop(laptop: Laptop) -> list[Written]:
    """All entries on a laptop."""
    with laptop.place.store.read() as session:
        return [(one.header.kind, one.header.subject, one.body) for one, _digest in journal.every(session)]


def in_the_hub(laptop: Laptop) -> list[Written]:
    """All entries in the hub's file of a laptop, whether it runs or not."""
    with laptop.hub_node() as node, node.database.read() as connection:
        return [_plain(row) for row in connection.exec_driver_sql("SELECT kind, subject, body FROM entry")]


def _plain(row: Iterable[object]) -> Written:
    kind, subject, body = row
    return str(kind), str(subject), None if body is None else bytes(body)  # type: ignore[call-overload]
