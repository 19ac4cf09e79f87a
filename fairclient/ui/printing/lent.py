"""Lends this laptop's receipt printer to the others in the tent: a raw port, one caller at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkInterface, QTcpServer, QTcpSocket

from fairclient.printers import status
from fairclient.printers.lending import Caller, NotASlip, Question
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Way
from fairclient.ui.runner import Job, Runner

IDLE_MS: Final = 15_000
"""A caller that says nothing for so long is sent away; others wait for the printer."""
AGAIN_MS: Final = 5_000
MOST_LEFT: Final = 20
_NAME: Final = "ficha prestada"


class LentPrinter(QObject):
    """Takes slips from laptops of the local network and prints them in turn with this laptop's own.

    Off until ``lend`` is called. A slip stays in memory and is printed once it is whole; the caller hears
    that it was printed only when it was. A second caller is sent away at once and comes back by itself.

    Signals:
        lent(int): so many slips of other laptops have been printed since it was switched on.
    """

    lent = Signal(int)

    def __init__(self, runner: Runner, open_way: Callable[[], Way], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self._runner = runner
        self._open_way = open_way
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._called)
        self._line: QTcpSocket | None = None
        self._caller = Caller()
        self._problem = ""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._send_away)
        self._left: list[bytes] = []
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._print_left)

    def lend(self, port: int, at: QHostAddress | None = None) -> bool:
        """Listen on ``port``; False where another program has it."""
        self.stop()
        self._look()
        return self._server.listen(at or QHostAddress(QHostAddress.SpecialAddress.AnyIPv4), port)

    def stop(self) -> None:
        """Lend no more."""
        self._server.close()
        self._send_away()

    @property
    def port(self) -> int:
        """The port that it listens on, 0 for none."""
        return self._server.serverPort() if self._server.isListening() else 0

    def _called(self) -> None:
        while (line := self._server.nextPendingConnection()) is not None:
            if self._line is not None or not is_near(line.peerAddress()):
                line.abort()
                line.deleteLater()
                continue
            self._line, self._caller = line, Caller()
            line.readyRead.connect(self._read)
            line.disconnected.connect(partial(self._hung_up, line))
            self._idle.start()

    def _read(self) -> None:
        if self._line is None:
            return
        self._idle.start()
        try:
            for wanted in self._caller.said(bytes(self._line.readAll().data())):
                if isinstance(wanted, Question):
                    self._line.write(status.saying(self._problem)[wanted.number])
                    if wanted.number == 1:
                        self._look()
                else:
                    job = self._runner.paper(_print, self._open_way, wanted.data)
                    job.done.connect(partial(self._printed, self._line))
                    job.failed.connect(partial(self._not_printed, self._line, job))
        except NotASlip:
            self._send_away()

    def _look(self) -> None:
        """See how the printer is, for the next caller: somebody may have put paper in, or taken it out."""
        job = self._runner.paper(_print, self._open_way, b"")
        job.done.connect(self._be)

    def _print_left(self) -> None:
        """Print what callers left who weren't told; it is tried again until it is on paper."""
        if self._left:
            job = self._runner.paper(_print, self._open_way, self._left[0])
            job.done.connect(self._printed_left)

    def _printed_left(self, problem: str) -> None:
        self._be(problem)
        if problem:
            self._again.start()
        else:
            del self._left[0]
            self._count()
            self._print_left()

    def _count(self) -> None:
        self.count += 1
        self.lent.emit(self.count)

    def _be(self, problem: str) -> None:
        self._problem = problem

    def _printed(self, line: QTcpSocket, problem: str) -> None:
        self._problem = problem
        if not problem:
            self._count()
        self._answer(line, status.NOT_DONE if problem else status.DONE)

    def _not_printed(self, line: QTcpSocket, _job: Job, error: Exception) -> None:
        self._answer(line, status.NOT_DONE)
        self._runner.unanswered.emit(error)

    def _answer(self, line: QTcpSocket, answer: bytes) -> None:
        if line is self._line and line.state() == QAbstractSocket.SocketState.ConnectedState:
            line.write(answer)

    def _send_away(self) -> None:
        if self._line is not None:
            self._line.abort()

    def _hung_up(self, line: QTcpSocket) -> None:
        line.deleteLater()
        if line is not self._line:
            return
        self._line = None
        self._idle.stop()
        if (left := self._caller.left()) and len(self._left) < MOST_LEFT:
            self._left.append(left)
            if len(self._left) == 1:
                self._print_left()


def _print(open_way: Callable[[], Way], data: bytes) -> str:
    """Look, and print a slip of another laptop if there is one; gives the code of a problem, "" for none."""
    try:
        with closing(open_way()) as way:
            way.look()
            if data:
                way.send(data, _NAME)
    except PrinterTrouble as error:
        return error.code
    return ""


def is_near(peer: QHostAddress) -> bool:
    """Whether a caller is on a local network: nobody prints here from the internet."""
    return peer.isPrivateUse() or peer.isLoopback() or peer.isLinkLocal()


def own_addresses() -> list[str]:
    """The addresses of this laptop that others in the tent may type."""
    found = [one for one in QNetworkInterface.allAddresses() if not one.isLoopback()]
    four = QAbstractSocket.NetworkLayerProtocol.IPv4Protocol
    return [one.toString() for one in found if one.protocol() == four and is_near(one)]
