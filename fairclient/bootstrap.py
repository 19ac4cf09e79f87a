"""The one place that builds the parts of the desktop app and hands them on."""

from __future__ import annotations

from fairclient.base.home import Home


def run_window(home: Home) -> int:
    """Open the window on a home and return the exit code when it is closed."""
    from fairclient.ui.app import run  # noqa: PLC0415 (Qt is loaded only when there is a window)

    return run(home)
