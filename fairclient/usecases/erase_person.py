"""Erase a person (supresión, Ley 1581 de 2012 art. 8): her name goes everywhere; that somebody came stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store.queries import erasing
from fairclient.store.queries.distinctions import same_person
from fairclient.store.queries.erasing import Held
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.attest_key import refuse_unpublished
from fairclient.usecases.leave_household import home_of, leave_household
from fairclient.usecases.workplace import Workplace
from sync.wire.erasing import nameless
from sync.wire.erasure import Erasure

Ground = Literal["request", "revoked", "retention", "order"]
MAY_ERASE = ("supervisor", "administrator")


@dataclass(frozen=True)
class WhatGoes:
    """What an erasure would take away, in counts; ``stays`` are visits and referrals without a name.

    ``household`` says that her home's address and telephone go too, since nobody else lives there.
    """

    attendee: str
    documents: int
    phones: int
    slips: int
    others: int
    household: bool
    stays: int


def what_goes(place: Workplace, attendee: str) -> WhatGoes:
    """Say what would go and what would stay. Raises BadInput for somebody unknown or erased before."""
    with place.store.read() as session:
        ids = same_person(session, attendee)
        found = [held for one in ids if (held := erasing.held(session, one, ids)) or one == attendee]
    if found[0] is None:
        raise _nobody()
    all_of_her = [held for held in found if held is not None]
    return WhatGoes(
        attendee=attendee,
        documents=sum(len(held.fact.documents) for held in all_of_her),
        phones=sum(len(held.fact.phones) for held in all_of_her),
        slips=sum(len(held.slips) for held in all_of_her),
        others=len({other for held in all_of_her for other in held.others}),
        household=any(held.alone for held in all_of_her),
        stays=sum(held.stays for held in all_of_her),
    )


def erase_person(place: Workplace, attendee: str, ground: Ground) -> str:
    """Erase a person here and, with the next synchronisation, everywhere; gives the erasure's id.

    One signed entry names everything that tells of her. An anonymous attendee and slips without a name take
    the same places, so that counts and reports stay as they were. Who was written more than once, as somebody
    decided, is erased under each of her ids. It can't be taken back.

    Raises Unauthorised, BadInput for somebody unknown or erased before, DiskFull or DamagedStore.
    """
    place.require(*MAY_ERASE)
    with place.store.write(author=place.operator.id) as work:
        ids = same_person(work.session, attendee)
        if erasing.held(work.session, attendee) is None:
            raise _nobody()
        refuse_unpublished(work.session.connection(), place)
        written = [_erase(place, work, one, held, ground) for one, held in _all_of_her(work, ids)]
    place.store.scrub()
    return written[0]


def _all_of_her(work: UnitOfWork, ids: Sequence[str]) -> Iterator[tuple[str, Held]]:
    """What is held under each of somebody's ids, read when it is its turn to go."""
    for one in ids:
        held = erasing.held(work.session, one, ids)
        if held is not None:
            yield one, held


def _erase(place: Workplace, work: UnitOfWork, attendee: str, held: Held, ground: Ground) -> str:
    home = home_of(work, held.fact.household)
    if home is not None and not held.alone:
        leave_household(work, home, {attendee})  # those who stay keep the address, not her telephone
    slips = [slip for slip, _fact in held.slips]
    named = [attendee, *slips, *held.households, *held.others]
    written = work.create(signed_erasure(place, attendee, named, ground))
    _leave_nameless(work, attendee, held, place.today())
    return written


def signed_erasure(place: Workplace, first: str, subjects: Sequence[str], ground: Ground) -> Erasure:
    """The erasure of some subjects, signed by whoever is at work; ``first`` is whom it is about."""
    erasure = Erasure(attendee=first, subjects=tuple(subjects[:500]), ground=ground, day=place.today())
    signature = place.operator.key.sign(erasure.signed_part()).hex()
    return erasure.model_copy(update={"signature": signature})


def _leave_nameless(work: UnitOfWork, attendee: str, held: Held, today: date) -> None:
    """Write what counts go by, naming nobody, in the places of what went."""
    work.create(nameless(held.fact, today), subject=attendee)
    for slip, kept in held.slips:
        work.create(kept.model_copy(update={"display_name": ""}), subject=slip)


def _nobody() -> BadInput:
    return BadInput(
        _("Esa persona no está en este equipo, o sus datos ya se suprimieron."),
        _("No se cambió nada."),
        _("Sincronice y búsquela otra vez, o pida a la central que la suprima allá."),
        code="nobody-to-erase",
    )
