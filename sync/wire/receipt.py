"""A receipt (acuse): a server's signed word that a journal is durable there up to a number."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sync.wire import canonical, signing
from sync.wire.fact import Hex, Id

Tier = Literal["centre", "hub"]


class Verdict(BaseModel):
    """What became of an entry that was not plainly accepted."""

    model_config = ConfigDict(frozen=True)

    seq: Annotated[int, Field(ge=1)]
    verdict: Literal["duplicate", "merged", "quarantined"]
    code: Annotated[str, StringConstraints(max_length=40)] = ""


class Receipt(BaseModel):
    """Everything of `journal` up to `seq` with digest `digest` is durable at `server`. Kept for ever.

    `number` grows at each server; `at` is the server's clock (UTC). Only a `centre`'s receipt lets a laptop
    forget; a `hub`'s says where else the data is.
    """

    model_config = ConfigDict(frozen=True)

    number: Annotated[int, Field(ge=1)]
    server: Id
    tier: Tier
    journal: Annotated[str, StringConstraints(max_length=100)]
    seq: Annotated[int, Field(ge=1)]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    at: datetime
    verdicts: Annotated[tuple[Verdict, ...], Field(max_length=500)] = ()
    signature: Hex = ""

    def signed_part(self) -> bytes:
        """Return the bytes that the server signs."""
        content = self.model_dump(mode="json", exclude={"signature"})
        return canonical.encode(["fairclient/receipt/1", content])


def sign(receipt: Receipt, key: Ed25519PrivateKey) -> Receipt:
    """Return the receipt with the server's signature."""
    return receipt.model_copy(update={"signature": key.sign(receipt.signed_part()).hex()})


def verify(receipt: Receipt, public_key: bytes) -> bool:
    """Say whether the receipt was signed by that key."""
    return signing.check(public_key, bytes.fromhex(receipt.signature), receipt.signed_part())
