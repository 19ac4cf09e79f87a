"""What a pass tells: how far it is while it runs, and what it did when it is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sync.client.trouble import SyncProblem
from sync.wire.heads import Heads

Phase = Literal["greeting", "sending", "receiving"]


@dataclass(frozen=True)
class Progress:
    """How far a running pass is; `done` of `total` are entries of the phase."""

    phase: Phase
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class SyncReport:
    """What one pass did. Also after trouble the counts say what really happened.

    Attributes:
        sent: entries in batches that the server answered with a receipt.
        acknowledged: entries that a verified receipt covers and did not cover before this pass.
        received: entries of other journals that are now held here.
        quarantined: entries that the server keeps aside; its verdicts stand in the saved receipts.
        given_again: entries among `sent` that the centre had acknowledged before and then lost.
        carried: entries of other stations that were handed on.
        mark: what to wait with for news at that server, "" where it can't be waited for.
        heads: how far each journal is held here, after the pass.
        left: own entries without a centre's receipt, after the pass.
        problem: what ended the pass early, or the first of `problems`; None when all went well.
        problems: everything that went wrong, also what concerned one journal only.
        server, tier: name and tier of the server that answered, "" when none did.
        clock_offset_s: seconds that the server's clock is ahead of this machine's; None if unknown.
    """

    sent: int = 0
    acknowledged: int = 0
    received: int = 0
    quarantined: int = 0
    given_again: int = 0
    carried: int = 0
    mark: str = ""
    heads: Heads = field(default_factory=dict)
    left: int = 0
    problem: SyncProblem | None = None
    problems: tuple[SyncProblem, ...] = ()
    server: str = ""
    tier: str = ""
    clock_offset_s: float | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing went wrong and the centre has everything."""
        return self.problem is None and self.left == 0
