"""The web application of a server, made from its parts."""

from __future__ import annotations

import time
from typing import Any, Final

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from sync.server.node import Node
from sync.server.web import interface, problems
from sync.server.web.envelope import Envelope
from sync.server.web.gate import Gate
from sync.server.web.limits import Limits
from sync.server.web.metrics import Metrics
from sync.server.web.routes import (
    batches,
    codes,
    enrol,
    heads,
    health,
    hello,
    people,
    receipts,
    session,
    wait,
)
from sync.server.web.routes import metrics as counted
from sync.wire import routes

_BATCHES: Final = next(
    route for route in batches.router.routes if getattr(route, "endpoint", None) is batches.send
)


class _Application(FastAPI):
    """The application with a description that is true, and with a straight way in for batches."""

    batches: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["path"] == routes.BATCHES and scope["method"] == "POST":
            scope["app"], scope["route"] = self, _BATCHES
            await self.batches(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI description; it is made once."""
        if self.openapi_schema is None:
            self.openapi_schema = interface.describe(self)
        return self.openapi_schema


def create_app(node: Node | None, metrics: Metrics | None = None, limits: Limits | None = None) -> FastAPI:
    """Return the application that serves a node. Several may serve the same database.

    Without a node it answers nothing, but can be described.
    """
    app = _Application(
        title="fairserver",
        description="Takes sealed batches from the laptops of a fair, answers with signed receipts.",
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.node = node
    app.state.metrics = metrics or Metrics()
    for module in (hello, enrol, codes, session, heads, batches, receipts, wait, people, health, counted):
        app.include_router(module.router)
    problems.install(app)
    gate = Gate(limits or Limits(time.monotonic), app.state.metrics)
    app.add_middleware(Envelope, gate=gate)
    app.batches = Envelope(batches.straight, gate)
    return app
