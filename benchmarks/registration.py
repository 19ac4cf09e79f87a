"""Who is already here: right, quick and small with 200,000 people known, from the encrypted file.

`FAIRCLIENT_BENCH_PEOPLE` lowers the number for a quick look.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from sqlalchemy import Connection

from benchmarks import fair, family_keys, save
from benchmarks.figure import Figure, percentile, seconds
from benchmarks.known import Known, know
from benchmarks.people import Told, told
from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.store import likeness, vault
from fairclient.store.connection import connect
from fairclient.usecases.look_alike import Candidate, Query, look_alike
from fairclient.usecases.unlock import unlock
from fairclient.usecases.workplace import Workplace

PEOPLE = int(os.environ.get("FAIRCLIENT_BENCH_PEOPLE", "200000"))
SEED = 41
RETURNS, NEW, FORMS = 1_500, 1_500, 60
NAMES = ("given_names", "first_surname", "second_surname")
TYPED = ("document_number", *NAMES, "birth_date", "phone")
Seen = tuple[Told, list[Candidate]]


def run() -> list[Figure]:
    """Return the figures of registration at PEOPLE known people, and of saving there."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        made: list[Known] = []
        taken = seconds(lambda: made.append(know(home, PEOPLE, SEED, min(NEW, PEOPLE // 8))))
        (known,) = made
        print(f"  {len(known.known):,} people known after {taken:.0f} s", file=sys.stderr, flush=True)
        size = index_mb(known.place)
        known.place.close()
        bare_file = Path(folder) / "bare.db"
        shutil.copy(home.database, bare_file)
        clock = SystemClock()
        bare = connect(bare_file, vault.unlock(home, fair.PASSPHRASE, None, clock).data_key)
        with fair.closing(unlock(home, fair.PASSPHRASE, clock)) as place:
            opened = replace(known, place=place)
            figures = [*_speed(opened), *_right(opened), *_warnings(opened)]
            ours, peer = save.measure(place, bare)
        bare.close()
    ratio = percentile(ours, 99) / percentile(peer, 99)
    return [
        *figures,
        *family_keys.run(),
        Figure("registration.index_mb", size, "MB", "≤ 40", f"{len(known.known):,} people", size <= 40),
        Figure(
            "save.p99_ratio_200k", ratio, "×", "≤ 5", "bare SQLCipher commit of the same rows", ratio <= 5
        ),
    ]


class _Undone(Exception):
    """What was tried is taken back."""


def index_mb(place: Workplace) -> float:
    """Megabytes of the likeness index: of the pages that become free when it is dropped, which is undone."""
    freed = 0
    with contextlib.suppress(_Undone), place.store.transaction() as connection:
        before = _pragma(connection, "freelist_count")
        for table in likeness.TABLES:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        freed = (_pragma(connection, "freelist_count") - before) * _pragma(connection, "page_size")
        raise _Undone
    return freed / 1e6


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def query_of(one: Told, fields: tuple[str, ...] = TYPED, *, typing: str = "") -> Query:
    """A query of some fields of what was told."""
    every = {
        "given_names": one.given_names,
        "first_surname": one.first_surname,
        "second_surname": one.second_surname,
        "birth_date": one.birth,
        "document_type": one.kind,
        "document_number": one.number,
        "phone": one.phone,
        "sex": one.sex,
        "municipality": one.municipality,
    }
    return Query(**{name: value for name, value in every.items() if name in fields}, typing=typing)  # type: ignore[arg-type]


WHOLE = (*TYPED, "document_type", "sex", "municipality")


def keystrokes(one: Told) -> Iterator[Query]:
    """A whole form typed letter by letter, the document first; the date counts once it is one."""
    done: tuple[str, ...] = ("document_type",)
    for name in TYPED:
        text = getattr(one, {"document_number": "number", "birth_date": "birth"}.get(name, name))
        if isinstance(text, str):
            attribute = "number" if name == "document_number" else name
            for end in range(1, len(text)):
                yield query_of(replace(one, **{attribute: text[:end]}), (*done, name), typing=name)  # type: ignore[arg-type]
        done = (*done, name)
        if text:
            yield query_of(one, done, typing=name)


def _speed(known: Known) -> list[Figure]:
    draw = Random(SEED + 2)
    chosen = draw.sample(known.known, FORMS) + draw.sample(known.new, FORMS // 3)
    forms = [told(draw, person) for person in chosen]
    for query in keystrokes(forms[0]):
        look_alike(known.place, query)
    queries = [query for one in forms for query in keystrokes(one)]
    # Each keystroke counts with the middle of three times, thousands of others between: a busy machine, not
    # ours, makes the rest of the difference.
    rounds = [
        [seconds(lambda query=query: look_alike(known.place, query)) * 1000 for query in queries]  # type: ignore[misc]
        for _round in range(3)
    ]
    times = [sorted(of_one)[1] for of_one in zip(*rounds, strict=True)]
    p99, p50 = percentile(times, 99), percentile(times, 50)
    told_of = f"{len(times):,} keystrokes of {len(forms)} forms"
    return [
        Figure("registration.lookalike_p99_ms", p99, "ms", "≤ 20", told_of, p99 <= 20),
        Figure("registration.lookalike_p50_ms", p50, "ms", "", told_of),
    ]


def _right(known: Known) -> list[Figure]:
    draw = Random(SEED + 3)
    returns = [told(draw, person) for person in draw.sample(known.known, min(RETURNS, len(known.known)))]
    figures = []
    for name, fields, budget in (
        ("full", WHOLE, 0.985),
        ("names_dob", (*NAMES, "birth_date"), 0.95),
        ("short", ("given_names", "first_surname"), 0.80),
    ):
        asked = returns
        if name == "names_dob":
            asked = [one for one in returns if one.birth is not None]
        hits = [
            known.ids[one.entity]
            in [found.attendee for found in look_alike(known.place, query_of(one, fields))]
            for one in asked
        ]
        share = sum(hits) / len(hits)
        figures.append(
            Figure(
                f"registration.hit5_{name}", share, "", f"≥ {budget}", f"{len(hits)} returns", share >= budget
            )
        )
    return figures


def _warnings(known: Known) -> list[Figure]:
    """How often the warning names the right person, at thresholds that warn of 5 % and 1 % of new people."""
    draw = Random(SEED + 4)
    returns = [told(draw, person) for person in draw.sample(known.known, min(RETURNS, len(known.known)))]
    false = sorted(
        (_top(known, one)[1] for one in (told(draw, person) for person in known.new)), reverse=True
    )
    true = [
        score if attendee == known.ids[one.entity] else -99.0
        for one in returns
        for attendee, score in (_top(known, one),)
    ]
    figures = []
    for percent, budget in ((5, 0.96), (1, 0.92)):
        threshold = false[len(false) * percent // 100]
        share = sum(score > threshold for score in true) / len(true)
        peer = f"{len(false)} new people of known families; at {threshold:.1f} bits"
        figures.append(
            Figure(f"registration.warn_recall_{percent}", share, "", f"≥ {budget}", peer, share >= budget)
        )
    return figures


def _top(known: Known, one: Told) -> tuple[str, float]:
    found = look_alike(known.place, query_of(one, WHOLE), limit=1)
    return (found[0].attendee, found[0].score) if found else ("", -99.0)
