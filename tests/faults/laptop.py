"""A laptop of a world: a real encrypted store on its own disk, made-up lines to the centre and a hub."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput, SayError, Unauthorised
from fairclient.base.home import Home
from fairclient.store.database import open_store
from fairclient.store.hub_link import HubLink
from fairclient.store.queries import state as store_state
from fairclient.store.sealing import recipient_of
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases import run_hub
from fairclient.usecases import synchronise as passing
from fairclient.usecases.enrol import identity_from
from fairclient.usecases.join_hub import join_hub
from fairclient.usecases.unlock import workplace
from fairclient.usecases.workplace import Workplace
from sync.client.engine import synchronise
from sync.client.http import HttpTransport
from sync.client.lessons import Lessons
from sync.client.report import SyncReport
from sync.server import enrolment, hub
from sync.server.enrolment import Grant
from sync.server.node import Node
from sync.wire import signing
from sync.wire.messages import EnrolRequest
from sync.wire.operator import Role
from tests.faults.centre import START_MS, Centre
from tests.faults.line import Line, Server, Sky
from tests.faults.tent import Tent

KEY: Final = bytes(range(32))
ROLES: Final[tuple[Role, ...]] = ("registrar", "desk", "supervisor")
ADDRESS: Final = "https://centre.example"

Finder = Callable[[str], Server]
"""Gives the server of a hub by its id: one that nobody reaches where it does not run."""


class Laptop:
    """A station with its encrypted store, an operator at work, and lines to the centre and the tent's hub."""

    def __init__(self, folder: Path, centre: Centre, sky: Sky, point: str, hubs: Finder) -> None:
        self.clock = FixedClock(START_MS)
        self.home = Home(folder / point).create()
        self.sky = sky
        self.lessons, self.lessons_in_the_tent = Lessons(), Lessons()
        self.point = point
        self.tent = Tent(centre.server.loop)
        self._centre = centre
        self._hubs = hubs
        self._key, operator = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
        reply = enrolment.enrol(centre.node, _request(centre, self._key, operator, point))
        self.identity = identity_from(reply, self._key, ADDRESS)
        self._who = (reply.operator, f"Operadora ficticia {point}", operator)
        store = open_store(self.home, KEY, self.clock)
        store.save_identity(self.identity)
        self.place: Workplace = workplace(self.home, store, self.clock, self._who)

    @property
    def replica(self) -> StoreReplica:
        """The journals of this laptop."""
        return StoreReplica(self.place.store)

    def sync(self) -> SyncReport:
        """Make one pass under the sky as it is; a laptop that was restored begins anew and goes on."""
        report = self._pass()
        if report.problem is not None and report.problem.code == "new-incarnation":
            self.place.store.begin_incarnation()
            report = self._pass()
        return report

    def _pass(self) -> SyncReport:
        identity = self.place.identity
        line: Any = Line(self._centre.server, self.sky)
        transport = HttpTransport(
            ADDRESS, identity.station, self._key, identity.server_public_key, channel=line
        )
        return synchronise(self.replica, transport, lessons=self.lessons)

    def sync_in_the_tent(self) -> SyncReport:
        """Make one pass with the hub that was joined, as the window does."""
        with patch.object(passing, "_line", self._line_in_the_tent):
            return passing.synchronise_with_hub(
                self.place, lessons=self.lessons_in_the_tent, look=_nothing_heard
            )

    def join(self, invitation: str) -> None:
        """Scan a hub's QR; where nobody answers, everything stays as it was, and a person scans it again."""
        with patch.object(passing, "_line", self._line_in_the_tent), suppress(SayError):
            join_hub(self.place, invitation)

    def _line_in_the_tent(self, place: Workplace, link: HubLink, address: str) -> HttpTransport:
        line: Any = Line(self._hubs(link.hub), self.sky)
        identity = place.identity
        return HttpTransport(
            address, identity.station, identity.private_key, link.key, code=link.code, channel=line
        )

    @property
    def has_hub(self) -> bool:
        """Whether a hub's file lies on its disk."""
        return (self.home.dir / run_hub.FOLDER / hub.DATABASE).exists()

    @contextmanager
    def hub_node(self) -> Iterator[Node]:
        """Its hub, for looking into it; one that does not run is closed again."""
        was_running = self.tent.is_running
        self.tent.start(self.place, self.clock)
        assert self.tent.node is not None
        yield self.tent.node
        if not was_running:
            self.tent.stop()

    def die(self) -> None:
        """Stop without a word and start again, as after a power cut between two acts; its hub dies too."""
        self._fall()
        self._open_again()

    def image(self, to: Path) -> None:
        """Copy the whole disk of the laptop."""
        self._fall()
        shutil.copytree(self.home.dir, to)
        self._open_again()

    def come_back_from(self, image: Path) -> None:
        """Put an older image of the disk in place."""
        self._fall()
        shutil.rmtree(self.home.dir)
        shutil.copytree(image, self.home.dir)
        self._open_again()

    def _fall(self) -> None:
        self.tent.stop()
        self.place.store.close()

    def _open_again(self) -> None:
        """Open the store that lies on the disk now; for somebody who was shut out another person does it."""
        store = open_store(self.home, KEY, self.clock)
        try:
            self.place = workplace(self.home, store, self.clock, self._who)
        except Unauthorised:
            self.place = Workplace(store, self.place.operator, self.clock, self.home)

    def state(self) -> dict[str, object]:
        """What stands here, and its digest."""
        with self.place.store.read() as session:
            return store_state.state(session)

    def close(self) -> None:
        """Stop."""
        self._fall()


def refused_as(codes: Collection[str], act: Callable[[], object]) -> bool:
    """Do something that may be refused for one of these reasons; say whether it was."""
    try:
        act()
    except BadInput as problem:
        if problem.code not in codes:
            raise
        return True
    return False


def _nothing_heard(*_: object) -> Generator[str]:
    """No hub is announced in this network."""
    yield from ()


def _request(centre: Centre, key: Ed25519PrivateKey, operator: Ed25519PrivateKey, point: str) -> EnrolRequest:
    with centre.node.database.write() as connection:
        grant = Grant(centre.fair, ROLES, point=point)
        code, _until = enrolment.new_code(connection, centre.node, grant, 10)
    public, person = signing.public_bytes(key).hex(), signing.public_bytes(operator).hex()
    sealed_for = recipient_of(operator)
    return EnrolRequest(
        code=code,
        public_key=public,
        proof=key.sign(signing.enrolment_message(code, public, person, sealed_for)).hex(),
        operator_name=f"Operadora ficticia {point}",
        operator_public_key=person,
        operator_age_recipient=sealed_for,
    )
