"""Who is there."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from sync.server import auth
from sync.server.web.routes.reply import PROBLEMS, message, node_of
from sync.wire import routes
from sync.wire.messages import Hello
from sync.wire.version import MAX, MIN

router = APIRouter()


@router.get(routes.HELLO, response_model=Hello, responses=PROBLEMS)
async def hello(request: Request) -> Response:
    """Say who this server is, prove it, say which versions it speaks, and give a challenge for a session."""
    node = node_of(request)
    greeting = Hello(
        server=node.server,
        name=node.name,
        tier=node.tier,
        wire_min=MIN,
        wire_max=MAX,
        public_key=node.keys.public_key,
        challenge=auth.challenge(node),
    )
    return message(greeting.proved(node.keys.signing, request.headers.get(routes.H_ECHO, "")))
