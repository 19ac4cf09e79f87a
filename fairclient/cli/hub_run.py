"""`fairclient hub run`: this laptop collects for the tent without a window, until Ctrl-C."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from fairclient.base.words import _
from fairclient.cli import output, shown_qr
from fairclient.cli.context import Common, JsonOption, common, unlocked

if TYPE_CHECKING:
    from fairclient.usecases.run_hub import RunningHub
    from sync.client.report import SyncReport

NEW_CODE_S = 8 * 60.0
"""A code is good for ten minutes; whoever scans at the last moment still has two."""


def run(
    ctx: typer.Context,
    host: Annotated[
        str, typer.Option(help="The address of this machine at which it listens; all by default.")
    ] = "0.0.0.0",
    qr: Annotated[Path | None, typer.Option(help="A PNG in which the QR is kept fresh.")] = None,
    text: Annotated[Path | None, typer.Option(help="A file in which the text is kept fresh.")] = None,
    json: JsonOption = False,
) -> None:
    """Be the hub of the tent without a window, until Ctrl-C: collect, hand on, carry to the centre.

    The invitation that others join with is shown here, and anew every eight minutes. The exit code is 0 after
    Ctrl-C, and 1 when the hub didn't start or ended by itself.
    """
    from fairclient.usecases.keep_hub import HubKeeper  # noqa: PLC0415 (loads the store and the network)
    from fairclient.usecases.run_hub import start_hub  # noqa: PLC0415

    shared = common(ctx, json)
    with unlocked(shared) as place:
        hub = start_hub(place, host)
        shown = _Shown(shared, hub, qr, text)
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            keeper = HubKeeper(place, shown.told)
            while True:
                keeper.turn()
                shown.refresh()
                keeper.wait()
        except KeyboardInterrupt:
            shown.say(_("El concentrador terminó. Cada equipo conserva lo suyo; otro puede tomar su lugar."))
        finally:
            hub.stop()
            shown.end()
            signal.signal(signal.SIGTERM, before)


class _Shown:
    """What the terminal, and the files that were asked for, show of the hub."""

    def __init__(self, shared: Common, hub: RunningHub, qr: Path | None, text: Path | None) -> None:
        self._json = shared.json
        self._hub = hub
        self._qr, self._text = qr, text
        self._due = time.monotonic()
        self._server = ""

    def refresh(self) -> None:
        """Show another invitation where the last one grows old. Raises SayError (hub-gone) where it died."""
        if time.monotonic() < self._due:
            if not self._hub.is_running:
                self._hub.invitation()
            return
        from fairclient.usecases.run_hub import as_text  # noqa: PLC0415 (loads the store)

        given = self._hub.invitation()
        self._due = time.monotonic() + NEW_CODE_S
        told = as_text(given)
        if self._qr is not None:
            shown_qr.write_picture(self._qr, told)
        if self._text is not None:
            shown_qr.write_text(self._text, told)
        self._print(told, [address.removeprefix("https://") for address in given.addresses])

    def told(self, report: SyncReport) -> None:
        """Say what a pass brought, and in words when the network's state becomes another one."""
        from fairclient.usecases.sync_words import refusal  # noqa: PLC0415 (as above)

        if report.sent or report.received or report.acknowledged:
            self._say_counts(report)
        problem = report.problem
        state = f"{report.tier}:{problem.code if problem else ''}"
        if problem is not None and state != self._server and not self._json:
            said = refusal(problem)
            self.say(f"{said.what} {said.safe}")
        self._server = state

    def say(self, words: str) -> None:
        """A sentence with the time before it; programs get only JSON."""
        if not self._json:
            output.as_text([f"{time.strftime('%H:%M')}  {words}"])

    def end(self) -> None:
        """The invitation is good no more: its files go."""
        for path in (self._qr, self._text):
            if path is not None:
                shown_qr.take_away(path)

    def _say_counts(self, report: SyncReport) -> None:
        counts = {name: getattr(report, name) for name in ("sent", "received", "acknowledged", "left")}
        if self._json:
            output.as_json({"with": report.tier, **counts})
            return
        where = _("Central") if report.tier == "centre" else _("Concentrador")
        words = _("{where}: enviados {sent}, recibidos {received}, sin acuse de la central {left}.")
        self.say(words.format(where=where, **counts))

    def _print(self, told: str, addresses: list[str]) -> None:
        if self._json:
            output.as_json(
                {"name": self._hub.name, "addresses": addresses, "invitation": told, "good_for_s": 600}
            )
            return
        output.as_text(
            [
                _("Este equipo recoge lo de la carpa en {addresses}.").format(addresses=", ".join(addresses)),
                _("En los otros equipos: «Unirse» (F6, Ctrl+J) y este código, escaneado o pegado."),
            ]
        )
        files = [str(path) for path in (self._qr, self._text) if path is not None]
        if files:
            output.as_text([_("El código está en {files}.").format(files=", ".join(files))])
        else:
            output.as_text([told])
            _draw(told)
        words = _("El código vale diez minutos y cambia solo. No apague este equipo; Ctrl+C termina.")
        output.as_text([words])


def _draw(told: str) -> None:
    """Draw the QR in a terminal that is wide enough, dark on light whatever its colours."""
    if not sys.stdout.isatty():
        return
    from rich.console import Console  # noqa: PLC0415 (only for terminals)
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False)
    lines = shown_qr.for_terminal(told)
    if console.width < len(lines[0]):
        output.as_text([_("Agrande la ventana para ver el código QR, o pida una imagen con --qr.")])
        return
    for line in lines:
        console.print(Text(line, style="#000000 on #ffffff"))


def _interrupt(_number: int, _frame: Any) -> NoReturn:
    """End as after Ctrl-C: a service manager sends SIGTERM."""
    raise KeyboardInterrupt
