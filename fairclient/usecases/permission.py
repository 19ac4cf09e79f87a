"""How long somebody, and this laptop, may go on without being heard of; what is said when that time is over.

The centre gives seven days and renews them with each synchronisation. What was withdrawn thus ends on a
laptop that never hears of it, too. Clocks are wrong at fairs: a day over counts as in time, and a clock that
was turned back behind what the centre has said is not believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from fairclient.base.clock import day_of
from fairclient.base.errors import Unauthorised
from fairclient.base.words import _, ngettext
from fairclient.store.database import Store
from fairclient.store.queries import reference
from sync.wire.operator import Operator

GRACE: Final = timedelta(days=1)
"""What a wrong clock or another time zone may make of a day."""
WARN: Final = timedelta(days=2)
"""How long before the end people are told to synchronise."""

Whose = Literal["operator", "station"]


@dataclass(frozen=True)
class Permission:
    """The permission that ends first: whose, its last day, and whether it is over or was withdrawn.

    ``today`` is the day that counts here: the laptop's, or what the centre said last where that is later.
    """

    whose: Whose
    last_day: date
    today: date
    withdrawn: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing may be written any more."""
        return self.withdrawn or self.today > self.last_day + GRACE

    @property
    def ends_soon(self) -> bool:
        """Whether it is time to synchronise."""
        return not self.over and self.today > self.last_day - WARN


def access_holds(operator: Operator, today: date) -> bool:
    """Whether the roster still wants somebody: notes and sticks are sealed for nobody who has left."""
    ends = operator.valid_until
    return not operator.revoked and (ends is None or today <= ends + GRACE)


def permission(store: Store, operator: str) -> Permission | None:
    """The permission by which ``operator`` works here, None for one without an end."""
    with store.read() as session:
        person = reference.operator(session, operator)
        station = dict(reference.stations(session)).get(store.identity.station)
    today = day_of(store.latest_ms())
    found = [
        Permission("operator", person.valid_until or date.max, today, person.revoked) if person else None,
        Permission("station", station.valid_until or date.max, today, station.revoked) if station else None,
    ]
    ending = [one for one in found if one is not None and (one.withdrawn or one.last_day < date.max - GRACE)]
    return min(ending, key=lambda one: (not one.withdrawn, one.last_day), default=None)


def refuse_if_over(store: Store, operator: str, name: str) -> None:
    """Stop what would be written after the end.

    Raises Unauthorised: what happened, what is safe, what to do.
    """
    found = permission(store, operator)
    if found is not None and found.over:
        raise Unauthorised(*over_words(found, name), code="permission-over")


def over_words(found: Permission, name: str) -> tuple[str, str, str]:
    """What is said of a permission that is over."""
    safe = _(
        "Lo que ya se registró está guardado y cifrado. Se puede sincronizar y guardar en una memoria USB."
    )
    if found.withdrawn:
        what = (
            _("La central retiró el permiso de este equipo.")
            if found.whose == "station"
            else _("La central retiró el permiso de {operator}.").format(operator=name)
        )
        return what, safe, _("Hable con la supervisión. No se puede registrar nada nuevo aquí.")
    day = f"{found.last_day:%d/%m/%Y}"
    what = (
        _("El permiso de este equipo venció el {day}.").format(day=day)
        if found.whose == "station"
        else _("El permiso de {operator} venció el {day}.").format(operator=name, day=day)
    )
    today = f"{found.today:%d/%m/%Y}"
    do = _("Sincronice para renovarlo. Si hoy no es {today}, corrija la fecha del equipo.").format(
        today=today
    )
    return what, safe, do


def soon_words(found: Permission) -> tuple[str, str, str]:
    """What is said when a permission ends soon."""
    left = max(0, (found.last_day - found.today).days)
    what = ngettext(
        "El permiso para registrar sin red termina en {n} día.",
        "El permiso para registrar sin red termina en {n} días.",
        left,
    ).format(n=left)
    return what, _("Todo sigue igual hasta entonces."), _("Sincronice antes: se renueva por sí solo.")
