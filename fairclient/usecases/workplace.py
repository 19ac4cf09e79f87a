"""An unlocked laptop with the operator at work: what every use case is handed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.clock import Clock, moment
from fairclient.base.errors import Unauthorised
from fairclient.base.home import Home
from fairclient.base.words import N_, _
from fairclient.store.database import Store
from fairclient.store.identity import StationIdentity
from fairclient.store.queries import reference
from fairclient.usecases.permission import refuse_if_over

ROLE_NAMES = {
    "registrar": N_("registro"),
    "desk": N_("mesa de servicio"),
    "supervisor": N_("supervisión"),
    "protection": N_("punto focal de protección"),
    "administrator": N_("administración"),
}


@dataclass(frozen=True)
class OperatorAtWork:
    """Who is at the keyboard: every entry written now is credited to this person and to nobody else."""

    id: str
    name: str
    roles: frozenset[str]
    key: Ed25519PrivateKey


@dataclass(frozen=True)
class Workplace:
    """A station, its store and the operator at work."""

    store: Store
    operator: OperatorAtWork
    clock: Clock
    home: Home

    @property
    def identity(self) -> StationIdentity:
        """Who this station is; its incarnation may change while it is open."""
        return self.store.identity

    @property
    def fair(self) -> str:
        """The id of the fair that this station was enrolled for."""
        return self.identity.fair

    def now(self) -> datetime:
        """The present moment (UTC, aware)."""
        return moment(self.clock.now_ms())

    def today(self) -> date:
        """The calendar day at the fair."""
        with self.store.read() as session:
            return self.clock.today(reference.fair(session).time_zone)

    def may(self, *roles: str) -> bool:
        """Whether any of these roles is the operator's: what is offered, and to whom. `require` refuses."""
        return not self.operator.roles.isdisjoint(roles)

    def require(self, *roles: str) -> None:
        """Refuse, in words, what none of the operator's roles allows, and all once her time here is over.

        Raises Unauthorised.
        """
        refuse_if_over(self.store, self.operator.id, self.operator.name)
        if not self.may(*roles):
            names = ", ".join(_(ROLE_NAMES[role]) for role in roles)
            raise Unauthorised(
                _("{operator} no tiene el permiso necesario: {roles}.").format(
                    operator=self.operator.name, roles=names
                ),
                _("No se cambió nada."),
                _("Pida a una persona con ese permiso que entre en este equipo."),
            )

    def close(self) -> None:
        """Close the store; the operator has locked the laptop or gone."""
        self.store.close()
