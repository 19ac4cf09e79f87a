"""`python -m sync.server` is `fairserver`."""

from __future__ import annotations

from sync.server.cli.main import main

if __name__ == "__main__":
    main()
