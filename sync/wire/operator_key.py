"""A key of somebody's own on one laptop, attested by whoever supervises there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import StringConstraints

from sync.wire import canonical, signing
from sync.wire.fact import AgeRecipient, Fact, Hex, Id
from sync.wire.journal import JournalId

PublicKey = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]


class OperatorKey(Fact):
    """That an operator of the roster signs with `public_key` at the station whose journal says so.

    Each laptop on which she works has a key of hers, and no key leaves the laptop that it was made on. It is
    good for what comes after it in that journal, until a fact with the same key says `withdrawn`. `proof` is
    its own signature over `signed_part`, so that nobody passes another's key for hers; `signature` is that of
    the supervisor who wrote the entry. It says nothing of roles: those are the roster's.
    """

    KIND: ClassVar[str] = "operator_key"

    operator: Id
    public_key: PublicKey = ""
    age_recipient: AgeRecipient | None = None
    withdrawn: bool = False
    proof: Hex = ""
    signature: Hex = ""

    @classmethod
    def check_change(cls, change: Mapping[str, Any]) -> None:
        """Refuse all changes: what was attested stays, and a withdrawal is a fact of its own."""
        raise ValueError("a key that was attested is never changed")

    def signed_part(self, journal: JournalId) -> bytes:
        """Return the bytes that both sign: the fair, the laptop, whose key it is and what is said of it."""
        named = [
            "fairclient/operator-key/1",
            journal.fair,
            journal.station,
            self.operator,
            self.public_key,
            self.age_recipient or "",
            self.withdrawn,
        ]
        return canonical.encode(named)

    def is_signed(self, journal: JournalId, keys: Iterable[bytes]) -> bool:
        """Say whether one of the writer's keys signed it, and a key that is added proves itself."""
        message = self.signed_part(journal)
        if not self.withdrawn and not _fits(bytes.fromhex(self.public_key), self.proof, message):
            return False
        return any(_fits(key, self.signature, message) for key in keys)


def may_attest(writer: Collection[str], whose: Collection[str], *, withdrawn: bool = False) -> bool:
    """Say whether somebody with some roles may add (or withdraw) a key of somebody with others.

    Nobody vouches for more than she is: an administrator for everybody; a supervisor for those who are no
    administrators nor, unless she is one herself, focal points of protection, so that she can't have their
    notes sealed for her; a focal point for another who supervises nobody. Any supervisor takes anybody but
    an administrator off a laptop.
    """
    if "administrator" in writer:
        return True
    if "administrator" in whose:
        return False
    focal = "protection" in writer
    if "supervisor" in writer:
        return focal or withdrawn or "protection" not in whose
    return focal and "protection" in whose and "supervisor" not in whose


def _fits(key: bytes, signature: str, message: bytes) -> bool:
    return signing.check(key, bytes.fromhex(signature), message)
