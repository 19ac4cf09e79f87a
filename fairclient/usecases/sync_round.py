"""One round of synchronising: with the tent's hub, with the centre, and with the hub again if that helps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fairclient.base.errors import SayError
from fairclient.base.words import _, ngettext
from fairclient.store.queries import truth
from fairclient.store.queries.truth import Truth
from fairclient.usecases.sync_words import refusal
from fairclient.usecases.synchronise import joined, synchronise, synchronise_with_hub
from fairclient.usecases.workplace import Workplace
from sync.client.report import SyncReport
from sync.wire.heads import Heads


@dataclass(frozen=True)
class Round:
    """What a round did: the report of each server that was asked, or None; and the truth afterwards.

    ``heads`` are how far each journal is held here.
    """

    hub: SyncReport | None
    centre: SyncReport | None
    hub_name: str
    heads: Heads
    truth: Truth

    @property
    def left(self) -> int:
        """How many of this laptop's entries have no receipt of the centre's."""
        return self.truth.unsent + self.truth.at_hub

    @property
    def refused(self) -> SayError | None:
        """What stands in the way, in words: the centre's trouble, or the hub's if only the hub was asked."""
        asked = self.centre or self.hub
        return refusal(asked.problem) if asked is not None and asked.problem is not None else None

    @property
    def hub_refused(self) -> SayError | None:
        """The hub's trouble where it doesn't spoil the round: the centre was asked too."""
        if self.centre is None or self.hub is None or self.hub.problem is None:
            return None
        return refusal(self.hub.problem)


def sync_round(place: Workplace, *, hub: bool = True, centre: bool = True) -> Round:
    """Make a round. The hub comes first, for what it has goes on to the centre; receipts go back through it.

    Raises BadInput for a practice fair's centre; ``no-hub`` where only a hub is wanted and none is joined.
    """
    link = joined(place)
    if link is None and not centre:
        raise not_joined()
    with_hub = synchronise_with_hub(place) if hub and link is not None else None
    with_centre = synchronise(place) if centre else None
    last = with_centre or with_hub
    if with_hub is not None and with_hub.tier == "hub" and with_centre is not None and _changed(with_centre):
        last = synchronise_with_hub(place)
        with_hub = _together(with_hub, last)
    name, heads = link.name if link is not None else "", last.heads if last is not None else {}
    with place.store.read() as session:
        return Round(with_hub, with_centre, name, heads, truth.summary(session))


def not_joined() -> SayError:
    """The words where there is no hub."""
    return SayError(
        _("Este equipo no está unido a ningún concentrador."),
        _("Lo guardado en este equipo sigue aquí, completo."),
        _("Únase con el código que muestra el concentrador («fairclient hub join»)."),
        code="no-hub",
    )


def left_words(left: int, at_hub: int = 0) -> str:
    """Where this laptop's entries are, in a sentence; ``at_hub`` of those ``left`` have a copy there."""
    if not left:
        return _("Todo lo de este equipo está en la central.")
    if not at_hub:
        words = ngettext(
            "Queda {n} registro solo en este equipo.", "Quedan {n} registros solo en este equipo.", left
        )
        return words.format(n=left)
    words = ngettext(
        "Queda {n} registro sin acuse de la central: {hub} con copia en el concentrador, {here} solo aquí.",
        "Quedan {n} registros sin acuse de la central: {hub} con copia en el concentrador, {here} solo aquí.",
        left,
    )
    return words.format(n=left, hub=at_hub, here=left - at_hub)


def _changed(report: SyncReport) -> bool:
    return bool(report.acknowledged or report.received or report.carried)


def _together(first: SyncReport, second: SyncReport) -> SyncReport:
    return replace(
        second,
        sent=first.sent + second.sent,
        acknowledged=first.acknowledged + second.acknowledged,
        received=first.received + second.received,
        carried=first.carried + second.carried,
        problem=first.problem or second.problem,
    )
