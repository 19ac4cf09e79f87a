"""`fairserver openapi`: the description of the interface, for programs that write clients or try it."""

from __future__ import annotations

from sync.server.cli.options import show_json


def openapi() -> None:
    """Print the OpenAPI description of the interface; no database is needed."""
    # FastAPI: the other commands start without
    from sync.server.web.app import create_app  # noqa: PLC0415

    show_json(create_app(None).openapi())
