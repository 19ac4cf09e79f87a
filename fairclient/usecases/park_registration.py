"""Park a registration that can't be finished now, take it up again anywhere, or give it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fairclient.base.errors import BadInput
from fairclient.base.ids import random_bytes
from fairclient.base.words import _
from fairclient.slips.code import human_code, new_token_id, pretty
from fairclient.store.queries import drafts, reference
from fairclient.store.queries.drafts import TAKEN, Parked
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.draft_slip import draft_token
from fairclient.usecases.keep_form import OpenForm, keep_within
from fairclient.usecases.print_queue import ask_within
from fairclient.usecases.workplace import Workplace
from sync.wire.draft import Draft

OVER = frozenset({"draft-registered", "draft-abandoned"})
"""The codes of what is said of a parked registration that is over."""

PARKED_BY = "parked.by"
"""The key of a parked form that says which operator heard it."""


@dataclass(frozen=True)
class ParkedSlip:
    """What was parked: its id, and what its paper carries."""

    draft: str
    code: str
    token: str


@dataclass(frozen=True)
class HalfDone:
    """What the registration desk has so far; `again` is the draft that was taken up and is parked anew."""

    form: Mapping[str, str]
    services: tuple[str, ...]
    again: str = ""


def park_registration(
    place: Workplace, half: HalfDone, leaves: OpenForm | None = None, *, on_paper: bool = False
) -> ParkedSlip:
    """Write a half-done registration to the journal, so that it travels.

    `leaves` stays open on the page; `on_paper` puts the paper that leads back to it into the print queue.
    Raises Unauthorised, BadInput (it was finished elsewhere meanwhile) or DiskFull.
    """
    place.require("registrar", "supervisor")
    with place.store.write(author=place.operator.id) as work:
        form = {key: text for key, text in half.form.items() if text and key != TAKEN}
        form[PARKED_BY] = place.operator.id
        if half.again:
            parked = still_open(work, half.again)
            changed = {"form": form, "services": list(half.services)}
            work.change("draft", half.again, changed, base=parked.revision)
            subject, fact = half.again, parked.fact
        else:
            fact = _fact(place, work, form, half.services)
            subject = work.create(fact)
        if leaves is not None:
            keep_within(place, work, leaves)
        if on_paper:
            ask_within(place, work, subject)
        token = draft_token(place, reference.fair(work.session), fact)
    return ParkedSlip(subject, fact.code, token)


def resume_registration(place: Workplace, draft: str) -> Parked:
    """Take a parked registration up, and let the other laptops know by the journal.

    What is given back says who had taken it up before (`taken`): two may be at it. Raises Unauthorised,
    BadInput (it is over, or unknown) or DiskFull.
    """
    place.require("registrar", "supervisor")
    with place.store.write(author=place.operator.id) as work:
        parked = still_open(work, draft)
        here = place.identity.station
        if parked.fact.form.get(TAKEN) != here:
            form = {**parked.fact.form, TAKEN: here}
            work.change("draft", draft, {"form": form}, base=parked.revision)
    return parked if parked.fact.form.get(TAKEN) != here else _mine(parked)


def abandon_registration(place: Workplace, draft: str) -> None:
    """Give a parked registration up: what was said is forgotten.

    Raises Unauthorised, BadInput (it is over, or unknown) or DiskFull.
    """
    place.require("registrar", "supervisor")
    with place.store.write(author=place.operator.id) as work:
        parked = still_open(work, draft)
        gone = {"ended": "abandoned", "form": {}, "services": []}
        work.change("draft", draft, gone, base=parked.revision)


def end_within(work: UnitOfWork, draft: str, attendee: str) -> None:
    """End a parked registration in the transaction that saves its person.

    Raises BadInput where somebody finished it elsewhere meanwhile.
    """
    parked = still_open(work, draft)
    done = {"ended": "registered", "attendee": attendee, "form": {}, "services": []}
    work.change("draft", draft, done, base=parked.revision)


def still_open(work: UnitOfWork, draft: str) -> Parked:
    """Return a parked registration that waits. Raises BadInput for one that is over or not here."""
    parked = drafts.by_id(work.session, draft)
    if parked is None:
        raise BadInput(
            _("Ese registro sin terminar no ha llegado a este equipo."),
            _("No se cambió nada."),
            _("Sincronice (F6) o busque a la persona en el equipo que lo guardó."),
            code="unknown-draft",
        )
    if parked.fact.ended == "abandoned":
        raise BadInput(
            _("El registro {code} fue desechado.").format(code=pretty(parked.fact.code)),
            _("Lo que está en la pantalla sigue ahí."),
            _("Si la persona está aquí, regístrela de nuevo."),
            code="draft-abandoned",
        )
    if parked.fact.ended:
        raise BadInput(
            _("El registro {code} ya se terminó.").format(code=pretty(parked.fact.code)),
            _("No se guardó nada dos veces; lo que está en la pantalla sigue ahí."),
            _("Busque a la persona (F3) y use su ficha. Si de verdad es otra, guarde otra vez."),
            code="draft-registered",
        )
    return parked


def _fact(place: Workplace, work: UnitOfWork, form: dict[str, str], services: tuple[str, ...]) -> Draft:
    token_id = new_token_id(random_bytes)
    return Draft(
        token_id=token_id,
        code=human_code(token_id),
        day=place.clock.today(reference.fair(work.session).time_zone),
        point=place.identity.point,
        form=form,
        services=services,
    )


def _mine(parked: Parked) -> Parked:
    """Taken up here before: nobody else is at it."""
    return Parked(**{**parked.__dict__, "taken": ""})
