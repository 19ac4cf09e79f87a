"""Who may enter on this laptop, and who of the fair's roster could be given access to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fairclient.base.clock import day_of
from fairclient.base.errors import BadInput, Unauthorised
from fairclient.base.words import _
from fairclient.store import vault
from fairclient.store.queries import reference
from fairclient.store.vault import OperatorSlot
from fairclient.usecases.permission import access_holds
from fairclient.usecases.workplace import Workplace
from sync.wire.operator import Operator
from sync.wire.operator_key import may_attest

MAY_ADMIT = ("supervisor", "protection", "administrator")
"""Who gives others access to a laptop and takes it away; a focal point only another focal point's."""

Access = Literal["holds", "over", "unlisted"]


@dataclass(frozen=True)
class Person:
    """Somebody of the roster, or of this laptop: ``here`` is whether she has a passphrase on it.

    ``access`` is "over" when it was withdrawn or ran out, "unlisted" while the roster doesn't know her.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    here: bool
    access: Access


def laptop_people(place: Workplace) -> list[Person]:
    """Everybody: those of this laptop first, as its file of keys lists them; then the rest of the roster."""
    with place.store.read() as session:
        roster = dict(reference.operators(session))
    slots = {slot.operator: slot for slot in vault.operators(place.home)}
    here = [_person(place, slot.operator, roster.get(slot.operator), slot) for slot in slots.values()]
    others = [_person(place, who, listed, None) for who, listed in roster.items() if who not in slots]
    return here + others


def may_admit(place: Workplace, person: Person, *, removing: bool = False) -> bool:
    """Whether the operator at work may give this person access and a new passphrase, or take it away."""
    listed = person.access != "unlisted"
    return listed and may_attest(place.operator.roles, person.roles, withdrawn=removing)


def person_named(place: Workplace, named: str) -> Person:
    """Somebody by her id, or by her name if only one has it. Raises BadInput."""
    found = [one for one in laptop_people(place) if named.strip() in (one.id, one.name)]
    if len(found) != 1:
        raise BadInput(
            _("No hay nadie con el nombre «{name}» en la lista de la feria.").format(name=named)
            if not found
            else _("Varias personas se llaman «{name}».").format(name=named),
            _("No se cambió nada."),
            _("Nómbrela con el identificador que muestra la lista."),
            code="unknown-operator",
        )
    return found[0]


def wanted(place: Workplace, operator: str, *, removing: bool = False) -> Person:
    """Somebody who is to get access, or a new passphrase, or to lose it.

    Raises Unauthorised for whoever may not do it, and BadInput for somebody who isn't on the roster or is
    the very person at work.
    """
    place.require(*MAY_ADMIT)
    person = next((one for one in laptop_people(place) if one.id == operator), None)
    if person is None or person.access == "unlisted":
        raise BadInput(
            _("Esa persona no está en la lista de la feria que tiene este equipo."),
            _("No se cambió nada."),
            _("Pida a la central que la agregue, y sincronice este equipo una vez."),
            code="not-on-roster",
        )
    if person.id == place.operator.id:
        raise BadInput(
            _("Esto lo hace otra persona que supervisa, no usted misma."),
            _("No se cambió nada."),
            _("Su propia contraseña la cambia con «Cambiar mi contraseña»."),
            code="oneself",
        )
    if not may_admit(place, person, removing=removing):
        raise _not_hers(person)
    return person


def refuse_over(person: Person) -> None:
    """Stop what would give access to somebody whose permission is over. Raises Unauthorised."""
    if person.access == "over":
        raise Unauthorised(
            _("El permiso de {operator} terminó: no puede entrar en ningún equipo.").format(
                operator=person.name
            ),
            _("No se cambió nada."),
            _("Si debe seguir, pida a la central que lo renueve, y sincronice este equipo."),
            code="access-over",
        )


def _not_hers(person: Person) -> Unauthorised:
    if "administrator" in person.roles:
        what = _("{name} administra la feria: solo otra persona que administra le da o le quita acceso.")
    elif "protection" in person.roles:
        what = _("{name} es punto focal de protección: le da acceso otro punto focal, o la administración.")
    else:
        what = _("A {name} le da o le quita acceso quien supervisa.")
    return Unauthorised(what.format(name=person.name), _("No se cambió nada."), code="not-yours-to-admit")


def _person(place: Workplace, who: str, listed: Operator | None, slot: OperatorSlot | None) -> Person:
    if listed is None:
        return Person(who, slot.name if slot else "", (), slot is not None, "unlisted")
    holds = access_holds(listed, day_of(place.store.latest_ms()))
    return Person(who, listed.name, listed.roles, slot is not None, "holds" if holds else "over")
