"""Known people go out, to laptops of a fair that is told to carry them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sync.server import auth, people, roster
from sync.server.web.routes.reply import PROBLEMS, node_of
from sync.wire import compression, routes
from sync.wire.fact import UUID_PATTERN
from sync.wire.people import PeoplePage
from sync.wire.problem import WireError

router = APIRouter()


@router.get(routes.PEOPLE, response_model=PeoplePage, responses=PROBLEMS)
def cards(
    request: Request,
    fair: Annotated[str, Query(pattern=UUID_PATTERN)],
    after: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """Give a page of cards, packed as `Fair-Compression` asks; only to stations of scope `fair`."""
    node = node_of(request)
    station = auth.caller(node, request.headers.get("Authorization"))
    if not node.is_centre:
        raise WireError("not-found", "Known people come from the centre.")
    with node.database.read() as connection:
        if roster.active(connection, node, station, fair).scope != "fair":
            raise WireError("forbidden", "Laptops of desks get no known people.")
        found = people.page(connection, fair, after)
    method = request.headers.get(routes.H_COMPRESSION, "identity")
    packed = compression.compress(found.model_dump_json(exclude_defaults=True).encode(), method)
    return Response(packed, media_type=routes.JSON, headers={routes.H_COMPRESSION: method})
