"""The one place that puts an exception into the user's words."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.base import log
from fairclient.base.errors import (
    DamagedStore,
    DiskFull,
    HomeNotWritable,
    LockedByAnother,
    NewerStore,
    SayError,
)
from fairclient.base.words import _

# What stops the work altogether is red; everything else that the world does wants a look, and is amber.
_GRAVE = (DamagedStore, DiskFull, HomeNotWritable, LockedByAnother, NewerStore)


@dataclass(frozen=True)
class Notice:
    """A banner's level and its sentences: what happened, what is safe, what to do."""

    level: str
    what: str
    safe: str = ""
    do: str = ""


def notice_of(error: BaseException) -> Notice:
    """The notice for ``error``; a bug of ours is written to the log and shown by its reference only."""
    if isinstance(error, SayError):
        return Notice("danger" if isinstance(error, _GRAVE) else "warn", error.what, error.safe, error.do)
    return Notice(
        "danger",
        _("Algo falló dentro del programa y esto no se hizo."),
        _("Lo que ya estaba guardado sigue guardado; lo que está escrito sigue en la pantalla."),
        _("Inténtelo otra vez. Si se repite, dé esta referencia a soporte: {reference}.").format(
            reference=log.bug(error)
        ),
    )
