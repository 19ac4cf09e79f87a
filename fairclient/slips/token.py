"""The token in a slip's QR: a CBOR Web Token (RFC 8392) signed by the station, in base45 behind ``FR1:``.

It names nobody. Its claims are ``cti`` (the random token id), ``sub`` (turn and desk letters), ``aud``
(forty bits that stand for the fair), ``iat`` and ``exp``. Whoever has the fair's public keys checks it
offline and finds the issuer by the key id.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from fairclient.base.words import N_, _
from fairclient.slips import cose, refusals
from fairclient.slips.code import ALPHABET, TOKEN_ID_BYTES

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PREFIX = "FR1:"
MAX_TEXT = 400

# Claim keys of the IANA registry "CBOR Web Token (CWT) Claims", with the type that we write.
_SUB, _AUD, _EXP, _IAT, _CTI = 2, 3, 4, 6, 7
_TYPES = {_SUB: str, _AUD: str, _EXP: int, _IAT: int, _CTI: bytes}

_SUBJECT = re.compile(r"([A-Z]{1,2})([0-9]{3,5})((?:[A-Z]{0,24})|(?:(?:\.[A-Z]{1,2}){1,24}))", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\ufeff]")
_NOT_BASE45 = re.compile(r"[^0-9A-Z $%*+./:-]")
_CLOCK_SLACK = timedelta(minutes=10)

ISSUER_UNKNOWN = "issuer-unknown"
ISSUER_REVOKED = "issuer-revoked"
FROM_LATER = "from-later"

FLAG_WORDS = {
    ISSUER_UNKNOWN: N_("Aún no se conoce aquí el punto que imprimió la ficha: la firma no se comprobó."),
    ISSUER_REVOKED: N_("El punto que imprimió esta ficha fue retirado de la feria: consulte a supervisión."),
    FROM_LATER: N_("La ficha dice que se imprimió más tarde que ahora: revise la hora de los equipos."),
}


@dataclass(frozen=True)
class KeyKnown:
    """What the fair's roster says of a public key (32 raw Ed25519 bytes)."""

    public_key: bytes
    station: str
    revoked: bool = False


@dataclass(frozen=True)
class SlipToken:
    """What a token says; ``station`` is "" and ``verified`` False where the issuer isn't known here."""

    token_id: str
    turn: str
    desks: tuple[str, ...]
    station: str
    fair: str
    issued: datetime
    expires: datetime
    verified: bool
    flags: tuple[str, ...] = ()


def flag_words(flag: str) -> str:
    """The sentence that explains a flag of a token."""
    return _(FLAG_WORDS[flag])


def issue(
    key: Ed25519PrivateKey,
    *,
    fair: str,
    token_id: str,
    turn: str,
    desks: Iterable[str],
    issued: datetime,
    expires: datetime,
) -> str:
    """Sign a token with a station's ``key``; ``issued`` and ``expires`` are aware and cut to whole seconds.

    ``turn`` is like ``B-042``, ``desks`` are letters in walking order, ``fair`` is the fair's id. Raises
    ValueError for anything that ``read`` would not take back.
    """
    import base45  # noqa: PLC0415 (needed only once slips are issued or read: start-up stays fast)
    import cbor2  # noqa: PLC0415

    claims = {
        _SUB: turn.replace("-", "", 1) + _run_together(tuple(desks)),
        _AUD: fair_mark(fair),
        _EXP: _seconds(expires),
        _IAT: _seconds(issued),
        _CTI: bytes.fromhex(token_id),
    }
    payload = cbor2.dumps(claims)
    if _claims(payload).token_id != token_id:
        raise ValueError("a token id is sixteen hexadecimal digits in small letters")
    encoded: bytes = base45.b45encode(cose.seal(key, payload))
    return PREFIX + encoded.decode("ascii")


def read(text: str, keys: Callable[[bytes], KeyKnown | None], fair: str, now: datetime) -> SlipToken:
    """Read and check a scanned token for ``fair`` at ``now`` (aware), with no leeway.

    ``keys`` finds a station's key by its key id. A token whose issuer isn't known here comes back with
    ``verified=False`` and a flag. Raises SlipRefused with code "garbled", "forged", "foreign" or "expired".
    """
    raw = _unwrap(text)
    try:
        kid, payload = cose.open_unchecked(raw)
        claims = _claims(payload)
    except ValueError:
        raise refusals.garbled() from None
    known = keys(kid)
    if known is not None and not cose.signed_by(known.public_key, raw, payload):
        raise refusals.forged()
    if claims.fair_mark != fair_mark(fair):
        raise refusals.foreign()
    if now >= claims.expires:  # RFC 8392 §3.1.4: "on or after"
        raise refusals.expired(claims.expires, now)
    return SlipToken(
        token_id=claims.token_id,
        turn=claims.turn,
        desks=claims.desks,
        station=known.station if known else "",
        fair=fair,
        issued=claims.issued,
        expires=claims.expires,
        verified=known is not None,
        flags=tuple(_flags(known, claims.issued, now)),
    )


def looks_like_token(text: str) -> bool:
    """Whether ``text`` was meant to be a token, right or garbled, and not something that a person typed."""
    begun = text.lstrip()[: len(PREFIX)].upper()
    return begun == PREFIX or (begun[:3] == PREFIX[:3] and len(text) > 40)


def fair_mark(fair: str) -> str:
    """Eight base32 characters (40 bits) that stand for a fair's id in a token."""
    value = int.from_bytes(hashlib.sha256(b"fairclient/slip/1 " + fair.encode()).digest()[:5])
    return "".join(ALPHABET[value >> shift & 31] for shift in range(35, -1, -5))


class _Claims(NamedTuple):
    token_id: str
    turn: str
    desks: tuple[str, ...]
    fair_mark: str
    issued: datetime
    expires: datetime


def _unwrap(text: str) -> bytes:
    """The bytes behind the prefix.

    The last character of base45 is never a blank, so trimming is safe; a scanner with Caps Lock sends
    small letters.
    """
    import base45  # noqa: PLC0415 (see issue)

    tidy = _UNSEEN.sub("", text[: MAX_TEXT + 1]).strip().upper()
    if len(tidy) > MAX_TEXT:
        raise refusals.garbled()
    if looks_like_token(tidy) and (tidy[3] != ":" or _NOT_BASE45.search(tidy)):
        raise refusals.other_keyboard()
    if not tidy.startswith(PREFIX):
        raise refusals.garbled()
    try:
        decoded: bytes = base45.b45decode(tidy.removeprefix(PREFIX))
    except ValueError:
        raise refusals.garbled() from None
    return decoded


def _claims(payload: bytes) -> _Claims:
    """The claims in a payload of at most 120 bytes; anything but the five that we write is a ValueError."""
    import cbor2  # noqa: PLC0415 (see issue)

    try:
        found = cbor2.loads(payload)
        if not isinstance(found, dict) or {key: type(value) for key, value in found.items()} != _TYPES:
            raise ValueError("other claims than ours")
        match = _SUBJECT.fullmatch(found[_SUB])
        if match is None or len(found[_CTI]) != TOKEN_ID_BYTES or cbor2.dumps(found) != payload:
            raise ValueError("claims in another form than ours")
        issued, expires = (datetime.fromtimestamp(found[key], UTC) for key in (_IAT, _EXP))
    except (cbor2.CBORDecodeError, TypeError, OverflowError, OSError, RecursionError, MemoryError) as error:
        raise ValueError("no claims") from error
    turn, desks = f"{match[1]}-{match[2]}", _taken_apart(match[3])
    return _Claims(found[_CTI].hex(), turn, desks, found[_AUD], issued, expires)


def _run_together(desks: tuple[str, ...]) -> str:
    """Desk letters as the token carries them: in a row, or each behind a dot where one has two letters."""
    if all(len(desk) == 1 for desk in desks):
        return "".join(desks)
    return "".join("." + desk for desk in desks)


def _taken_apart(letters: str) -> tuple[str, ...]:
    return tuple(letters[1:].split(".")) if letters.startswith(".") else tuple(letters)


def _seconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a token's times need a time zone")
    return int(moment.timestamp())


def _flags(known: KeyKnown | None, issued: datetime, now: datetime) -> Iterable[str]:
    if known is None:
        yield ISSUER_UNKNOWN
    elif known.revoked:
        yield ISSUER_REVOKED
    if issued > now + _CLOCK_SLACK:
        yield FROM_LATER
