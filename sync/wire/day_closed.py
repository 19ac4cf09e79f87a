"""A supervisor's approval of a day: which heads she saw, and what the count gave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field

from sync.wire import canonical
from sync.wire.fact import Fact, Hex, Paragraph


class DayClosed(Fact):
    """The end of a day. What was approved is bound by the digests of `heads`; corrections are later entries.

    `four_eyes` is False where the approver also registered people that day: it is allowed where there is
    nobody else, never hidden. `signature` is the operator's own Ed25519 signature over `signed_part`.
    """

    KIND: ClassVar[str] = "day_closed"

    day: date
    heads: Annotated[dict[str, tuple[int, str]], Field(max_length=2000)]
    totals: Annotated[dict[str, int], Field(max_length=64)]
    four_eyes: bool = True
    note: Paragraph = ""
    signature: Hex = ""

    @classmethod
    def check_change(cls, change: Mapping[str, Any]) -> None:
        """Refuse all changes: what was signed stays, and a correction is a later approval."""
        raise ValueError("an approval is never changed")

    def signed_part(self) -> bytes:
        """Return the bytes that the approver signs: the day, the heads and the totals."""
        heads = {journal: list(head) for journal, head in self.heads.items()}
        named = ["fairclient/day-closed/1", self.day.isoformat(), heads, self.totals, self.four_eyes]
        return canonical.encode(named)
