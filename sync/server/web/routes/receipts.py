"""The centre's receipts are handed to a hub."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from sync.server import auth, handed, news
from sync.server.web.routes.reply import PROBLEMS, message, node_of
from sync.wire import routes
from sync.wire.messages import ReceiptsReply, ReceiptsRequest

router = APIRouter()


@router.post(routes.RECEIPTS, response_model=ReceiptsReply, responses=PROBLEMS)
def take(request: Request, asked: ReceiptsRequest) -> Response:
    """Keep the centre's receipts, for the stations whose work they cover."""
    node = node_of(request)
    station = auth.caller(node, request.headers.get("Authorization"))
    with node.database.write() as connection:
        fairs = news.fairs_of(connection, node, station)
        kept = handed.keep(connection, node, asked.receipts, fairs)
    node.changes.tell()
    return message(ReceiptsReply(kept=kept))
