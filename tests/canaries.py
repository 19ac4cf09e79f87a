"""Words that no file may show, and the search for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

CANARIES = ("Quetzalcanaria", "Zumbiñanez", "9988776655443", "3219876540", "Vereda Ultramarina")


def leaks(*folders: Path, words: Sequence[str] = CANARIES) -> list[tuple[str, str]]:
    """Which canary stands in which file, in any of the encodings in which it might."""
    hits = []
    for file in (file for folder in folders for file in folder.rglob("*") if file.is_file()):
        content = file.read_bytes()
        for word in words:
            forms = {word.encode(how) for how in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")}
            forms |= {word.lower().encode(), word.encode().hex().encode()}
            if any(form in content for form in forms):
                hits.append((file.name, word))
    return hits
