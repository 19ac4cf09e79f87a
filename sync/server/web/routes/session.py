"""A station proves who it is."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from sync.server import auth
from sync.server.web.routes.reply import PROBLEMS, message, node_of
from sync.wire import routes
from sync.wire.messages import SessionReply, SessionRequest

router = APIRouter()


@router.post(routes.SESSION, response_model=SessionReply, responses=PROBLEMS)
def session(request: Request, asked: SessionRequest) -> Response:
    """Trade a signed challenge for a bearer token."""
    return message(auth.open_session(node_of(request), asked))
