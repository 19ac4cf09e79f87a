"""Addresses, header names, media types and bounds of the exchange: stated once for both ends."""

from __future__ import annotations

from typing import Final

HELLO: Final = "/v1/hello"
ENROL: Final = "/v1/enrol"
CODES: Final = "/v1/codes"
SESSION: Final = "/v1/session"
HEADS: Final = "/v1/heads"
BATCHES: Final = "/v1/batches"
BATCH_OF: Final = "/v1/batches/{station}/{incarnation}/{fair}"
RECEIPTS: Final = "/v1/receipts"
WAIT: Final = "/v1/wait"
PEOPLE: Final = "/v1/people"
HEALTH: Final = "/health"
METRICS: Final = "/metrics"

WAIT_SECONDS: Final = 20
"""How long a server holds a wait at most, in seconds."""

H_WIRE: Final = "Fair-Wire"
"""On every request and reply: the version of the contract that the message is written in."""
H_ECHO: Final = "Fair-Echo"
"""A fresh random text on every request; the reply repeats it. A portal in between can't know to."""
H_COMPRESSION: Final = "Fair-Compression"
"""How a batch is packed: zstd, gzip or identity. Not Content-Encoding: no library may unpack it unbounded."""

JSON: Final = "application/vnd.fairclient+json"
BATCH: Final = "application/vnd.fairclient.batch"
PROBLEM: Final = "application/problem+json"

MAX_REQUEST: Final = 1024 * 1024
"""Bytes of a request's body at most, as it travels."""
MAX_REPLY: Final = 8 * 1024 * 1024
"""Bytes of a reply's body at most, as it travels."""


def batch_of(station: str, incarnation: int, fair: str) -> str:
    """Return the address from which a journal's batches are read."""
    return BATCH_OF.format(station=station, incarnation=incarnation, fair=fair)
