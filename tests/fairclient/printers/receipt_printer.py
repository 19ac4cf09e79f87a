"""A receipt printer that listens on a raw port: it takes one caller at a time, says how it is, and can fail.

It answers DLE EOT and GS r as Epson's reference says, and keeps what each caller sent without the questions.
"""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

WELL = {1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12}
PAPER_OUT = {1: 0x1E, 2: 0x32, 3: 0x12, 4: 0x72}
COVER_OPEN = {1: 0x1E, 2: 0x16, 3: 0x12, 4: 0x12}
NEAR_END = {**WELL, 4: 0x1E}
CUTTER = {1: 0x1E, 2: 0x52, 3: 0x1A, 4: 0x12}
_LENGTHS = {b"\x1b@": 2, b"\x1d(": 7, b"\x1bd": 3, b"\x1dV": 3, b"\x10\x04": 3, b"\x1dr": 3}


def _length(data: bytes) -> int:
    """How long the command is that begins here; what looks like a question inside a raster is none."""
    if data[:2] == b"\x1dv":
        if len(data) < 8:
            return 8
        return 8 + int.from_bytes(data[4:6], "little") * int.from_bytes(data[6:8], "little")
    if data in (b"\x1b", b"\x1d", b"\x10"):
        return 2
    return _LENGTHS.get(data[:2], 1)


@dataclass
class Behaviour:
    """How the printer is now; change it from any thread.

    ``hang_up_after`` is how many bytes of a slip it takes before it hangs up, ``mute`` never answers,
    ``out_after`` is after how many slips the paper is out.
    """

    answers: dict[int, int] = field(default_factory=lambda: dict(WELL))
    mute: bool = False
    hang_up_after: int | None = None
    out_after: int | None = None


class ReceiptPrinter:
    """Use it as a context manager; ``slips`` has what each caller sent."""

    def __init__(self) -> None:
        self.behaviour = Behaviour()
        self.slips: list[bytes] = []
        self.callers = 0
        self._heard_out = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="receipt-printer")
        self._whole = threading.Condition()

    @property
    def port(self) -> int:
        """Where it listens on this computer."""
        return int(self._listening.getsockname()[1])

    @property
    def address(self) -> str:
        """Its address as settings keep it."""
        return f"tcp:127.0.0.1:{self.port}"

    def wait_for(self, slips: int, seconds: float = 10.0) -> list[bytes]:
        """What came, once it is so many slips."""
        with self._whole:
            assert self._whole.wait_for(lambda: len(self.slips) >= slips, seconds), len(self.slips)
        return self.slips

    def heard_out(self, seconds: float = 10.0) -> list[bytes]:
        """What came, once everybody who called has hung up."""
        with self._whole:
            assert self._whole.wait_for(lambda: self._heard_out == self.callers, seconds)
        return self.slips

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                caller, _peer = self._listening.accept()
            except TimeoutError:
                continue
            self.callers += 1
            with caller:
                caller.settimeout(5)
                self._take(caller)
            with self._whole:
                self._heard_out += 1
                self._whole.notify_all()

    def _take(self, caller: socket.socket) -> None:
        """One caller: what is a question is answered, the rest is printed."""
        slip, pending = bytearray(), b""
        try:
            while piece := caller.recv(65536):
                pending, printed = self._answered(caller, pending + piece)
                slip += printed
                most = self.behaviour.hang_up_after
                if most is not None and len(slip) > most:
                    del slip[most:]
                    pending = b""
                    break
        except OSError:  # the caller died: what came is on paper all the same
            pass
        slip += pending
        if slip:
            with self._whole:
                self.slips.append(bytes(slip))
                self._whole.notify_all()

    def _answered(self, caller: socket.socket, data: bytes) -> tuple[bytes, bytes]:
        """(the beginning of what hasn't come whole, what is printed)."""
        printed, at = bytearray(), 0
        while at < len(data):
            length = _length(data[at:])
            if length > len(data) - at:
                return data[at:], bytes(printed)
            command = data[at : at + length]
            at += length
            if command[:2] in (b"\x10\x04", b"\x1dr"):
                self._answer(caller, command[2] if command[0] == 0x10 else 0)
            else:
                printed += command
        return b"", bytes(printed)

    def _answer(self, caller: socket.socket, question: int) -> None:
        behaviour = self.behaviour
        if behaviour.mute:
            return
        out = behaviour.out_after is not None and len(self.slips) >= behaviour.out_after
        answers = PAPER_OUT if out else behaviour.answers
        if question:
            caller.sendall(bytes([answers[question]]))
        elif answers in (WELL, NEAR_END):
            caller.sendall(b"\x00")
