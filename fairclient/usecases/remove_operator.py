"""Take somebody off this laptop: her passphrase opens nothing here any more."""

from __future__ import annotations

from fairclient.store import vault
from fairclient.usecases.attest_key import refuse_unpublished, withdraw
from fairclient.usecases.laptop_people import Person, wanted
from fairclient.usecases.renew_passphrase import key_here
from fairclient.usecases.workplace import Workplace


def remove_operator(place: Workplace, operator: str, own: str) -> Person:
    """Delete the slot of ``operator`` and withdraw her key; ``own`` is the supervisor's passphrase.

    Nobody takes herself off, so that whoever supervises here never goes last. What she registered stays
    hers, and she stays on the roster: the centre withdraws her access to the fair.

    Raises Unauthorised, BadInput for somebody unknown, not here, or oneself; WrongPassphrase, TooManyTries,
    DiskFull, HomeNotWritable or DamagedStore.
    """
    person = wanted(place, operator, removing=True)
    known = key_here(place, person)
    vault.unlock(place.home, own, place.operator.id, place.clock)
    with place.store.write(author=place.operator.id) as work:
        refuse_unpublished(work.session.connection(), place)
        withdraw(work, place, person.id, known)
    vault.remove_operator(place.home, person.id)
    return person
