"""python-escpos' printer classes, loaded so that they cost little and change nothing of ours."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
from collections.abc import Iterator
from typing import Any, Final

from fairclient.base import resources

_OWN_FILE: Final = "ESCPOS_CAPABILITIES_FILE"


def printer_classes() -> Any:
    """The module ``escpos.printer``: Network, Serial, Usb and Win32Raw.

    Importing it reads a list of all printers on the market as YAML (half a second), leaves a folder among
    the temporary files at each start, and takes over the root logger. We send rasters, so the shortest of
    lists does; the folder and the handler are taken away again.
    """
    with _short_list(), _root_logger_kept():
        from escpos import capabilities, printer  # noqa: PLC0415 (a third of a second, at the first slip)

        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return printer


@contextlib.contextmanager
def _short_list() -> Iterator[None]:
    before = os.environ.get(_OWN_FILE)
    os.environ[_OWN_FILE] = str(resources.path("printers/capabilities.json"))
    try:
        yield
    finally:
        if before is None:
            del os.environ[_OWN_FILE]
        else:
            os.environ[_OWN_FILE] = before


@contextlib.contextmanager
def _root_logger_kept() -> Iterator[None]:
    root = logging.getLogger()
    before = list(root.handlers)
    try:
        yield
    finally:
        for handler in [one for one in root.handlers if one not in before]:
            root.removeHandler(handler)
