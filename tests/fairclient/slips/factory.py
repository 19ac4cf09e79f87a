"""Fictional slips, fixed keys and a fixed day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.slips import token
from fairclient.slips.code import human_code
from fairclient.slips.cose import key_id
from fairclient.slips.layout import SlipContent
from fairclient.slips.token import KeyKnown

FAIR = "01920000-0000-7000-8000-00000000fa12"
STATION = "01920000-0000-7000-8000-000000000001"
ISSUED = datetime(2026, 10, 24, 13, 30, tzinfo=UTC)
EXPIRES = ISSUED + timedelta(days=2)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = KEY.public_key().public_bytes_raw()


def issued(**changes: object) -> str:
    """A token with defaults."""
    given: dict[str, object] = {
        "key": KEY,
        "fair": FAIR,
        "token_id": "00c0ffee12345678",
        "turn": "B-042",
        "desks": ("A", "C", "D"),
        "issued": ISSUED,
        "expires": EXPIRES,
        **changes,
    }
    return token.issue(given.pop("key"), **given)  # type: ignore[arg-type]


def roster(kid: bytes) -> KeyKnown | None:
    """A fair that knows one station."""
    return KeyKnown(PUBLIC, STATION) if kid == key_id(PUBLIC) else None


def content(**changes: object) -> SlipContent:
    """A slip with defaults; every change is named."""
    given: dict[str, object] = {
        "fair": "Feria de servicios Puente Nuevo",
        "day": date(2026, 10, 24),
        "turn": "B-042",
        "display_name": "Yuleidy U.",
        "desks": ("A", "C", "D"),
        "code": human_code("00c0ffee12345678"),
        "token": issued(),
        "help_line": "01 8000 000 000",
        "place": "Colegio La Esperanza",
        **changes,
    }
    return SlipContent(**given)  # type: ignore[arg-type]
