"""Start: from nothing to the first keystroke taken, against a bare PySide6 window doing the same."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import fair
from benchmarks.figure import Figure, in_turn, percentile
from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.usecases.practice_fair import practice_fair

ROUNDS = 15

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from PySide6.QtTest import QTest
app = QApplication(sys.argv)
window = QMainWindow()
field = QLineEdit()
window.setCentralWidget(field)
window.resize(1366, 768)
window.show()
app.processEvents()
field.setFocus()
QTest.keyClicks(field, "x")
assert field.text() == "x"
sys.stdout.write("ready")
sys.stdout.flush()
import os; os._exit(0)
"""

OURS = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.ui.app import open_window
app = QApplication(sys.argv)
window = open_window(app, Home(Path(sys.argv[1])), SystemClock())
while not isinstance(field := app.focusWidget() or window.focusWidget(), QLineEdit):
    app.processEvents()
QTest.keyClicks(field, "x")
assert field.text() == "x"
sys.stdout.write("ready")
sys.stdout.flush()
import os; os._exit(0)
"""


def run() -> list[Figure]:
    """Return start.ratio: medians of whole processes, to the first letter in the passphrase field."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        practice_fair(home, fair.PASSPHRASE, SystemClock(), cost=fair.CHEAP).close()
        ours, bare = in_turn(lambda _n: _start(OURS, str(home.dir)), lambda _n: _start(BARE), ROUNDS)
    ratio = percentile(ours, 50) / percentile(bare, 50)
    bare_ms, our_ms = percentile(bare, 50) * 1000, percentile(ours, 50) * 1000
    told = f"bare PySide6 window: {bare_ms:.0f} ms; ours: {our_ms:.0f} ms"
    return [Figure("start.ratio", ratio, "×", "≤ 1.5", told, ratio <= 1.5)]


def _start(script: str, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    if done.stdout[-5:] != "ready":
        raise RuntimeError(done.stderr[-800:])
