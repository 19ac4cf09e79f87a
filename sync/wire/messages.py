"""The JSON messages of the exchange, one class each."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sync.wire import canonical, signing
from sync.wire.fact import AgeRecipient, Hex, Id, Name
from sync.wire.heads import Heads
from sync.wire.operator import Role
from sync.wire.receipt import Receipt, Tier
from sync.wire.station import Scope

MAX_RECEIPTS: Final = 500
"""Receipts that are handed on in one message."""


class Message(BaseModel):
    """Common to all messages: frozen, fields of newer versions left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Hello(Message):
    """Who a server is, what it speaks, and a challenge to open a session with.

    `proof` is the server's signature over `signed_part`: it holds the key that it names, now.
    """

    server: Id
    name: str
    tier: Tier
    wire_min: int
    wire_max: int
    public_key: Hex
    challenge: Annotated[str, StringConstraints(max_length=400)]
    proof: Hex = ""

    def signed_part(self, echo: str) -> bytes:
        """Return the bytes that the server signs: the fresh text of the request, and who it is.

        Not the whole greeting: one of a later version has more fields, and is still to be understood.
        """
        named = ["fairclient/hello/1", echo, self.server, self.tier, self.public_key, self.challenge]
        return canonical.encode(named)

    def proved(self, key: Ed25519PrivateKey, echo: str) -> Hello:
        """Return the greeting with the server's proof."""
        return self.model_copy(update={"proof": key.sign(self.signed_part(echo)).hex()})

    def verify(self, echo: str) -> bool:
        """Say whether whoever greets holds the key that the greeting names."""
        return signing.check(
            bytes.fromhex(self.public_key), bytes.fromhex(self.proof), self.signed_part(echo)
        )


class EnrolRequest(Message):
    """A laptop asks to be a station. `proof` signs `signing.enrolment_message` with the laptop's new key."""

    code: Annotated[str, StringConstraints(max_length=120)]
    public_key: Hex
    proof: Hex
    station_name: Annotated[str, StringConstraints(max_length=80)] = ""
    operator_name: Name
    operator_public_key: Hex
    operator_age_recipient: AgeRecipient | Literal[""] = ""


class EnrolReply(Message):
    """What a station is told when it is enrolled; signed by the server whose key it then pins."""

    station: Id
    incarnation: int
    fair: Id
    name: str
    point: str
    operator: Id
    roles: tuple[Role, ...]
    scope: Scope
    server: Id
    server_public_key: Hex
    signature: Hex = ""

    def signed_part(self, public_key: str) -> bytes:
        """Return the bytes that the server signs: this reply, and the key of the laptop that it answers."""
        content = self.model_dump(mode="json", exclude={"signature"})
        return canonical.encode(["fairclient/enrolled/1", public_key, content])

    def signed(self, key: Ed25519PrivateKey, public_key: str) -> EnrolReply:
        """Return the reply with the server's signature."""
        return self.model_copy(update={"signature": key.sign(self.signed_part(public_key)).hex()})

    def verify(self, public_key: str) -> bool:
        """Say whether the server that the reply names signed it for the laptop with `public_key`."""
        server_key = bytes.fromhex(self.server_public_key)
        return signing.check(server_key, bytes.fromhex(self.signature), self.signed_part(public_key))


class CodeRequest(Message):
    """A supervisor asks for a code that lets another laptop enrol at the fair of hers.

    `signature` is hers, over `signing.code_message` with the challenge of a fresh greeting: whoever has her
    laptop and not her passphrase can ask for nothing.
    """

    fair: Id
    operator: Id
    roles: Annotated[tuple[Role, ...], Field(min_length=1, max_length=8)]
    scope: Scope = "fair"
    challenge: Annotated[str, StringConstraints(max_length=400)]
    signature: Hex

    def signed_part(self, server: str, station: str) -> bytes:
        """Return the bytes that the supervisor signs."""
        wanted = [self.scope, *self.roles]
        return signing.code_message(server, station, self.fair, self.operator, wanted, self.challenge)


class CodeReply(Message):
    """A single-use code, the name of the fair, and the minutes that it is good for."""

    code: Annotated[str, StringConstraints(max_length=120)]
    fair: str
    minutes: float


class SessionRequest(Message):
    """A station proves who it is: `signature` is over `signing.challenge_message`.

    `code` lets it join a hub, once; afterwards, and at a centre, it is left out.
    """

    station: Id
    challenge: Annotated[str, StringConstraints(max_length=400)]
    signature: Hex
    code: Annotated[str, StringConstraints(max_length=120)] = ""


class SessionReply(Message):
    """A bearer token and the seconds that it lasts."""

    token: str
    expires_in: int


class HeadsRequest(Message):
    """How far the station knows each journal of its fair, and how far the centre's receipts go there."""

    heads: Annotated[Heads, Field(max_length=10_000)]
    acknowledged: Annotated[dict[str, int], Field(max_length=10_000)] = {}


class HeadsReply(Message):
    """How far the server knows the journals that the station may see, and receipts that it may lack.

    `acknowledged`, from a hub, says how far the centre's receipts that it holds go. `mark` changes with
    everything that is news to this station: it goes into the next wait.
    """

    heads: Annotated[Heads, Field(max_length=10_000)]
    receipts: Annotated[tuple[Receipt, ...], Field(max_length=1000)] = ()
    acknowledged: Annotated[dict[str, int], Field(max_length=10_000)] = {}
    mark: Annotated[str, StringConstraints(max_length=80)] = ""


class ReceiptsRequest(Message):
    """The centre's receipts, handed on to a hub, which gives them to those that they are for."""

    receipts: Annotated[tuple[Receipt, ...], Field(min_length=1, max_length=MAX_RECEIPTS)]


class ReceiptsReply(Message):
    """How many of them are kept at the hub now."""

    kept: int


class WaitReply(Message):
    """The mark as it is now: another than the one that was asked with, or the time was over."""

    mark: Annotated[str, StringConstraints(max_length=80)]


class Problem(Message):
    """RFC 9457 problem details, with a `code` of `sync.wire.problem` and what is needed to go on."""

    type: str = "about:blank"
    title: str = ""
    status: int
    detail: str = ""
    code: str
    expected: int | None = None
    """With `gap`: the number of the entry that should come next."""
    retry_after: int | None = None
    wire_min: int | None = None
    wire_max: int | None = None
