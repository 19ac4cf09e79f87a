"""The web application of a server, made from its parts."""

from __future__ import annotations

import time

from fastapi import FastAPI

from sync.server import problems
from sync.server.envelope import Envelope
from sync.server.gate import Gate
from sync.server.limits import Limits
from sync.server.metrics import Metrics
from sync.server.node import Node
from sync.server.routes import batches, enrol, heads, health, hello, people, receipts, session, wait
from sync.server.routes import metrics as counted


def create_app(node: Node, metrics: Metrics | None = None, limits: Limits | None = None) -> FastAPI:
    """Return the application that serves a node. Several may serve the same database."""
    app = FastAPI(
        title="fairserver",
        description="Takes sealed batches from the laptops of a fair, answers with signed receipts.",
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.node = node
    app.state.metrics = metrics or Metrics()
    for module in (hello, enrol, session, heads, batches, receipts, wait, people, health, counted):
        app.include_router(module.router)
    problems.install(app)
    app.add_middleware(Envelope, gate=Gate(limits or Limits(time.monotonic), app.state.metrics))
    return app
