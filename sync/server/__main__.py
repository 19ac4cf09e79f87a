"""`python -m sync.server` is `fairserver`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run a command.

    A start is nearly all imports, and what they bring stays: to look for garbage in it, again and again and
    once more at the end, takes a quarter of the start's time. So it is set aside before the work begins.
    """
    gc.disable()
    from sync.server.cli.main import main as run  # noqa: PLC0415 (see above)

    if {"hub", "serve"}.intersection(sys.argv[1:2]):
        import sync.server.web.listening  # noqa: F401, PLC0415 (these commands would load it a moment later)
    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
