"""The program's log: a small rotating file in the home that never holds personal data."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from fairclient.base.ids import random_bytes

NAME = "fairclient"
FILE = "fairclient.log"
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


def start(folder: Path, level: int = logging.INFO) -> logging.Logger:
    """Begin to write ``folder``/fairclient.log; calling again moves the log to the new folder."""
    logger = logging.getLogger(NAME)
    stop()
    handler = QuietHandler(
        folder / FILE, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(DiscreetFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(level)
    logger.propagate = False
    return logger


def start_in(folder: Path) -> None:
    """Begin to write in ``folder`` if it is there; a traceback has no place in a terminal."""
    if folder.is_dir():
        start(folder)
    else:
        logging.getLogger(NAME).addHandler(logging.NullHandler())


def stop() -> None:
    """Close the file of the log."""
    logger = logging.getLogger(NAME)
    for handler in list(logger.handlers):
        if isinstance(handler, RotatingFileHandler):
            logger.removeHandler(handler)
            handler.close()
    logger.propagate = True


def bug(error: BaseException) -> str:
    """Write down an unexpected ``error`` and give the reference under which it stands in the log."""
    reference = random_bytes(4).hex()
    logging.getLogger(NAME).error("bug %s", reference, exc_info=(type(error), error, error.__traceback__))
    return reference
