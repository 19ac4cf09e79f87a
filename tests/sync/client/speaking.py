"""The scripts of a well-behaved server in memory, to be spoilt by tests one answer at a time."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel

from sync.client.trouble import Trouble
from sync.wire import batch as wire_batch
from sync.wire import compression, routes, signing
from sync.wire.journal import JournalId
from sync.wire.messages import EnrolReply, EnrolRequest, HeadsRequest, Problem, SessionReply, SessionRequest
from sync.wire.problem import CODES
from tests.sync.client.memory import FAIR, MemoryCentre, MemoryReplica, an_id
from tests.sync.client.scripted import Answer, Asked, marked

TOKEN = "token-1"


def stated(asked: Asked, code: str, status: int = 0, **more: object) -> Answer:
    """Return a problem of the server's own."""
    status = status or CODES[code][0]
    content = {"status": status, "code": code, **more}
    return marked(
        asked, Problem.model_validate(content).model_dump_json().encode(), status=status, media=routes.PROBLEM
    )


def said(asked: Asked, message: BaseModel) -> Answer:
    """Return a message."""
    return marked(asked, message.model_dump_json().encode())


class Speaking:
    """Serves a `MemoryCentre`. `spoil` maps a path to what happens there instead."""

    def __init__(self, centre: MemoryCentre, replica: MemoryReplica) -> None:
        self._centre = centre
        self._replica = replica
        self.token = TOKEN
        self.spoil: dict[str, Callable[[Asked], Answer]] = {}

    def __call__(self, asked: Asked) -> Answer:
        path = asked.path.partition("?")[0]
        if path in self.spoil:
            return self.spoil[path](asked)
        if path == routes.HELLO:
            return said(asked, self._centre.hello(asked.echo))
        if path == routes.SESSION:
            return self.session(asked)
        if path == routes.ENROL:
            return self.enrol(asked)
        if asked.headers.get("Authorization") != f"Bearer {self.token}":
            return stated(asked, "unauthorised")
        try:
            return self._authorised(asked, path)
        except Trouble as trouble:
            return stated(asked, trouble.code, expected=trouble.expected)

    def session(self, asked: Asked) -> Answer:
        request = SessionRequest.model_validate_json(asked.body)
        message = signing.challenge_message(self._centre.server, request.station, "challenge")
        key = signing.public_bytes(self._replica.key)
        if not signing.check(key, bytes.fromhex(request.signature), message):
            return stated(asked, "bad-signature")
        return said(asked, SessionReply(token=self.token, expires_in=3600))

    def enrol(self, asked: Asked) -> Answer:
        request = EnrolRequest.model_validate_json(asked.body)
        reply = EnrolReply(
            station=an_id(50),
            incarnation=1,
            fair=FAIR,
            name=request.station_name or "Punto A",
            point="A",
            operator=an_id(51),
            roles=("registrar",),
            scope="fair",
            server=self._centre.server,
            server_public_key=signing.public_bytes(self._centre.key).hex(),
        )
        return said(asked, reply.signed(self._centre.key, request.public_key))

    def _authorised(self, asked: Asked, path: str) -> Answer:
        if path == routes.HEADS:
            told = HeadsRequest.model_validate_json(asked.body)
            return said(asked, self._centre.heads_for(self._replica.station, told.acknowledged))
        if path == routes.BATCHES:
            method = asked.headers[routes.H_COMPRESSION]
            raw = compression.decompress(asked.body, method, wire_batch.MAX_READ_BYTES)
            return said(asked, self._centre.take(wire_batch.decode(raw)))
        journal = JournalId.parse(path.removeprefix(f"{routes.BATCHES}/"))
        batch = self._centre.hand_out(journal, int(asked.path.partition("?after=")[2]))
        packed = compression.compress(wire_batch.encode(batch), "gzip")
        return marked(asked, packed, media=routes.BATCH, Fair_Compression="gzip")
