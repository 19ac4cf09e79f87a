"""What the addresses share: which node they serve, and how a message goes out."""

from __future__ import annotations

from typing import Any, Final

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from sync.server.node import Node
from sync.wire import routes
from sync.wire.messages import Problem

PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    "4XX": {"model": Problem, "description": "The request can't be done; `code` says why."},
    "5XX": {"model": Problem, "description": "The server can't do it right now."},
}


def node_of(request: Request) -> Node:
    """Return the node that the application serves."""
    node: Node = request.app.state.node
    return node


def message(content: BaseModel) -> Response:
    """Return a message as a reply."""
    return Response(content.model_dump_json(), media_type=routes.JSON)
