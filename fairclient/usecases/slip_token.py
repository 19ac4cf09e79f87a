"""The signed code that stands on papers: what it says, until when it is good, and whose paper is nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from fairclient.base.clock import zone
from fairclient.base.errors import SlipRefused
from fairclient.base.words import _
from fairclient.slips import token
from fairclient.slips.code import human_code
from fairclient.slips.cose import key_id
from fairclient.slips.token import SlipToken
from fairclient.store.queries import reference
from fairclient.usecases.workplace import Workplace
from sync.wire.fair import Fair

SAMPLE_ID: Final = "0" * 16
"""The token id of slips that try a printer: drawn for a person once in 2^64."""
SAMPLE_CODE: Final = human_code(SAMPLE_ID)


def slip_token(
    place: Workplace, fair: Fair, day: date, token_id: str, turn: str, desks: Sequence[str] = ()
) -> str:
    """Return the text of a paper's QR, signed by this station.

    It is good from midnight of the paper's ``day`` at the fair, so that a copy printed later is the same
    token: the minute of registering would say more than a desk has to know. It ends with the day after the
    fair's last, for people come back on the next morning; a fair that goes on after its last day (the rain,
    the queue) still gives papers that are good.
    """
    return token.issue(
        place.identity.private_key,
        fair=place.fair,
        token_id=token_id,
        turn=turn,
        desks=desks,
        issued=min(_midnight(fair, day), place.now()),
        expires=_midnight(fair, max(fair.ends, day) + timedelta(days=2)),
    )


def read_token(place: Workplace, session: Session, text: str) -> SlipToken:
    """Read and check the text of a QR.

    Raises SlipRefused: garbled, forged, foreign, expired, or the sample by which a printer was tried.
    """
    read = token.read(text, _keys(session).get, place.fair, place.now())
    if read.token_id == SAMPLE_ID:
        raise sample()
    return read


def sample() -> SlipRefused:
    """Why the paper by which a printer was tried leads nowhere."""
    return SlipRefused(
        _("Es una ficha de prueba de la impresora: no es de nadie."),
        _("No se registró nada."),
        _("Destrúyala. Si la tiene una persona, envíela al punto de registro."),
        code="sample",
    )


def _keys(session: Session) -> dict[bytes, token.KeyKnown]:
    """The keys of the fair's laptops, the revoked ones too, by the id that a token names."""
    return {
        key_id(bytes.fromhex(station.public_key)): token.KeyKnown(
            bytes.fromhex(station.public_key), station_id, station.revoked
        )
        for station_id, station in reference.stations(session)
    }


def _midnight(fair: Fair, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone(fair.time_zone)).astimezone(UTC)
