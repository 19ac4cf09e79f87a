"""The first thing that the Sync page says: is everything at the centre, what is missing, what to do now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fairclient.base.words import N_, _, ngettext
from fairclient.store.queries.truth import StationHeard
from fairclient.ui.pages.synchronise.words import CENTRE, HERE, HUB, PLACES, QUARANTINED, STICK
from fairclient.ui.widgets.figures import figure

NO_HUB, WELL, LOST, OWN = "", "well", "lost", "own"
"""How it stands with the hub: none was joined, it answers, it doesn't, or it is this laptop."""

_NAMED: Final = 3
"""Laptops that are named; of the rest the number is told."""


@dataclass(frozen=True)
class Around:
    """What lies around the counts of this laptop.

    ``held`` of its records may only go once the day is closed; ``hub`` is one of this module's words;
    ``missing`` says of each other laptop, by name, what of it isn't known to be at the centre.
    """

    held: int = 0
    hub: str = NO_HUB
    missing: tuple[str, ...] = ()


NOTHING: Final = Around()


def missing_words(stations: Sequence[StationHeard]) -> tuple[str, ...]:
    """What of each other laptop isn't known to be at the centre; those that are shut out don't count."""
    return tuple(_lack(one) for one in stations if not (one.own or one.revoked or _is_there(one)))


def headline(counts: Mapping[str, int] | None, around: Around = NOTHING) -> tuple[str, str, str, str]:
    """The truth in one sentence, as (level, drawing, sentence, what that means); None is not known yet."""
    if counts is None:
        return "wait", "clock", _("Contando los registros…"), ""
    where = next((one for one in (HERE, STICK, HUB, QUARANTINED) if counts.get(one)), CENTRE)
    if where == CENTRE:
        return _all_there(around.missing, wrote=bool(counts.get(CENTRE)))
    sentence = _waiting(where, counts[where]).format(n=figure(counts[where]))
    return "warn", PLACES[where].icon, sentence, " ".join(_meaning(where, counts, around))


def _all_there(missing: tuple[str, ...], *, wrote: bool) -> tuple[str, str, str, str]:
    """Nothing of this laptop is elsewhere: say so, or what of the others is missing."""
    if not missing and wrote:
        meaning = _("Cada registro de este equipo tiene su acuse firmado.")
        return "done", "done", _("Todo está en la central"), meaning
    if not missing:
        return "wait", "here", _("Este equipo aún no ha escrito nada"), _("Cada registro aparecerá aquí.")
    sentence = (
        ngettext(
            "Lo de este equipo está en la central; falta lo de {n} equipo",
            "Lo de este equipo está en la central; falta lo de {n} equipos",
            len(missing),
        )
        if wrote
        else ngettext(
            "Este equipo no ha escrito nada; falta lo de {n} equipo",
            "Este equipo no ha escrito nada; falta lo de {n} equipos",
            len(missing),
        )
    )
    named = "; ".join(missing[:_NAMED])
    if len(missing) > _NAMED:
        named = _("{names}; y {n} más").format(names=named, n=figure(len(missing) - _NAMED))
    meaning = _("{names}. Sincronícelos con red, o traiga lo suyo en una memoria USB.").format(names=named)
    return "warn", "here", sentence.format(n=figure(len(missing))), meaning


def _meaning(where: str, counts: Mapping[str, int], around: Around) -> list[str]:
    if around.held and where in (HERE, HUB):
        waits = _("En esta feria los registros van a la central después de cerrar el día: esperan {n}.")
        return [waits.format(n=figure(around.held))]
    said = [_(_MEANINGS.get((where, around.hub), _MEANINGS[where, NO_HUB]))]
    if where == HERE and counts.get(HUB):
        also = ngettext(
            "Otro {n} tiene copia en el concentrador.",
            "Otros {n} tienen copia en el concentrador.",
            counts[HUB],
        )
        said.append(also.format(n=figure(counts[HUB])))
    return said


_MEANINGS: Final[dict[tuple[str, str], str]] = {
    (HERE, NO_HUB): N_(
        "Están guardados y cifrados aquí; aún no hay otra copia. "
        "Sincronice cuando haya red, o guárdelos en una memoria USB."
    ),
    (HERE, WELL): N_(
        "Están guardados y cifrados aquí. En segundos pasan al concentrador; el acuse llega cuando haya red."
    ),
    (HERE, LOST): N_(
        "Están guardados y cifrados aquí; el concentrador no responde. "
        "Siga registrando, y sincronice cuando haya red o vuelva el concentrador."
    ),
    (HERE, OWN): N_(
        "Este equipo es el concentrador, y lo suyo está en un mismo disco. Sincronice cuando haya red."
    ),
    (STICK, NO_HUB): N_("Falta que la memoria llegue a la central y que vuelva su acuse."),
    (HUB, NO_HUB): N_(
        "Tienen copia en el concentrador. Cuando haya red, basta que sincronice un equipo de la carpa."
    ),
    (QUARANTINED, NO_HUB): N_(
        "Todo llegó a la central; supervisión debe mirar estos: la tecla 4 los muestra."
    ),
}


def _waiting(where: str, count: int) -> str:
    return {
        HERE: ngettext(
            "{n} registro está solo en este equipo", "{n} registros están solo en este equipo", count
        ),
        STICK: ngettext("{n} registro salió en una memoria", "{n} registros salieron en una memoria", count),
        HUB: ngettext(
            "Falta {n} registro por llegar a la central",
            "Faltan {n} registros por llegar a la central",
            count,
        ),
        QUARANTINED: ngettext(
            "{n} registro está aparte, por revisar", "{n} registros están aparte, por revisar", count
        ),
    }[where]


def _is_there(station: StationHeard) -> bool:
    return bool(station.last_hlc) and not station.open_ranges


def _lack(station: StationHeard) -> str:
    name = station.name or _("Punto {point}").format(point=station.point)
    if not station.last_hlc:
        return _("{name}: no ha llegado nada").format(name=name)
    open_ = sum(last - first + 1 for first, last in station.open_ranges)
    return _("{name}: {n} sin acuse").format(name=name, n=figure(open_))
