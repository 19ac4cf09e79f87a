"""Files that commands write: whole or not at all, and for their owner only."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sync.server.words import Refusal


@contextmanager
def written(out: Path) -> Iterator[IO[str]]:
    """Give a text file, as `written_bytes`.

    Raises:
        Refusal: when it can't be written.
    """
    with written_bytes(out) as raw:
        file = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
        yield file
        file.flush()
        file.detach()


@contextmanager
def written_bytes(out: Path) -> Iterator[IO[bytes]]:
    """Give a file that takes the place of `out` only when it is complete; nobody else may read it.

    Raises:
        Refusal: when it can't be written.
    """
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(out)
    except OSError as error:
        raise Refusal(
            f"{out} can't be written: {error.strerror}. What was there before is untouched."
        ) from error
    finally:
        aside.unlink(missing_ok=True)
