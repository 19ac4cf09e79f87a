"""Unlock a laptop: a passphrase opens the operator's slot, the slot the store; the roster says the roles."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.clock import Clock
from fairclient.base.errors import Unauthorised
from fairclient.base.home import Home
from fairclient.base.words import _
from fairclient.store import vault
from fairclient.store.database import Store, open_store
from fairclient.store.queries import reference
from fairclient.usecases.workplace import OperatorAtWork, Workplace


def unlock(home: Home, passphrase: str, clock: Clock, operator: str | None = None) -> Workplace:
    """Open the home's store for the operator whose passphrase this is.

    Raises HomeMissing, WrongPassphrase, TooManyTries, DamagedStore, NewerStore, LockedByAnother, DiskFull,
    HomeNotWritable, or Unauthorised for an operator whose access was withdrawn.
    """
    opened = vault.unlock(home.require(), passphrase, operator, clock)
    store = open_store(home, opened.data_key, clock)
    try:
        return workplace(home, store, clock, (opened.operator, opened.operator_name, opened.operator_key))
    except BaseException:
        store.close()
        raise


def workplace(home: Home, store: Store, clock: Clock, who: tuple[str, str, Ed25519PrivateKey]) -> Workplace:
    """Return the workplace of an operator (id, name, key) at an open store.

    Somebody whose time has run out enters all the same, to synchronise or to fill a stick; she writes nothing
    (``Workplace.require``). Raises Unauthorised for an operator whose access was withdrawn.
    """
    operator, name, key = who
    with store.read() as session:
        listed = reference.operator(session, operator)
    if listed is not None and listed.revoked:
        raise Unauthorised(
            _("El acceso de {operator} a esta feria terminó.").format(operator=name),
            _("Lo que registró está guardado y se enviará."),
            _("Entre con otra persona: puede sincronizar, o guardar lo de este equipo en una memoria USB."),
            code="access-over",
        )
    roles = frozenset[str](listed.roles) if listed is not None else store.identity.roles_at_enrolment
    return Workplace(store, OperatorAtWork(operator, name, roles, key), clock, home)
