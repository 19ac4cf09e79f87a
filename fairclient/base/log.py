"""The program's log: a small rotating file in the home that never holds personal data."""

from __future__ import annotations

import logging
import os
from pathlib import Path

NAME = "fairclient"
FILE = "fairclient.log"

_writing: list[logging.Handler] = []


def start(folder: Path, level: int = logging.INFO) -> logging.Logger:
    """Begin to write ``folder``/fairclient.log; calling again moves the log to the new folder."""
    # The library's handlers bring sockets and pickles along; the window is there before its log.
    from fairclient.base.log_file import handler  # noqa: PLC0415

    logger = logging.getLogger(NAME)
    stop()
    _writing.append(handler(folder / FILE))
    logger.addHandler(_writing[0])
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
    while _writing:
        handler = _writing.pop()
        logger.removeHandler(handler)
        handler.close()
    logger.propagate = True


def bug(error: BaseException) -> str:
    """Write down an unexpected ``error`` and give the reference under which it stands in the log."""
    reference = os.urandom(4).hex()
    logging.getLogger(NAME).error("bug %s", reference, exc_info=(type(error), error, error.__traceback__))
    return reference
