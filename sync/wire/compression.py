"""Compression of batches, with a bound on what comes out."""

from __future__ import annotations

import threading
import zlib
from typing import Final

import zstandard

from sync.wire.problem import WireError

METHODS: Final = ("zstd", "gzip", "identity")
_LEVEL: Final = 9
_WINDOW: Final = 8 * 1024 * 1024
_SMALL: Final = 64 * 1024
_kept = threading.local()
_PIECE: Final = 128  # a piece this small can grow to 4 MiB at most before the bound is looked at


def compress(data: bytes, method: str = "zstd") -> bytes:
    """Return the data compressed by one of `METHODS`."""
    if method == "zstd":
        return zstandard.ZstdCompressor(level=_LEVEL).compress(data)
    if method == "gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        return packer.compress(data) + packer.flush()
    if method == "identity":
        return data
    raise WireError("garbled", "The compression is not one that this version knows.")


def decompress(data: bytes, method: str, limit: int) -> bytes:
    """Return the original bytes, at most `limit` of them.

    Raises:
        WireError: `too-large` when more would come out (nothing beyond the bound is made), `garbled`
        otherwise.
    """
    if method == "zstd":
        return _unpack_zstd(data, limit)
    if method == "gzip":
        return _unpack_gzip(data, limit)
    if method == "identity":
        return bytes(_bounded(data, limit))
    raise WireError("garbled", "The compression is not one that this version knows.")


def is_small(data: bytes, method: str, limit: int) -> bool:
    """Say whether at most `limit` bytes come out, as far as can be seen from the outside; no if in doubt."""
    if method != "zstd":
        return method == "identity" and len(data) <= limit
    try:
        parameters = zstandard.get_frame_parameters(data)
    except zstandard.ZstdError:
        return False
    known = parameters.content_size not in (zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR)
    return known and len(data) <= limit and parameters.content_size <= limit


def _bounded(data: bytes | bytearray, limit: int) -> bytes | bytearray:
    if len(data) > limit:
        raise WireError("too-large", f"The message holds more than {limit} bytes.")
    return data


def _unpack_zstd(data: bytes, limit: int) -> bytes:
    if is_small(data, "zstd", min(limit, _SMALL)):
        return _unpack_small(data)
    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
    out = bytearray()
    try:
        for start in range(0, len(data), _PIECE):
            out += unpacker.decompress(data[start : start + _PIECE])
            _bounded(out, limit)
    except zstandard.ZstdError as error:
        raise WireError("garbled", "The message can't be unpacked.") from error
    if not unpacker.eof or unpacker.unused_data:
        raise WireError("garbled", "The packed message is cut short or has something after its end.")
    return bytes(out)


def _unpack_small(data: bytes) -> bytes:
    """Unpack what says that it is small, with an unpacker that each thread keeps: making one takes longer."""
    unpacker: zstandard.ZstdDecompressor | None = getattr(_kept, "unpacker", None)
    if unpacker is None:
        unpacker = _kept.unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    try:
        return unpacker.decompress(data, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise WireError("garbled", "The message can't be unpacked.") from error


def _unpack_gzip(data: bytes, limit: int) -> bytes:
    unpacker = zlib.decompressobj(31)
    try:
        out = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise WireError("garbled", "The message can't be unpacked.") from error
    _bounded(out, limit)
    if not unpacker.eof or unpacker.unused_data:
        raise WireError("garbled", "The packed message is cut short or has something after its end.")
    return out
