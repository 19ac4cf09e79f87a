"""Known people: 200,000 cards over loopback from a real centre into the encrypted file, then looked for."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from benchmarks import fair, people
from benchmarks.figure import Figure, percentile, seconds
from benchmarks.known import EARLIER, attendee
from benchmarks.people import MUNICIPALITIES, Person, told
from benchmarks.registration import index_mb, keystrokes
from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.demo.centre import Centre
from fairclient.store.queries import cards
from fairclient.usecases.enrol import Enrolment, enrol
from fairclient.usecases.known_people import bring_known_people
from fairclient.usecases.look_alike import look_alike
from fairclient.usecases.synchronise import synchronise
from fairclient.usecases.workplace import Workplace
from sync.server import fair_file, opening, reference
from sync.server.database.writes import Writes
from sync.server.fair_file import FairFile
from sync.server.node import Node
from sync.server.projections.catalogue import SHAPES
from sync.server.projections.row import Origin
from sync.server.reference import Statement
from sync.wire.fair import Fair

MANY = 200_000
SEED = 41
FORMS = 30
_AT_ONCE = 20_000


def run() -> list[Figure]:
    """Return how long the cards take, how large the index is, and how quick a look is afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        centre = Centre(folder)
        centre.init()
        known = _fill(centre)
        code = centre.enrolment_code("Cartas", "C")
        before = _by_children()
        centre.start()
        try:
            home = Home(folder / "laptop")
            given = Enrolment(centre.url, code, fair.PASSPHRASE, "Ana de Medida")
            with fair.closing(enrol(home, given, SystemClock(), fair.CHEAP)[0]) as place:
                figures = _measured(place, known)
        finally:
            centre.stop()
        server = _by_children() - before
        return [*figures, Figure("people.cards_server_cpu_s", server, "s", "", "the centre, its start too")]


def _by_children() -> float:
    """Processor seconds of processes that ended, where the system counts them (not on Windows)."""
    told = os.times()
    return told.children_user + told.children_system


def _measured(place: Workplace, known: list[Person]) -> list[Figure]:
    worked = time.process_time()
    taken = seconds(lambda: _bring(place))
    worked = time.process_time() - worked
    with place.store.read() as session:
        count = cards.count(session)
    draw = Random(SEED + 2)
    forms = [told(draw, person) for person in draw.sample(known, FORMS)]
    queries = [query for one in forms for query in keystrokes(one)]
    for query in queries[:40]:
        look_alike(place, query)
    rounds = [
        [seconds(lambda query=query: look_alike(place, query)) * 1000 for query in queries]  # type: ignore[misc]
        for _round in range(3)
    ]
    p99 = percentile([sorted(of_one)[1] for of_one in zip(*rounds, strict=True)], 99)
    size = index_mb(place)
    told_of = f"{count:,} cards"
    return [
        Figure("people.cards_s", taken, "s", "≤ 180", f"{told_of} over loopback, indexed", taken <= 180),
        Figure("people.cards_client_cpu_s", worked, "s", "", told_of),
        Figure("people.index_mb", size, "MB", "≤ 40", told_of, size <= 40),
        Figure("people.lookalike_p99_ms", p99, "ms", "≤ 20", f"{len(queries):,} keystrokes", p99 <= 20),
    ]


def _bring(place: Workplace) -> None:
    """Synchronise, which brings the cards along, and go on if a line broke."""
    synchronise(place)
    while (more := bring_known_people(place)) is not None and not more.complete:
        pass


def _fill(centre: Centre) -> list[Person]:
    """Put an earlier fair with very many people into the centre, and let the demo fair carry them."""
    families = people.people(SEED, MANY)
    everybody = [person for family in families for person in family]
    node = opening.open_node(centre.database)
    day = date(2026, 1, 10)
    earlier = FairFile(fair=Fair(code="ANTES", name="Feria anterior", starts=day, ends=day, fictional=True))
    with node.database.write() as connection:
        demo = str(connection.exec_driver_sql("SELECT subject FROM fair").scalar_one())
        before = fair_file.add(connection, node, earlier)
        change = Statement("fair", demo, change={"known_people": MUNICIPALITIES})
        reference.publish(connection, node, demo, [change])
    for some in _pieces(everybody):
        _write(node, before, some)
    node.database.close()
    return everybody


def _pieces(everybody: list[Person]) -> Iterator[list[Person]]:
    for start in range(0, len(everybody), _AT_ONCE):
        yield everybody[start : start + _AT_ONCE]


def _write(node: Node, earlier: str, some: list[Person]) -> None:
    draw = Random(SEED + 1 + some[0].entity)
    shape = SHAPES["attendee"]
    rows = []
    for person in some:
        subject = f"0195a000-0000-7000-8000-{person.entity:012x}"
        origin = Origin(earlier, subject, node.server, "0" * 16, "0" * 16, "0" * 16, "", False)
        fact = attendee(replace(told(draw, person, EARLIER), municipality=person.municipality))
        rows.append(shape.row(origin, fact))
    with node.database.write() as connection:
        writes = Writes(connection)
        writes.insert(shape.table, shape.columns, rows)
        writes.flush()
