"""Batches go in and out."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from sync.server import auth, handout, intake, roster
from sync.server.envelope import spoken
from sync.server.routes.reply import PROBLEMS, message, node_of
from sync.wire import batch as wire
from sync.wire import compression, routes
from sync.wire.journal import JournalId
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt

router = APIRouter()
_PACKED: Final = {
    "requestBody": {"required": True, "content": {routes.BATCH: {"schema": {"type": "string"}}}}
}


async def packed(request: Request) -> bytes:
    """Return the request's body as it came; it was bounded before."""
    return await request.body()


@router.post(routes.BATCHES, response_model=Receipt, responses=PROBLEMS, openapi_extra=_PACKED)
def send(request: Request, body: Annotated[bytes, Depends(packed)]) -> Response:
    """Take a batch whole or not at all, and answer with a receipt when it is durable."""
    node = node_of(request)
    station = auth.caller(node, request.headers.get("Authorization"))
    if request.headers.get("Content-Type", "").partition(";")[0].strip() != routes.BATCH:
        raise WireError("garbled", f"A batch has the media type {routes.BATCH}.")
    method = request.headers.get(routes.H_COMPRESSION, "identity")
    batch = wire.decode(compression.decompress(body, method, wire.MAX_READ_BYTES))
    return message(intake.take(node, station, batch))


@router.get(
    routes.BATCH_OF, responses={200: {"content": {routes.BATCH: {}}}, **PROBLEMS}, response_class=Response
)
def receive(
    request: Request,
    station: str,
    incarnation: int,
    fair: str,
    after: Annotated[int, Query(ge=0, le=wire.MAX_SEQ)] = 0,
) -> Response:
    """Hand out the range of a journal that follows entry `after`, up to a seal of its station."""
    node = node_of(request)
    reader = auth.caller(node, request.headers.get("Authorization"))
    journal = JournalId.checked(station, incarnation, fair)
    with node.database.read() as connection:
        enrolled = roster.active(connection, node, reader, fair)
        found = handout.next_batch(connection, node, journal, after, enrolled)
    asked = request.headers.get(routes.H_COMPRESSION, "")
    method = asked if asked in compression.METHODS else "zstd"
    content = compression.compress(wire.encode(found, spoken(request.headers)), method)
    return Response(content, media_type=routes.BATCH, headers={routes.H_COMPRESSION: method})
