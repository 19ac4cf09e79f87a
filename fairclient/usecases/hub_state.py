"""Which hub this laptop has joined, whether it answers now, and where this laptop's entries are."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.store.hub_link import HubLink
from fairclient.store.queries import truth
from fairclient.store.queries.truth import Truth
from fairclient.usecases.synchronise import ask_hub, joined
from fairclient.usecases.workplace import Workplace
from sync.client.trouble import SyncProblem


@dataclass(frozen=True)
class HubState:
    """The hub that was joined (None: none), why it doesn't answer (None: it does), and where entries are."""

    link: HubLink | None
    problem: SyncProblem | None
    truth: Truth


def hub_state(place: Workplace) -> HubState:
    """Look; the hub is greeted at the addresses that are known, and nothing is sent or changed."""
    link = joined(place)
    problem = ask_hub(place, link) if link is not None else None
    with place.store.read() as session:
        return HubState(link, problem, truth.summary(session))
