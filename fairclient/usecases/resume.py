"""Let somebody in again on a laptop whose screen was locked while its store stayed open."""

from __future__ import annotations

from fairclient.store import vault
from fairclient.usecases.unlock import workplace
from fairclient.usecases.workplace import Workplace


def resume(place: Workplace, passphrase: str, operator: str | None = None) -> Workplace:
    """Return the workplace of whoever's passphrase this is, on the store that is open.

    The store stays open behind a locked screen, so that what waits goes on being sent; entries that are
    written from now on are credited to whoever came in.

    Raises WrongPassphrase, TooManyTries, DamagedStore, or Unauthorised for an operator whose access was
    withdrawn.
    """
    opened = vault.unlock(place.home, passphrase, operator, place.clock)
    who = (opened.operator, opened.operator_name, opened.operator_key)
    return workplace(place.home, place.store, place.clock, who)
