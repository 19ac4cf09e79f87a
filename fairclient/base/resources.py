"""Where the files of ``resources/`` are: in a checkout, an installed wheel or a frozen folder."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def root() -> Path:
    """The folder that holds the resources."""
    frozen = getattr(sys, "_MEIPASS", None)  # PyInstaller's folder, set only in a frozen program
    places = [Path(frozen) / "resources"] if frozen else []
    places += [_PACKAGE / "resources", _PACKAGE.parent / "resources"]
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError("the resources folder is missing from this installation")


def path(relative: str) -> Path:
    """The file or folder ``relative`` (with forward slashes) of the resources; it need not exist."""
    return root().joinpath(*relative.split("/"))
