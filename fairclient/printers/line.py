"""A printer at the other end of a line (network, serial, USB): bytes go there, and its status comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Protocol

from fairclient.printers import status, trouble
from fairclient.printers.status import Condition
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Handed, Patience

PIECE: Final = 4096
"""Bytes in one write: small, so that a printer that stops taking them is noticed."""
MOST_ANSWER: Final = 64


class Line(Protocol):
    """The bare line. OSError where it broke, TimeoutError where it takes nothing any more."""

    def write(self, data: bytes) -> None:
        """Send all of ``data``."""

    def read(self, seconds: float) -> bytes:
        """What came within that time, b"" for nothing."""

    def close(self) -> None:
        """Hang up."""


class LineWay:
    """Asks the printer how it is, sends a slip, and asks again when it must have been printed.

    ``talkers`` remembers which printers have answered before: one that is silent now is serving another
    laptop, or stuck, and gets nothing; one that never says anything is thought to be well.
    """

    def __init__(
        self,
        line: Line,
        patience: Patience,
        name: str = "",
        talkers: set[str] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line = line
        self._patience = patience
        self._name = name
        self._talkers = set() if talkers is None else talkers
        self._now = now
        self._answers = False

    def look(self) -> Condition:
        """See Way."""
        try:
            found = self._ask()
        except ConnectionError as error:  # it took the call and hung up: it has another caller
            raise PrinterTrouble(trouble.BUSY) from error
        except OSError as error:
            raise PrinterTrouble(trouble.NO_ANSWER) from error
        self._answers = found.answered
        if found.answered:
            self._talkers.add(self._name)
        elif self._name in self._talkers:
            raise PrinterTrouble(trouble.BUSY)
        if found.problem:
            raise PrinterTrouble(found.problem)
        return found

    def send(self, data: bytes, name: str) -> Handed:
        """See Way."""
        until = self._now() + self._patience.whole
        try:
            for start in range(0, len(data), PIECE):
                self._line.write(data[start : start + PIECE])
                if self._now() > until:
                    raise TimeoutError("the printer takes the slip too slowly")
            return Handed(printed=self._answers and self._confirmed())
        except OSError as error:
            raise PrinterTrouble(trouble.CUT_OFF, begun=True) from error

    def close(self) -> None:
        """See Way."""
        self._line.close()

    def _confirmed(self) -> bool:
        """Whether the printer says that it printed all. PrinterTrouble where it ran out in the middle."""
        self._line.write(status.ASK_WHEN_DONE)
        answer = self._answer(status.is_later, self._patience.finish)
        if answer is not None and status.is_done(answer):
            return True
        found = self._ask()
        if found.problem:
            raise PrinterTrouble(trouble.CUT_OFF, begun=True)
        return False

    def _ask(self) -> Condition:
        answers: dict[int, int] = {}
        for number, question in status.ASK.items():
            self._line.write(question)
            answer = self._answer(status.is_status, self._patience.answer)
            if answer is not None:
                answers[number] = answer
            elif number == 1:  # one that is silent now won't answer the rest either
                break
        return status.condition(answers)

    def _answer(self, fits: Callable[[int], bool], seconds: float) -> int | None:
        """The first byte of what comes back that ``fits``; what a printer says unasked is passed over."""
        until = self._now() + seconds
        seen = 0
        while (left := until - self._now()) > 0 and seen < MOST_ANSWER:
            came = self._line.read(left)
            seen += len(came)
            for byte in came:
                if fits(byte):
                    return byte
            if not came:
                break
        return None
