"""The file of the log: small, rotating, and discreet."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

MAX_BYTES = 512 * 1024
KEPT = 3

_ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class DiscreetFormatter(logging.Formatter):
    """Writes an exception as its class and its frames only.

    The message of an exception often quotes the value that caused it (a name, a document number),
    so it is left out; the class, the file and the line are enough to find a bug.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line; what another handler wrote of the exception, message and all, is never taken over."""
        told, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = told

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - logging's own name
        """The chain of exceptions without their messages."""
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            lines.append(type(error).__qualname__)
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class QuietHandler(RotatingFileHandler):
    """Says nothing where the log can't be written (folder gone, disk full): the work goes on."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Let the record go."""


def handler(file: Path) -> logging.Handler:
    """A handler that writes ``file``."""
    made = QuietHandler(file, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
    made.setFormatter(DiscreetFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return made
