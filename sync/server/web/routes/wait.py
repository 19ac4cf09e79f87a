"""Waiting for news: the answer comes when there is some, so that nobody has to ask all the time."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from sync.server import auth, news
from sync.server.changes import LOOK_AGAIN_S
from sync.server.node import Node
from sync.server.web.routes.reply import PROBLEMS, message, node_of
from sync.wire import routes
from sync.wire.messages import WaitReply

router = APIRouter()


@router.get(routes.WAIT, response_model=WaitReply, responses=PROBLEMS)
async def wait(
    request: Request,
    after: Annotated[str, Query(max_length=80)] = "",
    seconds: Annotated[int, Query(ge=0, le=routes.WAIT_SECONDS)] = routes.WAIT_SECONDS,
) -> Response:
    """Answer as soon as the mark is no longer `after`, or when the time is over."""
    node = node_of(request)
    station = auth.caller(node, request.headers.get("Authorization"))
    ends = time.monotonic() + seconds
    while True:
        ticket = node.changes.listen()
        try:
            found = await run_in_threadpool(_mark, node, station)
            left = ends - time.monotonic()
            if found != after or left <= 0 or node.changes.is_over:
                return message(WaitReply(mark=found))
            await ticket.wait(min(left, LOOK_AGAIN_S))
        finally:
            node.changes.leave(ticket)
        if await request.is_disconnected():
            return message(WaitReply(mark=found))


def _mark(node: Node, station: str) -> str:
    with node.database.glance() as connection:
        return news.mark(connection, news.fairs_of(connection, node, station), station)
