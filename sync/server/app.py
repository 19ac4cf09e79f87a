"""The web application of a server, made from its parts."""

from __future__ import annotations

import time
from typing import Any

from fastapi import FastAPI

from sync.server import interface, problems
from sync.server.envelope import Envelope
from sync.server.gate import Gate
from sync.server.limits import Limits
from sync.server.metrics import Metrics
from sync.server.node import Node
from sync.server.routes import batches, codes, enrol, heads, health, hello, people, receipts, session, wait
from sync.server.routes import metrics as counted


class _Application(FastAPI):
    """The application with a description that is true."""

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
    app.add_middleware(Envelope, gate=Gate(limits or Limits(time.monotonic), app.state.metrics))
    return app
