"""How far each journal is known here."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from sync.server import auth, news
from sync.server.web.routes.reply import PROBLEMS, message, node_of
from sync.wire import routes
from sync.wire.messages import HeadsReply, HeadsRequest

router = APIRouter()


@router.post(routes.HEADS, response_model=HeadsReply, responses=PROBLEMS)
def heads(request: Request, asked: HeadsRequest) -> Response:
    """Compare heads: the reply names the journals that the station may see, and receipts that it may lack."""
    node = node_of(request)
    station = auth.caller(node, request.headers.get("Authorization"))
    with node.database.read() as connection:
        return message(news.compared(connection, node, station, asked))
