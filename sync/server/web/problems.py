"""Everything that goes wrong as an answer: problem+json (RFC 9457) with a code, never a traceback."""

from __future__ import annotations

import logging
import secrets
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sync.server.database import faults
from sync.server.joining import Gap
from sync.server.web.limits import TooMany
from sync.wire import routes
from sync.wire.messages import Problem
from sync.wire.problem import CODES, WireError
from sync.wire.version import MAX, MIN

RETRY_SECONDS: Final = 5
_BY_STATUS: Final = {400: "garbled", 404: "not-found", 405: "method", 413: "too-large", 422: "bad-field"}
_log = logging.getLogger("fairserver")


def answer(error: WireError) -> Response:
    """Return the answer to a request that broke the contract or met a bad moment."""
    more: dict[str, Any] = {}
    headers: dict[str, str] = {}
    if isinstance(error, Gap):
        more["expected"] = error.expected
    if error.code in ("busy", "too-many"):
        seconds = error.retry_after if isinstance(error, TooMany) else RETRY_SECONDS
        more["retry_after"] = seconds
        headers["Retry-After"] = str(seconds)
    if error.code == "unauthorised":
        headers["WWW-Authenticate"] = "Bearer"
    if error.code == "wire-version":
        more |= {"wire_min": MIN, "wire_max": MAX}
    title = CODES[error.code][1]
    problem = Problem(title=title, status=error.status, detail=error.detail, code=error.code, **more)
    content = problem.model_dump_json(exclude_none=True)
    return Response(content, error.status, headers, routes.PROBLEM)


def of(error: Exception) -> Response:
    """Return the answer to a request that ended in an error."""
    return answer(error) if isinstance(error, WireError) else unexpected(error)


def unexpected(error: Exception) -> Response:
    """Return the answer to a request that met a fault of ours or of the database, and log where it happened.

    What the error says is not logged: it may quote what people typed.
    """
    if faults.is_outage(error):
        _log.warning("database trouble: %s at %s", type(error).__name__, faults.place(error))
        return answer(
            WireError("busy", "The database can't do this right now. Nothing was stored; send it again.")
        )
    reference = secrets.token_hex(4)
    _log.error("fault %s: %s at %s", reference, type(error).__name__, faults.place(error))
    return answer(
        WireError(
            "internal", f"The server met a fault of its own. Nothing was stored. Reference {reference}."
        )
    )


def install(app: FastAPI) -> None:
    """Make the framework's own errors problems like all others."""
    app.add_exception_handler(WireError, _wire_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)


def _wire_error(_request: Request, error: Exception) -> Response:
    return answer(error) if isinstance(error, WireError) else unexpected(error)


def _http_error(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    problem = answer(WireError(_BY_STATUS.get(status, "garbled" if status < 500 else "internal")))
    for name, value in (getattr(error, "headers", None) or {}).items():
        problem.headers[name] = value
    return problem


def _invalid(_request: Request, error: Exception) -> Response:
    """Name the fields that are wrong, never what they held."""
    items = error.errors() if isinstance(error, RequestValidationError) else []
    if any(item["type"] == "json_invalid" for item in items):
        return answer(WireError("garbled"))
    places = sorted({".".join(str(part) for part in item["loc"])[:60] for item in items})
    return answer(WireError("bad-field", f"Not allowed: {', '.join(places[:5])}."))
