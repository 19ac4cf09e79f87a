"""What this laptop put on paper for a person: the first print of each slip, and the copies (DP-08)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlmodel import Session

from fairclient.store.queries import reference
from fairclient.store.queries.person_moments import Moment
from fairclient.store.sessions import identity_of

PRINT: Final = "print"
"""The kind of such a moment: no entry, so other laptops don't know of it."""

_DONE: Final = (
    "SELECT slip, again, at FROM print_job WHERE state IN ('printed', 'sent') AND slip IN ({marks})"
)


def prints(session: Session, slips: Sequence[str]) -> Iterable[Moment]:
    """The prints of some slips, each as a moment with ``changes`` {"again": whether it was a copy}."""
    if not slips:
        return
    stations = {station: fact.name for station, fact in reference.stations(session)}
    here = stations.get(identity_of(session).station, "")
    rows = session.connection().exec_driver_sql(_DONE.format(marks=",".join("?" * len(slips))), tuple(slips))
    for slip, again, at in rows:
        yield Moment(f"{at:012x}0000", PRINT, slip, "", here, None, {"again": bool(again)})
