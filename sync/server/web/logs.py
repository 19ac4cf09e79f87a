"""The server's log: one line of JSON for each event, for machines; nothing about people in any of them."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Final, TextIO

from sync.server.web.metrics import Handled

ABOUT: Final = "about"
"""The name under which an event's own fields stand on its log record."""
_requests = logging.getLogger("fairserver.requests")


class JsonLines(logging.Formatter):
    """Writes time, level, event and the event's own fields. Of an exception only its kind is told."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage() if not record.exc_info else record.msg,
        }
        about = getattr(record, ABOUT, None)
        if isinstance(about, dict):
            line |= about
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up(stream: TextIO | None = None, *, requests: bool = True) -> None:
    """Log to a stream (the standard error where none is given); `requests` tells each request, too."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    _requests.setLevel(logging.INFO if requests else logging.WARNING)


def request(method: str, what: Handled) -> None:
    """Log a request: the address as the program names it, never what was asked or by whom."""
    if _requests.isEnabledFor(logging.INFO):
        about = {
            "method": method,
            "path": what.path,
            "status": what.status,
            "ms": round(what.seconds * 1e3, 1),
            "bytes_in": what.bytes_in,
            "bytes_out": what.bytes_out,
        }
        _requests.info("request", extra={ABOUT: about})
