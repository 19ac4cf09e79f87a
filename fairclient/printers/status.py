"""What a receipt printer says of itself: the four real-time status bytes of ESC/POS.

Source: Epson's ESC/POS reference, "DLE EOT n" (Transmit real-time status) and "GS r n" (Transmit status).
Of cheap printers some answer only to n = 1 and 4, and some to none: silence is no trouble.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fairclient.printers import trouble

ASK: Final = {n: b"\x10\x04" + bytes([n]) for n in (1, 2, 3, 4)}
"""DLE EOT n: the printer answers at once, whatever it is doing. 1 the printer, 2 why it is off line,
3 its errors, 4 its paper."""
ASK_WHEN_DONE: Final = b"\x1dr\x01"
"""GS r 1: answered in its turn, after all that was sent before has been printed."""

_FIXED, _FIXED_VALUE = 0x93, 0x12
"""Bits 0, 1, 4 and 7 of every real-time status byte are 0, 1, 1, 0."""
_LATER_FIXED, _LATER_PAPER_END = 0x90, 0x0C
"""Bits 4 and 7 of the answer to GS r 1 are 0; bits 2 and 3 say that the paper is out."""

_OFF_LINE: Final = 0x08
_COVER, _PAPER_STOP = 0x04, 0x20
_CUTTER, _UNRECOVERABLE, _RECOVERS = 0x08, 0x20, 0x40
_NEAR_END, _PAPER_END = 0x0C, 0x60


_WELL: Final = {1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12}
_SAYING: Final = {
    trouble.COVER_OPEN: {1: _OFF_LINE, 2: _COVER},
    trouble.PAPER_OUT: {1: _OFF_LINE, 2: _PAPER_STOP, 4: _PAPER_END},
    trouble.CUTTER: {1: _OFF_LINE, 3: _CUTTER},
    trouble.NEAR_END: {4: _NEAR_END},
}
_SOME_FAULT: Final = {1: _OFF_LINE, 3: _UNRECOVERABLE}
DONE, NOT_DONE = b"\x00", b"\x0c"
"""What a printer answers to GS r 1."""


def saying(code: str) -> dict[int, bytes]:
    """The answers to DLE EOT n of a printer in some condition ("": well), for a laptop that lends its own."""
    bits = _SAYING.get(code, _SOME_FAULT) if code else {}
    return {n: bytes([byte | bits.get(n, 0)]) for n, byte in _WELL.items()}


@dataclass(frozen=True)
class Condition:
    """How a printer is: ``problem`` and ``warning`` are codes of ``trouble``, "" for none.

    ``answered`` is False where nothing came back: then we know nothing, and print.
    """

    problem: str = ""
    warning: str = ""
    answered: bool = False


def is_status(byte: int) -> bool:
    """Whether a byte is the answer to DLE EOT."""
    return byte & _FIXED == _FIXED_VALUE


def is_later(byte: int) -> bool:
    """Whether a byte is the answer to GS r 1."""
    return byte & _LATER_FIXED == 0


def is_done(byte: int) -> bool:
    """Whether the answer to GS r 1 says that there is paper still, and so that all has been printed."""
    return byte & _LATER_PAPER_END != _LATER_PAPER_END


def condition(answers: dict[int, int]) -> Condition:
    """What the answers to DLE EOT n say together; those that never came are left out."""
    printer, offline, errors, paper = (answers.get(n, 0) for n in (1, 2, 3, 4))
    problem = ""
    if offline & _COVER:
        problem = trouble.COVER_OPEN
    elif paper & _PAPER_END == _PAPER_END or offline & _PAPER_STOP:
        problem = trouble.PAPER_OUT
    elif errors & _CUTTER:
        problem = trouble.CUTTER
    elif errors & (_UNRECOVERABLE | _RECOVERS):
        problem = trouble.FAULT
    elif printer & _OFF_LINE:
        problem = trouble.OFFLINE
    warning = trouble.NEAR_END if paper & _NEAR_END == _NEAR_END and not problem else ""
    return Condition(problem, warning, answered=bool(answers))
