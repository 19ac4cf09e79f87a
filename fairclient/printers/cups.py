"""Queues of CUPS (Linux, macOS), taken raw: the printer gets our bytes as they are."""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fairclient.printers import ipp, trouble
from fairclient.printers.ipp import Answer, Value
from fairclient.printers.status import Condition
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Handed, Patience

_SOCKETS: Final = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
_MOST: Final = 4 * 1024 * 1024
RAW: Final = "application/vnd.cups-raw"
_STOPPED: Final = 5
_COMPLETED, _LOST = 9, (7, 8)
_ASK_EVERY: Final = 0.2

_REASONS: Final = (
    ("media-empty", trouble.PAPER_OUT),
    ("media-needed", trouble.PAPER_OUT),
    ("cover-open", trouble.COVER_OPEN),
    ("door-open", trouble.COVER_OPEN),
    ("media-jam", trouble.CUTTER),
    ("connecting-to-device", trouble.NO_ANSWER),
    ("offline", trouble.NO_ANSWER),
    ("shutdown", trouble.NO_ANSWER),
    ("paused", trouble.QUEUE_STOPPED),
)
"""Beginnings of keywords of printer-state-reasons (RFC 8011, 5.4.12), without "-error" and its like."""


@dataclass(frozen=True)
class Queue:
    """A queue of the system: its name, and what it says it is."""

    name: str
    model: str


def server() -> str:
    """Where CUPS listens: what CUPS_SERVER says, its socket, or its port on this computer."""
    named = os.environ.get("CUPS_SERVER", "")
    return named or next((path for path in _SOCKETS if Path(path).exists()), "localhost:631")


def queues(patience: Patience) -> list[Queue]:
    """All queues of this computer. Raises PrinterTrouble where CUPS doesn't answer."""
    asked = ("requested-attributes", ("printer-name", "printer-make-and-model"))
    groups = _ask("/", ipp.CUPS_GET_PRINTERS, [asked], patience).groups
    return [
        Queue(str(group["printer-name"][0]), str(_one(group, "printer-make-and-model", "")))
        for group in groups
        if group.get("printer-name")
    ]


def follow(name: str, ref: str, patience: Patience) -> str:
    """What became of a job that was handed over: "printed", "dropped", or "waiting" in the queue.

    Raises PrinterTrouble where CUPS doesn't answer.
    """
    state = _job_state(name, ref, patience)
    return "printed" if state == _COMPLETED else "dropped" if state is None or state in _LOST else "waiting"


def recall(name: str, ref: str, patience: Patience) -> bool:
    """Take a job back out of the queue; False where it is gone already. Raises PrinterTrouble."""
    return _ask(_path(name), ipp.CANCEL_JOB, _job(name, ref), patience).good


class CupsWay:
    """A raw queue of CUPS."""

    def __init__(self, name: str, patience: Patience) -> None:
        self._name = name
        self._patience = patience

    def look(self) -> Condition:
        """See Way."""
        asked = ("requested-attributes", _STATE)
        found = _ask(_path(self._name), ipp.GET_PRINTER, [_uri(self._name), asked], self._patience)
        if found.status == ipp.NOT_FOUND or not found.groups:
            raise PrinterTrouble(trouble.QUEUE_MISSING)
        group = found.groups[0]
        problem = _problem(group)
        if problem:
            raise PrinterTrouble(problem)
        near = any(str(one).startswith("media-low") for one in group.get("printer-state-reasons", ()))
        return Condition("", trouble.NEAR_END if near else "", answered=True)

    def send(self, data: bytes, name: str) -> Handed:
        """See Way. A queue that prints at once has confirmed by the time that this returns."""
        attributes = [
            _uri(self._name),
            ("requesting-user-name", "fairclient"),
            ("job-name", name),
            ("document-format", RAW),
        ]
        try:
            found = _ask(_path(self._name), ipp.PRINT_JOB, attributes, self._patience, data)
        except PrinterTrouble as error:
            raise PrinterTrouble(trouble.CUT_OFF, begun=True) from error
        if not found.good:
            raise PrinterTrouble(_refusal(found.status))
        ref = str(next((group["job-id"][0] for group in found.groups if group.get("job-id")), ""))
        return self._followed(ref)

    def close(self) -> None:
        """See Way; nothing is held open."""

    def _followed(self, ref: str) -> Handed:
        until = time.monotonic() + self._patience.finish
        while ref and time.monotonic() < until:
            state = follow(self._name, ref, self._patience)
            if state == "dropped":
                raise PrinterTrouble(trouble.QUEUE_DROPPED, begun=True)
            if state == "printed":
                return Handed(printed=True)
            time.sleep(_ASK_EVERY)
        return Handed(printed=False, ref=ref)


_STATE: Final = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")


def _problem(group: dict[str, list[Value]]) -> str:
    for reason in group.get("printer-state-reasons", ()):
        if str(reason).endswith("-report"):
            continue  # RFC 8011: told in passing, and stops nothing
        found = next((code for begins, code in _REASONS if str(reason).startswith(begins)), "")
        if found:
            return found
    if _one(group, "printer-state", 0) == _STOPPED or not _one(group, "printer-is-accepting-jobs", 1):
        return trouble.QUEUE_STOPPED
    return ""


def _refusal(status: int) -> str:
    if status == ipp.NOT_FOUND:
        return trouble.QUEUE_MISSING
    return trouble.QUEUE_STOPPED if status == ipp.NOT_ACCEPTING else trouble.SYSTEM


def _job_state(name: str, ref: str, patience: Patience) -> int | None:
    attributes = [*_job(name, ref), ("requested-attributes", ("job-state",))]
    found = _ask("/jobs", ipp.GET_JOB, attributes, patience)
    state = _one(found.groups[0], "job-state", 0) if found.groups else None
    return int(state) if found.good and state is not None else None


def _job(name: str, ref: str) -> list[tuple[str, Value | Sequence[str]]]:
    return [_uri(name), ("job-id", int(ref)), ("requesting-user-name", "fairclient")]


def _path(name: str) -> str:
    return f"/printers/{quote(name)}"


def _uri(name: str) -> tuple[str, str]:
    return ("printer-uri", f"ipp://localhost{_path(name)}")


def _one(group: dict[str, list[Value]], name: str, otherwise: Value) -> Value:
    return group[name][0] if group.get(name) else otherwise


def _ask(
    path: str,
    operation: int,
    attributes: Sequence[tuple[str, Value | Sequence[str]]],
    patience: Patience,
    document: bytes = b"",
) -> Answer:
    """One request and its answer. Raises PrinterTrouble("system") where CUPS isn't there or isn't CUPS."""
    connection = _Connection(server(), patience.write if document else patience.connect)
    try:
        body = ipp.request(operation, attributes) + document
        connection.request("POST", path, body, {"Content-Type": "application/ipp"})
        reply = connection.getresponse()
        data = reply.read(_MOST)
        if reply.status != http.client.OK:
            raise PrinterTrouble(trouble.NOT_ALLOWED if reply.status in (401, 403) else trouble.SYSTEM)
        return ipp.answer(data)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise PrinterTrouble(trouble.SYSTEM) from error
    finally:
        connection.close()


class _Connection(http.client.HTTPConnection):
    """HTTP to CUPS, by its socket in the file system or by a port."""

    def __init__(self, where: str, seconds: float) -> None:
        local = where.startswith("/")
        super().__init__("localhost" if local else where, timeout=seconds)
        self._path = where if local else ""

    def connect(self) -> None:
        """Open the socket. AF_UNIX isn't named where the system has none: there CUPS has a port."""
        if not self._path:
            super().connect()
            return
        self.sock = socket.socket(getattr(socket, "AF_UNIX"), socket.SOCK_STREAM)  # noqa: B009
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)
