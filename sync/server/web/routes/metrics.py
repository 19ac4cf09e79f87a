"""What the server counts, for Prometheus."""

from __future__ import annotations

import hmac
import ipaddress
import os
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from sync.server.web import metrics
from sync.server.web.routes.reply import PROBLEMS, node_of
from sync.wire import routes
from sync.wire.problem import WireError

router = APIRouter()
TOKEN_VARIABLE: Final = "FAIRSERVER_METRICS_TOKEN"


@router.get(routes.METRICS, response_class=PlainTextResponse, responses=PROBLEMS)
def show(request: Request) -> Response:
    """Give the counters, to this machine itself, or to whoever brings the token that the server was given."""
    _check(request)
    with node_of(request).database.glance() as connection:
        content = metrics.text(connection, request.app.state.metrics)
    return Response(content, media_type=metrics.MEDIA)


def _check(request: Request) -> None:
    """Let in who may see the counters.

    Raises:
        WireError: `unauthorised`.
    """
    token = os.environ.get(TOKEN_VARIABLE, "")
    given = request.headers.get("Authorization", "").partition(" ")[2].strip()
    if token and hmac.compare_digest(token.encode(), given.encode("utf-8", "replace")):
        return
    if token or not _is_here(request):
        raise WireError("unauthorised")


def _is_here(request: Request) -> bool:
    """Say whether the request comes from this machine itself, and not through a proxy on it."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
