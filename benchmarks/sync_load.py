"""Sync under load: attendees a second over real HTTP, one or many a batch; a whole fair of forty stations.

Server, database and senders share this machine's two cores. The batches are made, sealed, packed and put
into their requests beforehand, and receipts are read afterwards: at a fair forty laptops do that. What is
counted is the time from the first request to the last receipt, on kept connections that wait for each receipt
before the next request. Each receipt comes after the commit, and the database syncs each commit to the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from benchmarks import fair
from benchmarks.figure import Figure, percentile, seconds
from benchmarks.sync_laptops import ENTRIES_EACH, Laptop, crowd
from benchmarks.sync_served import Speaker, served

ONE_LINE = 400
FOUR_LINES = 200
STATIONS = 40
PEOPLE_EACH = 125
WARM = 20
"""Batches of a connection that go first and are not counted."""
BATCHED_EACH = 83
"""Registrations in a batch of at most 500 entries."""


def run(fresh: Callable[[str], str], engine: str) -> list[Figure]:
    """Measure one engine; `fresh` gives the address of a new database. SQLite's figures are named so."""
    place = fresh(f"load_{engine}")
    node, fair_id = fair.set_up_centre(place)
    one, four = crowd(node, fair_id, 1, ONE_LINE), crowd(node, fair_id, 4, FOUR_LINES)
    fairs = crowd(node, fair_id, STATIONS, PEOPLE_EACH)
    with served(place) as address:
        single = _rate(address, one, 1)
        four_lines = _rate(address, four, 1)
        took, speakers = _fair(address, fairs)
    _check(fairs, speakers)
    node.database.close()
    waits = [second for speaker in speakers for second in speaker.seconds]
    return _figures(engine, (single, four_lines, took, percentile(waits, 99)))


def _figures(engine: str, measured: tuple[float, float, float, float]) -> list[Figure]:
    single, four_lines, took, p99 = measured
    people = STATIONS * PEOPLE_EACH
    end = "" if engine == "postgres" else f"_{engine}"
    bound = (291, 970) if engine == "postgres" else (0, 0)
    told = f"{engine}; on four connections {four_lines:,.0f}; ODK Central 97 on one, 136 on four"
    fair_told = f"{engine}; {people} attendees, {people * ENTRIES_EACH} entries, {STATIONS} stations at once"
    return [
        _at_least(f"sync.attendees_per_s_single{end}", single, bound[0], told),
        _at_least(f"sync.attendees_per_s_batched{end}", people / took, bound[1], fair_told),
        Figure(f"sync.fair5000{end}_s", took, "s", "< 20", fair_told, took < 20),
        Figure(f"sync.batch_p99{end}_ms", p99 * 1e3, "ms", "≤ 5000", "within that fair", p99 <= 5),
    ]


def _at_least(name: str, value: float, bound: float, told: str) -> Figure:
    return Figure(name, value, "1/s", f"≥ {bound}" if bound else "", told, value >= bound if bound else None)


def _rate(address: str, laptops: Sequence[Laptop], people_each: int) -> float:
    """Return attendees a second, each laptop on a connection of its own and waiting for every receipt."""
    packed = [laptop.packed(people_each) for laptop in laptops]
    speakers = [Speaker(address, laptop).sign_in() for laptop in laptops]
    requests = _requests(speakers, packed)
    _send_all(speakers, [batches[:WARM] for batches in requests])
    rest = [batches[WARM:] for batches in requests]
    took = seconds(lambda: _send_all(speakers, rest))
    _check(laptops, speakers)
    for speaker in speakers:
        speaker.close()
    return sum(len(batches) for batches in rest) * people_each / took


def _fair(address: str, laptops: Sequence[Laptop]) -> tuple[float, list[Speaker]]:
    """All stations come back from the field at once: greeting, session, everything they wrote."""
    packed = [laptop.packed(BATCHED_EACH) for laptop in laptops]
    speakers = [Speaker(address, laptop) for laptop in laptops]

    def whole() -> None:
        with ThreadPoolExecutor(len(speakers)) as pool:
            list(pool.map(Speaker.sign_in, speakers))
        _send_all(speakers, _requests(speakers, packed))

    took = seconds(whole)
    for speaker in speakers:
        speaker.close()
    return took, speakers


def _requests(speakers: Sequence[Speaker], packed: Sequence[Sequence[bytes]]) -> list[list[bytes]]:
    return [
        [speaker.request(batch) for batch in batches]
        for speaker, batches in zip(speakers, packed, strict=True)
    ]


def _send_all(speakers: Sequence[Speaker], requests: Sequence[Sequence[bytes]]) -> None:
    def send(pair: tuple[Speaker, Sequence[bytes]]) -> None:
        for request in pair[1]:
            pair[0].send(request)

    with ThreadPoolExecutor(len(speakers)) as pool:
        list(pool.map(send, zip(speakers, requests, strict=True)))


def _check(laptops: Sequence[Laptop], speakers: Sequence[Speaker]) -> None:
    """Look that every laptop's last receipt covers all that it wrote, and that nothing was put aside."""
    for laptop, speaker in zip(laptops, speakers, strict=True):
        for receipt in speaker.receipts():
            laptop.save_receipt(receipt)
            if receipt.verdicts or receipt.server != laptop.centre:
                raise RuntimeError("a registration was not plainly accepted")
        if laptop.left():
            raise RuntimeError("a station has entries without a receipt")
