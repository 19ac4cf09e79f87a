"""Batches go in and out."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sync.server import auth, handout, intake, roster
from sync.server.web.envelope import headers_of, spoken
from sync.server.web.gate import STATION
from sync.server.web.routes.reply import PROBLEMS, node_of
from sync.wire import batch as wire
from sync.wire import compression, routes
from sync.wire.batch import Batch
from sync.wire.journal import JournalId
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt

SMALL: Final = 32 * 1024
"""Bytes of a batch that is unpacked where it arrives; what is larger must not hold up the other requests."""

router = APIRouter()
_PACKED: Final = {
    "requestBody": {"required": True, "content": {routes.BATCH: {"schema": {"type": "string"}}}}
}


@router.post(routes.BATCHES, response_model=Receipt, responses=PROBLEMS, openapi_extra=_PACKED)
async def send(request: Request) -> Response:
    """Take a batch whole or not at all, and answer with a receipt when it is durable."""
    body = await request.body()
    return Response(await _taken(request.scope, body), media_type=routes.JSON)


async def straight(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer such a request as `send`, past the framework: most requests of a fair are of this one kind."""
    content = await _taken(scope, (await receive())["body"])
    headers = [(b"content-length", str(len(content)).encode()), (b"content-type", routes.JSON.encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def _taken(scope: Scope, body: bytes) -> bytes:
    """Take a request's batch; return its receipt as it goes out."""
    asked = headers_of(scope)
    if STATION not in scope:
        raise WireError("unauthorised")
    if asked.get("content-type", "").partition(";")[0].strip() != routes.BATCH:
        raise WireError("garbled", f"A batch has the media type {routes.BATCH}.")
    method = asked.get(routes.H_COMPRESSION.lower(), "identity")
    if compression.is_small(body, method, SMALL):
        read = _unpacked(body, method)
    else:
        read = await run_in_threadpool(_unpacked, body, method)
    receipt = await intake.take_soon(scope["app"].state.node, scope[STATION], *read)
    return receipt.model_dump_json().encode()


def _unpacked(body: bytes, method: str) -> tuple[Batch, list[bytes]]:
    return wire.decode_with_digests(compression.decompress(body, method, wire.MAX_READ_BYTES))


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
    content = compression.compress(wire.encode(found, spoken(headers_of(request.scope))), method)
    return Response(content, media_type=routes.BATCH, headers={routes.H_COMPRESSION: method})
