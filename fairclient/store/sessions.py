"""Sessions that know whose store they read and remember the fair's reference data between them."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from fairclient.store.identity import StationIdentity

_IDENTITY: Final = "identity"
_REMEMBERED: Final = "remembered"


def session_on(
    bind: Engine | Connection,
    identity: StationIdentity | None,
    remembered: dict[Any, Any] | None = None,
) -> Session:
    """A session for reading. ``remembered`` is replaced by the store when the reference data change."""
    info = {_IDENTITY: identity, _REMEMBERED: {} if remembered is None else remembered}
    return Session(bind=bind, autoflush=False, info=info)


def identity_of(session: Session) -> StationIdentity:
    """Whose store this is. RuntimeError before the enrolment is complete."""
    identity = session.info.get(_IDENTITY)
    if not isinstance(identity, StationIdentity):
        raise RuntimeError("this session belongs to no enrolled store")
    return identity


def remembered(session: Session) -> dict[Any, Any]:
    """What earlier sessions found out about the fair's reference data: seldom changed, often read."""
    found: dict[Any, Any] = session.info.setdefault(_REMEMBERED, {})
    return found
