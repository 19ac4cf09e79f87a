"""That a person's data must go (supresión), and never come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from sync.wire import canonical
from sync.wire.fact import Fact, Hex, Id


class Erasure(Fact):
    """Whose data go, and all the subjects that tell something of her: their bodies are cleared everywhere.

    The holder may ask for it or take her authorisation back (Ley 1581 de 2012, art. 8 and 9); data also end
    with their purpose (Decreto 1377 de 2013, art. 11) or by order. `signature` is the operator's own Ed25519
    signature over `signed_part`.
    """

    KIND: ClassVar[str] = "erasure"

    attendee: Id
    subjects: Annotated[tuple[Id, ...], Field(min_length=1, max_length=500)]
    ground: Literal["request", "revoked", "retention", "order"]
    day: date
    signature: Hex = ""

    @classmethod
    def check_change(cls, change: Mapping[str, Any]) -> None:
        """Refuse all changes: what was signed is what is done, and it can't be taken back."""
        raise ValueError("an erasure is never changed")

    def signed_part(self) -> bytes:
        """Return the bytes that the operator signs: whose data, all the subjects, the ground and the day."""
        named = [
            "fairclient/erasure/1",
            self.attendee,
            list(self.subjects),
            self.ground,
            self.day.isoformat(),
        ]
        return canonical.encode(named)
