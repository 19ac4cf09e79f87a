"""The Internet Printing Protocol as CUPS speaks it: requests written, answers read, with bounds.

Source: RFC 8010 (encoding) and RFC 8011 (operations). Strings and whole numbers are all that we ask for.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

PRINT_JOB: Final = 0x0002
CANCEL_JOB: Final = 0x0008
GET_JOB: Final = 0x0009
GET_PRINTER: Final = 0x000B
CUPS_GET_PRINTERS: Final = 0x4002

GOOD_BELOW: Final = 0x0100
NOT_FOUND: Final = 0x0406
NOT_ACCEPTING: Final = 0x0506

_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_OPERATION, _END = 0x01, 0x03
_NUMBERS: Final = {_INTEGER, _BOOLEAN, _ENUM}
_TAGS: Final = {
    "printer-uri": _URI,
    "requested-attributes": _KEYWORD,
    "document-format": _MIME,
    "job-id": _INTEGER,
}
MOST_VALUES: Final = 20_000

Value = str | int


@dataclass(frozen=True)
class Answer:
    """A status of RFC 8011, and one dictionary for each group that is about a printer or a job."""

    status: int
    groups: list[dict[str, list[Value]]] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether the request was done."""
        return self.status < GOOD_BELOW


def request(operation: int, attributes: Sequence[tuple[str, Value | Sequence[str]]]) -> bytes:
    """A request; what is printed follows it. ``attributes`` stand in the order that RFC 8011 asks for."""
    parts = [struct.pack(">BBHI", 2, 0, operation, 1), bytes([_OPERATION])]
    parts.append(_attribute(_CHARSET, "attributes-charset", "utf-8"))
    parts.append(_attribute(_LANGUAGE, "attributes-natural-language", "en"))
    for name, value in attributes:
        values = [value] if isinstance(value, str | int) else list(value)
        for at, one in enumerate(values):
            parts.append(_attribute(_TAGS.get(name, _NAME), name if at == 0 else "", one))
    return b"".join([*parts, bytes([_END])])


def answer(data: bytes) -> Answer:
    """Read an answer. ValueError for bytes that are none."""
    if len(data) < 8:
        raise ValueError("an answer has at least eight bytes")
    status = struct.unpack_from(">H", data, 2)[0]
    groups: list[dict[str, list[Value]]] = []
    at, name, values = 8, "", 0
    while at < len(data):
        tag = data[at]
        at += 1
        if tag == _END:
            break
        if tag < 0x10:
            if tag != _OPERATION:
                groups.append({})
            continue
        read_name, at = _text(data, at)
        raw, at = _bytes(data, at)
        name = read_name or name
        values += 1
        if values > MOST_VALUES:
            raise ValueError("too many values in an answer")
        if groups:
            groups[-1].setdefault(name, []).append(_value(tag, raw))
    return Answer(status, groups)


def _attribute(tag: int, name: str, value: Value) -> bytes:
    raw = struct.pack(">i", value) if isinstance(value, int) else value.encode()
    label = name.encode()
    return struct.pack(">BH", tag, len(label)) + label + struct.pack(">H", len(raw)) + raw


def _value(tag: int, raw: bytes) -> Value:
    if tag in _NUMBERS:
        return int.from_bytes(raw[:8], signed=True)
    return raw.decode("utf-8", "replace")


def _bytes(data: bytes, at: int) -> tuple[bytes, int]:
    if at + 2 > len(data):
        raise ValueError("an answer ends in the middle of a length")
    length = struct.unpack_from(">H", data, at)[0]
    end = at + 2 + length
    if end > len(data):
        raise ValueError("an answer ends in the middle of a value")
    return data[at + 2 : end], end


def _text(data: bytes, at: int) -> tuple[str, int]:
    raw, end = _bytes(data, at)
    return raw.decode("utf-8", "replace"), end
