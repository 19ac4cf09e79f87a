"""The program's start: without arguments the window, at once; with arguments the headless commands."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> int:
    """Run and return the exit code."""
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 2 and arguments[0] == "--home"):
        return _window(arguments[1] if arguments else os.environ.get("FAIRCLIENT_HOME"))
    from fairclient.cli.app import run  # noqa: PLC0415 (the window starts without the commands)

    return run(arguments)


def _window(folder: str | None) -> int:
    from fairclient.base.home import Home  # noqa: PLC0415
    from fairclient.bootstrap import run_window  # noqa: PLC0415

    return run_window(Home(Path(folder)) if folder else Home.default())


if __name__ == "__main__":
    sys.exit(main())
