"""The one place that builds the parts of the desktop app and hands them on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairclient.base.home import Home

if TYPE_CHECKING:
    from fairclient.usecases.workplace import Workplace


def run_window(home: Home, place: Workplace | None = None, language: str = "") -> int:
    """Open the window on a home, locked or with an open workplace, and return the exit code."""
    from fairclient.ui.app import run  # noqa: PLC0415 (Qt is loaded only when there is a window)

    return run(home, place, language)
