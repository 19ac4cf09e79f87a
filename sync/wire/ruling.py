"""The centre's later word on an entry that was put in quarantine."""

from __future__ import annotations

import uuid
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from sync.wire.fact import Fact
from sync.wire.journal import JournalId


class Ruling(Fact):
    """Which entry counts after all: `journal` as text, `seq`, and the chain's `digest` there in hex.

    It stands above every receipt's verdict on that entry, whichever of the two comes first. The digest keeps
    it from being taken for another history with the same numbers.
    """

    KIND: ClassVar[str] = "ruling"

    journal: Annotated[str, StringConstraints(max_length=100)]
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    verdict: Literal["accepted"] = "accepted"


def subject_of(journal: JournalId, seq: int, digest: str) -> str:
    """Return the subject of the ruling on an entry: the same for the same entry, whenever it is judged."""
    return str(uuid.uuid5(uuid.UUID(journal.fair), f"ruling {journal}:{seq} {digest}"))
