"""A real CUPS in a folder of its own: its own socket, its own queues, nothing of this computer's."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from fairclient.printers import cups
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Patience

_PARTS = [Path("/usr/lib/cups/daemon"), Path("/usr/libexec/cups/daemon")]
"""Where CUPS keeps the small program by which it starts others."""
PROGRAM = shutil.which("cupsd") or shutil.which("cupsd", path="/usr/sbin:/usr/local/sbin")
MISSING = "no cupsd on this computer (Debian: apt-get install cups-daemon)"

_SETTINGS = """\
Listen {socket}
Browsing No
DefaultAuthType None
WebInterface No
PreserveJobHistory Yes
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_FILES = """\
FileDevice Yes
ServerRoot {dir}/root
CacheDir {dir}/cache
StateDir {dir}/state
RequestRoot {dir}/spool
TempDir {dir}/spool/tmp
ServerBin {dir}/bin
DataDir {dir}/data
AccessLog {dir}/access.log
ErrorLog {dir}/error.log
PageLog {dir}/page.log
User {user}
"""
_TYPES = "application/vnd.cups-raw\napplication/octet-stream\napplication/pdf pdf string(0,%PDF)\n"
_QUEUE = """\
<Printer {name}>
Info {name}
DeviceURI {device}
State Idle
Accepting Yes
Shared No
JobSheets none none
ErrorPolicy retry-current-job
</Printer>
"""
# What CUPS starts for a job: hands the bytes to a raw port, and says what the printer says. See backend(7).
_BACKEND = """\
#!{python}
import os, pathlib, signal, socket, sys, time
if len(sys.argv) < 6:
    sys.exit(0)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
host, port = os.environ["DEVICE_URI"].removeprefix("ficha://").split(":")
data = sys.stdin.buffer.read() if len(sys.argv) < 7 else pathlib.Path(sys.argv[6]).read_bytes()
out = pathlib.Path({out!r})
if out.exists():
    print("STATE: +media-empty-error", file=sys.stderr, flush=True)
    while out.exists():
        time.sleep(0.05)
    print("STATE: -media-empty-error", file=sys.stderr, flush=True)
with socket.create_connection((host, int(port))) as line:
    line.sendall(data)
"""


class CupsDaemon:
    """Use it as a context manager. ``queues`` gives each queue's name and its device."""

    def __init__(self, folder: Path, queues: dict[str, str]) -> None:
        self.dir = folder
        self.socket = folder / "s"
        self.out_of_paper = folder / "out-of-paper"
        self._queues = queues
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._lay_out()
        assert PROGRAM is not None, MISSING
        self._process = subprocess.Popen(
            [PROGRAM, "-f", "-c", str(self.dir / "cupsd.conf"), "-s", str(self.dir / "files.conf")]
        )
        self._wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self.out_of_paper.unlink(missing_ok=True)
        self._process.terminate()
        self._process.wait(10)

    def _lay_out(self) -> None:
        for name in ("root", "cache", "state", "spool/tmp", "bin/backend", "data/mime"):
            (self.dir / name).mkdir(parents=True)
        (self.dir / "bin" / "daemon").symlink_to(next(path for path in _PARTS if path.is_dir()))
        (self.dir / "data" / "mime" / "mime.types").write_text(_TYPES)
        user = "lp" if os.geteuid() == 0 else getpass.getuser()
        (self.dir / "cupsd.conf").write_text(_SETTINGS.format(socket=self.socket))
        (self.dir / "files.conf").write_text(_FILES.format(dir=self.dir, user=user))
        queues = [_QUEUE.format(name=name, device=device) for name, device in self._queues.items()]
        (self.dir / "root" / "printers.conf").write_text("".join(queues))
        backend = self.dir / "bin" / "backend" / "ficha"
        backend.write_text(_BACKEND.format(python=sys.executable, out=str(self.out_of_paper)))
        backend.chmod(0o700)  # CUPS runs it as the user that runs CUPS

    def _wait(self) -> None:
        """Until it answers; it says nothing when it is ready."""
        until = time.monotonic() + 20
        while True:
            try:
                if cups.queues(Patience()):
                    return
            except PrinterTrouble:
                assert time.monotonic() < until, (self.dir / "error.log").read_text()
            time.sleep(0.02)
