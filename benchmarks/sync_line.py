"""What sync costs the laptop, and how long a backlog takes on a bad line.

The bad line is a model in virtual time: no second is waited for. Client and server are the real ones (the
engine, HTTP messages, the application on SQLite), joined within the process; what each request and reply
would take is added to a clock. Bytes go in packets of 1,200 at 2 kB/s each way; four are under way at a time,
as TCP's window allows at such a loss; three in ten are lost, alike to chance, and sent again a round trip of
3 s later; a round that is lost whole doubles the wait, and six in a row break the connection. Besides, the
line goes away for 20 s every five minutes or so and cuts what is under way: the next pass resumes.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from typing import Final

from httpx import ASGITransport, AsyncClient

from benchmarks import fair
from benchmarks.figure import Figure
from benchmarks.sync_laptops import ENTRIES_EACH, Laptop
from benchmarks.sync_served import served
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.workplace import Workplace
from sync.client.backoff import Backoff
from sync.client.channel import Channel, Reply, Request
from sync.client.engine import synchronise
from sync.client.http import HttpTransport
from sync.client.lessons import Lessons
from sync.client.trouble import Trouble
from sync.server.node import Node
from sync.server.web.app import create_app
from sync.wire import routes

BACKLOG: Final = 10_000
RATE: Final = 2_000.0
PACKET: Final = 1_200
WINDOW: Final = 4
LOSS: Final = 0.3
ROUND_TRIP_S: Final = 3.0
BREAKS_EVERY_S: Final = 300.0
AWAY_S: Final = 20.0
_HEADERS: Final = 400
"""Bytes of a request's or reply's headers, about."""


def client_cpu(node: Node, place: Workplace, database: str) -> Figure:
    """Send a real laptop's backlog to a real server over HTTP; count the CPU of this end only."""
    replica, who = StoreReplica(place.store), place.identity
    entries, key = replica.left(), bytes.fromhex(node.keys.public_key)
    with served(database) as address, HttpTransport(address, who.station, who.private_key, key) as line:
        start = time.process_time()
        report = synchronise(replica, line)
        used = time.process_time() - start
    if report.left or report.problem:
        raise RuntimeError(f"the laptop was left with entries: {report.problem}")
    each = used * 1e3 / entries
    return Figure("sync.client_cpu_ms_per_entry", each, "ms", "≤ 2", f"{entries} entries sent", each <= 2)


def run(database: str) -> list[Figure]:
    """Return sync.slow_link_s: seconds of the modelled line until the last receipt of a backlog."""
    node, fair_id = fair.set_up_centre(database)
    laptop = Laptop(node, fair_id, "slow")
    laptop.register(fair.registrations(-(-BACKLOG // ENTRIES_EACH)))
    line = BadLine(random.Random(7), lambda request: _asked(node, request))
    passes = _carry(laptop, node, line)
    node.database.close()
    sent = line.bytes / 1e6
    told = f"{BACKLOG} entries, {sent:.2f} MB at 2 kB/s, 30 % loss, {passes} passes"
    return [Figure("sync.slow_link_s", line.now, "s", "≤ 2400", told, line.now <= 2400)]


def _carry(laptop: Laptop, node: Node, line: BadLine) -> int:
    """Pass after pass, as the program does it by itself, until nothing is left; return how many it took."""
    lessons, backoff = Lessons(), Backoff(lambda: line.now, random.Random(8).random)
    passes = 0
    key = bytes.fromhex(node.keys.public_key)
    while laptop.left() and passes < 500:
        passes += 1
        transport = HttpTransport("http://127.0.0.1:9", laptop.station, laptop.key, key, channel=line)
        report = synchronise(laptop, transport, lessons=lessons)
        if report.problem is None:
            backoff.reset()
        else:
            line.now += backoff.failed(report.problem.retry_after)
    if laptop.left():
        raise RuntimeError("the backlog did not go through")
    return passes


class BadLine(Channel):
    """A channel whose other end is in this process; `now` is the line's own clock in seconds."""

    def __init__(self, chance: random.Random, ask: Callable[[Request], Reply]) -> None:
        super().__init__("http://127.0.0.1:9")
        self.now = 0.0
        self.bytes = 0
        self._chance = chance
        self._ask = ask
        self._next_break = self._draw_break()

    def exchange(self, request: Request) -> Reply:
        """Carry a request there, and the reply back, unless the line breaks."""
        self._carry(_HEADERS + len(request.body))
        reply = self._ask(request)
        self._carry(_HEADERS + len(reply.body))
        return reply

    def _carry(self, size: int) -> None:
        """Let the time pass that so many bytes take.

        Raises:
            Trouble: `interrupted`, when the line breaks meanwhile.
        """
        left, silent = -(-size // PACKET), 0
        while left:
            sent = min(left, WINDOW)
            arrived = sum(self._chance.random() >= LOSS for _ in range(sent))
            self.bytes += sent * PACKET
            silent = 0 if arrived else silent + 1
            self.now += max(ROUND_TRIP_S * 2**silent if silent else ROUND_TRIP_S, sent * PACKET / RATE)
            left -= arrived
            if silent >= 6 or self.now >= self._next_break:
                self.now = max(self.now, self._next_break) + AWAY_S
                self._next_break = self._draw_break()
                raise Trouble("interrupted")

    def _draw_break(self) -> float:
        return self.now + self._chance.expovariate(1 / BREAKS_EVERY_S)


def _asked(node: Node, request: Request) -> Reply:
    """Ask the real application, without a network."""
    return asyncio.run(_ask(node, request))


async def _ask(node: Node, request: Request) -> Reply:
    headers = {
        "Accept": request.accept,
        routes.H_WIRE: str(request.wire),
        routes.H_ECHO: "line",
        **(request.headers or {}),
    }
    if request.media:
        headers["Content-Type"] = request.media
    transport = ASGITransport(create_app(node))
    async with AsyncClient(transport=transport, base_url="http://centre.example") as http:
        got = await http.request(request.method, request.path, content=request.body, headers=headers)
    media = got.headers.get("content-type", "").partition(";")[0]
    return Reply(got.status_code, media, 1, got.headers, got.content, None, "line")
