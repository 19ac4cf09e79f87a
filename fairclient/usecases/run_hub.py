"""Make this laptop the hub of the tent: `fairserver hub` as a process, which ends with the window."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from fairclient.base.errors import SayError
from fairclient.base.server_program import fairserver
from fairclient.base.words import _
from fairclient.store import hub_link
from fairclient.store.hub_link import HubLink
from fairclient.usecases.workplace import Workplace
from sync.wire import invitation, signing
from sync.wire.invitation import Invitation

FOLDER: Final = "hub"
"""Inside the home: the hub's own encrypted file."""

ANYWHERE: Final = "0.0.0.0"
_END_SECONDS: Final = 40


@dataclass
class RunningHub:
    """A hub that runs on this laptop; it is steered through its standard input, and ends with it."""

    process: subprocess.Popen[str]
    name: str
    fair: str
    told: dict[str, Any]

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self.process.poll() is None

    def invitation(self) -> Invitation:
        """A new invitation; its code is good for ten minutes.

        Raises SayError (hub-gone) where the process has ended.
        """
        told = self._ask("code")
        return Invitation(
            hub=self.told["hub"],
            name=self.name,
            fair=self.fair,
            key=self.told["key"],
            certificate=self.told["certificate"],
            addresses=tuple(self.told["addresses"]),
            code=told["code"],
        )

    def link(self) -> HubLink:
        """How this very laptop reaches its hub: on the machine itself, whatever network there is."""
        here = f"https://127.0.0.1:{self.told['port']}"
        key = bytes.fromhex(self.told["key"])
        return HubLink(self.told["hub"], self.name, key, self.told["certificate"], (here,), own=True)

    def stop(self) -> None:
        """End the hub; requests under way are finished first."""
        if self.process.stdin is not None and self.is_running:
            self.process.stdin.close()
            self.process.stdin = None
        try:
            self.process.communicate(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()

    def _ask(self, word: str) -> dict[str, Any]:
        assert self.process.stdout is not None  # it was made with one
        try:
            if self.process.stdin is None:
                raise BrokenPipeError
            self.process.stdin.write(word + "\n")
            self.process.stdin.flush()
            answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        except (OSError, ValueError):
            _gone()
        return answer


def start_hub(place: Workplace, host: str = ANYWHERE) -> RunningHub:
    """Start the hub of this laptop and join it; where it can, at the port of the last time.

    Then those who joined it find it again by themselves. Raises Unauthorised, or SayError (no-hub-program,
    hub-failed) where it doesn't start.
    """
    place.require("supervisor", "administrator")
    with place.store.transaction() as connection:
        root, port = hub_link.own_root(connection), hub_link.own_port(connection)
    name = place.identity.name or place.identity.point
    try:
        hub = _started(place, root, name, f"{host}:{port}")
    except SayError:
        if not port:
            raise
        hub = _started(place, root, name, f"{host}:0")  # another program has that port now
    with place.store.transaction() as connection:
        hub_link.save(connection, hub.link())
        hub_link.keep_port(connection, int(hub.told["port"]))
    return hub


def _started(place: Workplace, root: bytes, name: str, listen: str) -> RunningHub:
    process = _process(place.home.dir / FOLDER, listen)
    return RunningHub(process, name, place.fair, _begun(process, _setting(place, root, name)))


def as_text(given: Invitation) -> str:
    """The text of the QR that the others scan."""
    return invitation.as_text(given)


def _setting(place: Workplace, root: bytes, name: str) -> str:
    identity = place.identity
    return json.dumps(
        {
            "key": root.hex(),
            "name": name,
            "fair": identity.fair,
            "centre": identity.server,
            "centre_key": identity.server_public_key.hex(),
            "station": identity.station,
            "station_key": signing.public_bytes(identity.private_key).hex(),
        }
    )


def _process(folder: Path, listen: str) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            [*fairserver(), "hub", "--folder", str(folder), "--listen", listen],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            # a console would open behind the window otherwise
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise SayError(
            _("En este equipo falta el programa del concentrador."),
            _("Lo guardado en este equipo sigue aquí, completo."),
            _("Instale fairserver, o elija otro equipo como concentrador."),
            code="no-hub-program",
        ) from error


def _begun(process: subprocess.Popen[str], setting: str) -> dict[str, Any]:
    assert process.stdin is not None and process.stdout is not None  # it was made with both
    try:
        process.stdin.write(setting + "\n")
        process.stdin.flush()
        told: dict[str, Any] = json.loads(process.stdout.readline())
    except (OSError, ValueError) as error:
        process.kill()
        process.communicate()
        raise SayError(
            _("El concentrador no pudo empezar en este equipo."),
            _("Lo guardado en este equipo sigue aquí, completo."),
            _("Inténtelo otra vez, o elija otro equipo como concentrador."),
            code="hub-failed",
        ) from error
    return told


def _gone() -> NoReturn:
    raise SayError(
        _("El concentrador de este equipo se detuvo."),
        _("Cada equipo conserva lo suyo; lo guardado aquí sigue aquí."),
        _("Empiécelo otra vez: recoge de nuevo lo de todos."),
        code="hub-gone",
    )
