"""What became of somebody's household, each moment in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fairclient.base.words import N_, _
from fairclient.domain import catalogues
from fairclient.store.queries.person_moments import Moment

SHARED_WORDS = {
    "name": N_("nombre"),
    "address": N_("dirección"),
    "municipality": N_("municipio"),
    "neighbourhood": N_("barrio"),
    "phone": N_("teléfono"),
    "representative": N_("representante"),
    "absent": N_("quiénes no vinieron"),
}


@dataclass(frozen=True)
class Told:
    """A moment in words: its drawing and colour, what happened, and more about it."""

    icon: str
    role: str
    title: str
    text: str = ""


def moved_told(moment: Moment, names: Mapping[str, str]) -> Told:
    """Somebody went to another household, or left hers."""
    now, before = (str(one.get("household") or "") for one in (moment.changes, moment.before))
    parts = [_("antes, en el hogar {name}").format(name=names[before]) if names.get(before) else ""]
    if role := str(moment.changes.get("household_role") or ""):
        parts.append(catalogues.name_of("household_roles", role))
    title = _("Pasó al hogar {name}").format(name=names.get(now, "")) if now else _("Salió de su hogar")
    return Told("family", "accent_ink", title.strip(), " · ".join(filter(None, parts)))


def household_told(moment: Moment, names: Mapping[str, str]) -> Told:
    """Something about her household changed."""
    changes = moment.changes
    if changes.get("merged_into"):
        name = names.get(str(changes["merged_into"]), "")
        return Told("family", "accent_ink", _("Dos hogares se unieron en el hogar {name}").format(name=name))
    if set(changes) == {"representative"}:
        who = names.get(str(changes["representative"] or ""), "")
        title = _("Representa al hogar: {name}").format(name=who) if who else _("Nadie representa al hogar")
        return Told("family", "accent_ink", title)
    fields = [_(words) for name, words in SHARED_WORDS.items() if name in changes]
    title = _("Se corrigió el hogar: {fields}").format(fields=", ".join(fields) or _("otros datos"))
    texts = ("name", "address", "neighbourhood", "phone")
    lines = (
        f"{moment.before.get(name) or '—'} → {changes[name] or '—'}" for name in texts if name in changes
    )
    return Told("family", "accent_ink", title, "  ·  ".join(lines))
