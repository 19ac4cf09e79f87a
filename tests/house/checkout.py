"""What the guards look at: the tracked files of this checkout, and the Python among them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_MADE = {".git", ".venv", "build", "dist", "demo-out", "__pycache__"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is committed or about to be; every file at all where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True, timeout=60,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not _MADE.intersection(path.relative_to(ROOT).parts)]
    else:
        found = [ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def modules(*folders: str) -> tuple[tuple[str, ast.Module], ...]:
    """The name and the syntax tree of each Python file in ``folders``."""
    chosen = [
        path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders
    ]
    return tuple((path.relative_to(ROOT).as_posix(), _tree(path)) for path in chosen)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
