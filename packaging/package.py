"""Builds the folder that a laptop without Python can run, and tries it before anybody else does.

    python packaging/package.py             build dist/fairclient/ and try it
    python packaging/package.py --try-only  try the one that is there
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "dist" / "fairclient"
SUFFIX = ".exe" if sys.platform == "win32" else ""
SECONDS = 600


def build() -> None:
    """Run PyInstaller; its chatter goes to build/package.log.

    Raises SystemExit with the end of that chatter when it fails.
    """
    work = ROOT / "build"
    work.mkdir(exist_ok=True)
    log = work / "package.log"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(FOLDER.parent), "--workpath", str(work / "pyinstaller")]
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            [*command, str(ROOT / "packaging" / "fairclient.spec")],
            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if done.returncode:
        chatter = log.read_text(encoding="utf-8")
        raise SystemExit(f"{chatter[-3000:]}\npackage: PyInstaller failed; all of it is in {log}")


def size_mib(folder: Path) -> float:
    """How much room the folder takes, in MiB."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files) / 2**20


def bare_environment(home: Path) -> dict[str, str]:
    """The variables of a machine that knows nothing of this checkout or of its Python."""
    kept = {"PATH", "SYSTEMROOT", "TEMP", "TMP", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "LANG"}
    bare = {name: value for name, value in os.environ.items() if name.upper() in kept}
    return bare | dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(home))


def attempt(folder: Path, *command: str) -> None:
    """Run one of the folder's programs in another place.

    Raises SystemExit when it fails.
    """
    program = FOLDER / (command[0] + SUFFIX)
    print(f"package: trying {' '.join(command)}", flush=True)
    done = subprocess.run(
        [str(program), *command[1:]],
        cwd=folder, env=bare_environment(folder), timeout=SECONDS, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"package: {' '.join(command)} ended with {done.returncode}")


def main() -> None:
    """Build and try."""
    parser = argparse.ArgumentParser(description="Build the program's folder for this system, and try it.")
    parser.add_argument("--try-only", action="store_true", help="try the folder that was built before")
    if not parser.parse_args().try_only:
        build()
    with tempfile.TemporaryDirectory(prefix="fairclient-package-") as made:
        elsewhere = Path(made)
        attempt(elsewhere, "fairserver", "--help")
        attempt(elsewhere, "fairclient", "--version")
        attempt(elsewhere, "fairclient", "demo", "--out", str(elsewhere / "demo-out"))
    print(f"package: {FOLDER} is ready ({size_mib(FOLDER):.0f} MiB)")


if __name__ == "__main__":
    main()
