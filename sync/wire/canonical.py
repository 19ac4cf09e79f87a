"""One way to write a JSON value as bytes, so that a digest means the same on every machine.

Keys sorted by code point, no white space, UTF-8 without escapes but those that JSON demands (the spirit of
RFC 8785). Facts hold no floating point numbers, so the number formatting rules of that RFC are not needed.
"""

from __future__ import annotations

import json
from typing import Any

from sync.wire.problem import WireError

MAX_DEPTH = 12
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def encode(value: Any) -> bytes:
    """Return the canonical bytes of a JSON value.

    Raises:
        WireError: `garbled` for text that is not Unicode (lone surrogates) or a value JSON cannot hold.
    """
    try:
        return _WRITER.encode(value).encode("utf-8")
    except (ValueError, TypeError, RecursionError) as error:
        raise WireError("garbled", "The value can't be written as JSON.") from error


def decode(raw: bytes) -> Any:
    """Return the JSON value in some bytes, refusing what nests deeper than `MAX_DEPTH`.

    Raises:
        WireError: `garbled`.
    """
    _refuse_depth(raw)
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise WireError("garbled", "The value is not JSON.") from error


def _refuse_depth(raw: bytes) -> None:
    """Refuse deep nesting before the parser recurses.

    Counting brackets overall is cheap and never under-estimates; only a body that could be deep is walked.
    """
    if raw.count(b"[") + raw.count(b"{") <= MAX_DEPTH:
        return
    depth = 0
    in_string = escaped = False
    for byte in raw:
        if in_string:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                in_string = False
        elif byte == 0x22:
            in_string = True
        elif byte in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise WireError("garbled", f"The value nests deeper than {MAX_DEPTH} levels.")
        elif byte in b"]}":
            depth -= 1
