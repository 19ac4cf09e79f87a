"""Purge: when a fair is over and the centre has proved to hold it, personal data leave this laptop."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fairclient.base.clock import Clock
from fairclient.base.errors import BadInput
from fairclient.base.words import _, ngettext
from fairclient.store import custody, hub_link, meta
from fairclient.store.custody import Holding
from fairclient.store.database import Store
from fairclient.store.queries import custody as queries
from fairclient.store.queries import reference
from fairclient.usecases.run_hub import FOLDER
from fairclient.usecases.workplace import Workplace

Standing = Literal["practice", "running", "unclosed", "unsent", "done", "ready"]
_TRIED = "purge_tried"


@dataclass(frozen=True)
class PurgePlan:
    """What a purge would do now, and what it still waits for.

    ``entries`` would lose their content; ``without_receipt`` of this laptop's own keep it from happening.
    ``others`` of other laptops stay until the centre's receipt for them has come.
    """

    standing: Standing
    due: date | None
    unclosed: tuple[date, ...]
    entries: int
    without_receipt: int
    others: int


@dataclass(frozen=True)
class Purged:
    """What was done: how many entries lost their content; ``others`` still wait for a receipt."""

    entries: int
    others: int


def purge_plan(store: Store, clock: Clock) -> PurgePlan:
    """Say what a purge would do now. Raises HomeMissing while the fair's data have not come."""
    with store.read() as session:
        connection = session.connection()
        if not store.identity.server_url:
            return PurgePlan("practice", None, (), 0, 0, 0)
        term = queries.term(session)
        today = clock.today(reference.fair(session).time_zone)
        held = custody.holdings(connection, store.identity)
    figures = (
        term.due,
        term.unclosed,
        sum(one.bodies for one in held),
        sum(one.open for one in held if one.own),
        sum(one.open for one in held if not one.own),
    )
    return PurgePlan(_standing(today, *figures[:4]), *figures)


def _standing(
    today: date, due: date, unclosed: tuple[date, ...], entries: int, without_receipt: int
) -> Standing:
    if today < due:
        return "running"
    if unclosed:
        return "unclosed"
    if without_receipt:
        return "unsent"
    return "ready" if entries else "done"


def purge(store: Store, clock: Clock) -> Purged:
    """Purge, and take it out of the copies as well.

    Raises BadInput (in words: what it waits for), HomeMissing, DiskFull or DamagedStore.
    """
    plan = purge_plan(store, clock)
    if plan.standing != "ready":
        raise BadInput(*plan_words(plan), code=f"purge-{plan.standing}")
    with store.transaction() as connection:
        # Looked at again under the lock: what was written or received since is not covered.
        held = custody.holdings(connection, store.identity)
        if any(one.open for one in held if one.own):
            raise BadInput(*plan_words(plan), code="purge-unsent")
        custody.purge(connection, held, clock.now_ms())
        whole = not any(one.open for one in held)
        if whole:
            hub_link.forget_root(connection)
    store.scrub()
    if (
        whole
    ):  # what this laptop collected as a hub: without its key nobody reads it, whatever stays on the disk
        shutil.rmtree(store.home.dir / FOLDER, ignore_errors=True)
    return Purged(_entries(held), plan.others)


def purge_when_due(store: Store, clock: Clock) -> Purged | None:
    """Purge if everything is as it has to be; looks once a day at most. Gives what was done, or None."""
    day = clock.today().isoformat()
    with store.read() as session:
        if meta.get(session.connection(), _TRIED) == day:
            return None
        known = session.connection().exec_driver_sql("SELECT 1 FROM fair LIMIT 1").first()
    if known is None:
        return None
    with store.transaction() as connection:
        meta.put(connection, _TRIED, day)
    if purge_plan(store, clock).standing != "ready":
        return None
    return purge(store, clock)


def purged_list(place: Workplace) -> tuple[queries.PurgedRange, ...]:
    """The list of what was purged on this laptop: counts, ranges, digests, receipts, when."""
    with place.store.read() as session:
        return queries.purged(session)


def known_before(place: Workplace, document: str) -> bool:
    """Whether a document with this number was registered on this laptop before its data were purged."""
    with place.store.read() as session:
        return custody.known_before(session.connection(), document)


def plan_words(plan: PurgePlan) -> tuple[str, str, str]:
    """What happened or would, what is safe, what to do: three sentences, the last may be empty."""
    kept = _("Los datos siguen guardados y cifrados en este equipo.")
    if plan.standing == "practice":
        return (_("Es una feria de práctica: no hay datos de personas que retirar."), kept, "")
    if plan.standing == "unclosed":
        days = ", ".join(f"{day:%d/%m/%Y}" for day in plan.unclosed)
        return (
            _("Faltan días por cerrar: {days}.").format(days=days),
            kept,
            _("Cierre esos días, o sincronice si se cerraron en otro equipo."),
        )
    if plan.standing == "unsent":
        waiting = ngettext(
            "{n} registro de este equipo no tiene acuse de la central.",
            "{n} registros de este equipo no tienen acuse de la central.",
            plan.without_receipt,
        )
        return (waiting.format(n=plan.without_receipt), kept, _("Sincronice, o lleve una memoria USB."))
    if plan.standing == "running" and plan.due is not None:
        when = _("Los datos de esta feria se retiran a partir del {day}.").format(day=f"{plan.due:%d/%m/%Y}")
        return (when, kept, "")
    if plan.standing == "done":
        return (_("Este equipo ya no guarda datos de las personas de esta feria."), "", "")
    ready = ngettext(
        "{n} registro puede retirarse: la central dio acuse de él.",
        "{n} registros pueden retirarse: la central dio acuse de ellos.",
        plan.entries,
    )
    return (ready.format(n=plan.entries), _("Quedan los conteos de asientos, los acuses y las huellas."), "")


def done_words(done: Purged) -> tuple[str, str]:
    """A title and a sentence for the notice that a purge was made."""
    text = ngettext(
        "Se retiró el contenido de {n} registro; la central lo tiene, con acuse.",
        "Se retiró el contenido de {n} registros; la central los tiene, con acuse.",
        done.entries,
    )
    return _("Datos de la feria retirados de este equipo"), text.format(n=done.entries)


def _entries(held: list[Holding]) -> int:
    return sum(one.bodies for one in held)
