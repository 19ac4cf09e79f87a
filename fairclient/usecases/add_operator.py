"""Give somebody of the roster access to this laptop, without any network; a supervisor does it."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store import vault
from fairclient.store.slots import Cost
from fairclient.store.vault import Unlocked
from fairclient.usecases.attest_key import attest, refuse_unpublished, withdraw
from fairclient.usecases.enrol import check_passphrase
from fairclient.usecases.laptop_people import Person, refuse_over, wanted
from fairclient.usecases.workplace import Workplace


def add_operator(
    place: Workplace, operator: str, passphrase: str, own: str, cost: Cost | None = None
) -> Person:
    """Give ``operator`` a passphrase here, a signing key of her own, and publish the key's public half.

    ``own`` is the passphrase of the supervisor at work, asked for again: an unlocked laptop that nobody
    watches gives nobody access. What she may do is what the roster says, nothing is added to it.

    Raises Unauthorised, BadInput (somebody unknown, or here already; a short or a known passphrase),
    WrongPassphrase, TooManyTries, DiskFull, HomeNotWritable or DamagedStore.
    """
    person = wanted(place, operator)
    if person.here:
        raise BadInput(
            _("{name} ya entra en este equipo.").format(name=person.name),
            _("No se cambió nada."),
            _("Si olvidó su contraseña, dele una nueva."),
            code="already-here",
        )
    refuse_over(person)
    admit(place, person, passphrase, opened_again(place, passphrase, own), cost)
    return person


def opened_again(place: Workplace, passphrase: str, own: str) -> Unlocked:
    """Check a new passphrase for somebody else, and open the vault again for the supervisor at work.

    Raises BadInput, WrongPassphrase or TooManyTries.
    """
    check_passphrase(passphrase)
    if passphrase == own:
        raise BadInput(
            _("Esa es la contraseña de usted: cada persona tiene la suya, y no la sabe nadie más."),
            do=_("Que la persona nueva escriba una propia."),
            code="same-passphrase",
        )
    return vault.unlock(place.home, own, place.operator.id, place.clock)


def admit(
    place: Workplace,
    person: Person,
    passphrase: str,
    opened: Unlocked,
    cost: Cost | None = None,
    known: str | None = None,
) -> None:
    """Publish a new key for somebody, withdraw the one that it replaces (``known``), and wrap it for her.

    The entry comes first: a laptop that dies in between has published a key that nobody holds, which harms
    nobody, and the next try publishes another. The other way round somebody would sign what no one accepts.
    """
    key = Ed25519PrivateKey.generate()
    with place.store.write(author=place.operator.id) as work:
        refuse_unpublished(work.session.connection(), place)
        if known is not None:
            withdraw(work, place, person.id, known)
        attest(work, place, person.id, key)
    vault.add_operator(place.home, opened, person.id, person.name, passphrase, cost, key)
