"""New identifiers and random bytes."""

from __future__ import annotations

import secrets

from fairclient.base.clock import Clock


def new_id(clock: Clock) -> str:
    """A UUIDv7 (RFC 9562) in lower-case text; its first 48 bits are ``clock``'s milliseconds."""
    from uuid_utils import uuid7  # noqa: PLC0415 (the window is there before the first id)

    return str(uuid7(nanoseconds=max(clock.now_ms(), 0) * 1_000_000))


def random_bytes(count: int) -> bytes:
    """``count`` bytes from the operating system's generator, fit for keys and salts."""
    return secrets.token_bytes(count)
