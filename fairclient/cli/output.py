"""What commands print: sentences for people, or JSON for programs."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from fairclient.base.errors import SayError


def speak_utf8() -> None:
    """Print UTF-8 wherever it goes: a pipe on Windows would take names in its own code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def as_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def as_text(lines: Iterable[str]) -> None:
    """Print sentences."""
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def error(said: SayError, *, in_json: bool) -> None:
    """Print what happened, what is safe and what to do: on standard error, or as JSON on standard output."""
    if in_json:
        as_json({"error": error_dict(said)})
        return
    sys.stderr.write("\n".join(part for part in (said.what, said.safe, said.do) if part) + "\n")
    sys.stderr.flush()


def error_dict(said: SayError) -> dict[str, str]:
    """Return an error's parts, for JSON."""
    return {"code": said.code, "what": said.what, "safe": said.safe, "do": said.do}
