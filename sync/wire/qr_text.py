"""What one program shows another as a QR code: canonical JSON, compressed, in base 45 behind a prefix."""

from __future__ import annotations

from typing import Final, TypeVar

import base45
from pydantic import BaseModel, ValidationError

from sync.wire import canonical, compression
from sync.wire.problem import WireError

MAX_TEXT: Final = 1500
"""Characters of such a text."""

_MAX_BYTES: Final = 4096

Shown = TypeVar("Shown", bound=BaseModel)


def encode(prefix: str, shown: BaseModel) -> str:
    """Return the text of the QR code."""
    return pack(prefix, canonical.encode(shown.model_dump(mode="json")))


def pack(prefix: str, raw: bytes) -> str:
    """Return bytes as such a text."""
    text: str = prefix + base45.b45encode(compression.compress(raw)).decode()
    return text


def decode(prefix: str, text: str, model: type[Shown]) -> Shown:
    """Read such a text as a scanner types it, or as somebody pasted it.

    Raises:
        WireError: `garbled` or `too-large`.
    """
    tidy = "".join(text.split("\n")).strip()
    if len(tidy) > MAX_TEXT:
        raise WireError("too-large", "The text is too long for a code of this kind.")
    if not tidy.startswith(prefix):
        raise WireError("garbled", f"The text does not begin with {prefix}")
    try:
        packed = base45.b45decode(tidy[len(prefix) :].encode())
    except ValueError as error:
        raise WireError("garbled", "The text is cut short or mistyped.") from error
    content = canonical.decode(compression.decompress(packed, "zstd", _MAX_BYTES))
    try:
        return model.model_validate(content)
    except ValidationError:
        pass  # and not chained below: the library's message quotes the code that lets somebody in
    raise WireError("garbled", "The text is cut short or mistyped.")
