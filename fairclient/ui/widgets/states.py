"""How the state of a referral is said and drawn, the same on every page."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.base.words import N_, _


@dataclass(frozen=True)
class StateLook:
    """A state's words, its drawing and the palette's role that colours it."""

    text: str
    icon: str
    role: str

    @property
    def words(self) -> str:
        """What people read."""
        return _(self.text)


_LOOKS = {
    "issued": StateLook(N_("Por atender"), "clock", "ink_soft"),
    "received": StateLook(N_("Llamado"), "here", "accent_ink"),
    "postponed": StateLook(N_("Vuelve más tarde"), "later", "warn_ink"),
    "reopened": StateLook(N_("Por atender de nuevo"), "undo", "warn_ink"),
    "served": StateLook(N_("Atendido"), "done", "done_ink"),
    "not_served": StateLook(N_("No se atendió"), "cross", "warn_ink"),
    "referred_on": StateLook(N_("Remitido a otra mesa"), "arrow", "accent_ink"),
    "no_show": StateLook(N_("No vino"), "void", "ink_soft"),
    "void": StateLook(N_("Anulado"), "void", "ink_soft"),
    "unknown": StateLook(N_("Sin noticias de otras mesas"), "info", "accent_ink"),
}


def look(state: str) -> StateLook:
    """The look of a state; one that a newer program invented is shown by its name."""
    return _LOOKS.get(state) or StateLook(state, "info", "ink_soft")
