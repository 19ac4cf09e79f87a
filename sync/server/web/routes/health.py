"""Whether the server can work."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlalchemy import text
from starlette.responses import Response

from sync.server.web.routes.reply import PROBLEMS, message, node_of
from sync.wire import routes

router = APIRouter()


class Health(BaseModel):
    """A server that answers this can read its database; otherwise the answer is a problem (503)."""

    status: str = "ok"
    server: str
    tier: str


@router.get(routes.HEALTH, response_model=Health, responses=PROBLEMS)
def health(request: Request) -> Response:
    """Say that the server is up and its database answers."""
    node = node_of(request)
    with node.database.glance() as connection:
        connection.execute(text("SELECT id FROM server")).one()
    return message(Health(server=node.server, tier=node.tier))
