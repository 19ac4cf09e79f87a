"""A new passphrase: one's own, or, given by a supervisor, that of somebody who forgot hers."""

from __future__ import annotations

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store import vault
from fairclient.store.slots import Cost
from fairclient.usecases.add_operator import admit, opened_again
from fairclient.usecases.enrol import check_passphrase
from fairclient.usecases.laptop_people import Person, refuse_over, wanted
from fairclient.usecases.workplace import Workplace


def change_passphrase(place: Workplace, passphrase: str, own: str, cost: Cost | None = None) -> None:
    """Change the passphrase of the operator at work; her keys stay what they are.

    Raises BadInput for a short one or the same again, WrongPassphrase, TooManyTries, DiskFull,
    HomeNotWritable or DamagedStore.
    """
    check_passphrase(passphrase)
    if passphrase == own:
        raise BadInput(
            _("La contraseña nueva es la misma que la de ahora."),
            _("Su contraseña de antes sigue sirviendo."),
            _("Escriba otra."),
            code="same-passphrase",
        )
    opened = vault.unlock(place.home, own, place.operator.id, place.clock)
    vault.add_operator(place.home, opened, opened.operator, opened.operator_name, passphrase, cost)


def give_passphrase(
    place: Workplace, operator: str, passphrase: str, own: str, cost: Cost | None = None
) -> Person:
    """Give a new passphrase here to somebody who forgot hers; ``own`` is the supervisor's.

    Her signing key was wrapped by the forgotten one: she gets another, published like the first, and the old
    one is withdrawn. Nothing that is registered is lost; notes that were sealed for her old key stay with
    the other focal points. The entry says who gave it.

    Raises as ``add_operator``; BadInput for somebody who does not enter here.
    """
    person = wanted(place, operator)
    known = key_here(place, person)
    refuse_over(person)
    admit(place, person, passphrase, opened_again(place, passphrase, own), cost, known)
    return person


def key_here(place: Workplace, person: Person) -> str:
    """The public key in somebody's slot here ("" from an older program). Raises BadInput for no slot."""
    for slot in vault.operators(place.home):
        if slot.operator == person.id:
            return slot.public_key
    raise BadInput(
        _("{name} no entra en este equipo.").format(name=person.name),
        _("No se cambió nada."),
        code="not-here",
    )
