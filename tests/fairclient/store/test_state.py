"""The digest by which a laptop is compared with the centre."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairclient.store.database import Store
from fairclient.store.queries.state import state
from tests.fairclient.store.making import AUTHOR, attendee


@pytest.mark.parametrize(("scope", "told"), [("desk", False), ("fair", True)])
def test_a_desk_is_compared_without_people_of_whom_it_has_its_own_only(
    store: Store, scope: str, told: bool
) -> None:
    store.save_identity(replace(store.identity, scope=scope))
    with store.read() as session:
        before = state(session)
    with store.write(AUTHOR) as work:
        work.create(attendee())
    with store.read() as session:
        after = state(session)
    assert (after["state_digest"] != before["state_digest"]) == told
    assert after["counts"]["attendee"] == 1
