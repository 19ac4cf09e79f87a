"""One way to one printer, as the queue sees it: look, hand over, let go. Every call ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from fairclient.printers.status import Condition


@dataclass(frozen=True)
class Patience:
    """How long each step may take, in seconds.

    A dead printer costs ``connect``, or one ``write`` (4 KiB) that it doesn't take; ``whole`` is for a slip
    on a slow serial line, which takes 80 s at 9600 baud. ``finish`` is for what the printer still holds.
    """

    connect: float = 3.0
    answer: float = 0.7
    write: float = 8.0
    whole: float = 120.0
    finish: float = 6.0


@dataclass(frozen=True)
class Handed:
    """What became of the bytes: ``printed`` where the printer confirmed it.

    ``ref`` is the number of a job that a queue of the system still holds, "" for none.
    """

    printed: bool
    ref: str = ""


class Way(Protocol):
    """An open way to a printer, for one slip."""

    def look(self) -> Condition:
        """How the printer is. Raises PrinterTrouble where it can't print; nothing has been sent then."""

    def send(self, data: bytes, name: str) -> Handed:
        """Hand over a whole slip; ``name`` is what a queue of the system shows, without anybody's name.

        Raises PrinterTrouble, ``begun`` where something may be on paper.
        """

    def close(self) -> None:
        """Let others have the printer."""
