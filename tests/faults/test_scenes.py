"""Scenes that storms have found: each was once a laptop that waited for ever, or two that differed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.server import erasing, tombstones
from tests.faults import promises, sticks
from tests.faults.laptop import Laptop
from tests.faults.line import Weather
from tests.faults.storm import Storm
from tests.faults.world import World, a_world

ONLY_SENT: list[Weather] = ["fine", "fine", "fine", "fine", "request lost"]
"""A greeting, a session, heads and one batch; nothing is heard after that."""


@pytest.fixture
def storm() -> Iterator[Storm]:
    """Two laptops at a centre, and a hub on the first."""
    with a_world("AB") as world:
        found = Storm(world)
        found.host(0)
        first = world.laptops[0]
        first.join(first.tent.invitation(world.centre.fair))
        world.laptops[1].join(first.tent.invitation(world.centre.fair))
        yield found


def everybody_shows_the_same(world: World) -> None:
    """The state of each laptop is the centre's."""
    assert {str(one.state()["state_digest"]) for one in world.laptops} == {world.centre_state().state_digest}


def aside(world: World) -> int:
    """How many entries the centre keeps aside."""
    return world.count("SELECT count(*) FROM quarantined_entry")


def test_what_a_revoked_operator_wrote_reaches_the_centre_by_the_hub_alone(storm: Storm) -> None:
    first, second = storm.world.laptops
    storm.world.centre.withdraw("operator", second.place.operator.id)
    first.sync()
    first.sync_in_the_tent()
    storm.register(1, "Luz", ["ORI"])
    assert second.sync_in_the_tent().problem is None
    first.sync_in_the_tent()
    assert first.sync().carried == 4
    assert aside(storm.world) == 4
    first.sync_in_the_tent()
    assert second.sync_in_the_tent().left == 0


def test_what_an_earlier_receipt_put_aside_is_heard_by_who_comes_later(storm: Storm) -> None:
    first, second = storm.world.laptops
    storm.world.centre.withdraw("operator", second.place.operator.id)
    for name in ("Luz", "Ana"):
        storm.register(1, name, ["ORI"])
        storm.sync(1, ONLY_SENT)
    assert aside(storm.world) == 8
    _in_the_tent(first, second)
    for laptop in (first, second):
        laptop.sync()
    everybody_shows_the_same(storm.world)


def _in_the_tent(first: Laptop, second: Laptop) -> None:
    for laptop in (second, first):
        assert laptop.sync_in_the_tent().problem is None


def test_an_erasure_that_the_restored_centre_lost_reaches_the_laptops(storm: Storm) -> None:
    """One was registered before the copy was made, and one after it."""
    storm.register(0, "Luz", ["ORI"])
    storm.world.settle()
    storm.copy_centre()
    storm.register(0, "Ana", ["ORI"])
    storm.world.settle()
    storm.erase_at_the_centre(0)
    storm.erase_at_the_centre(1)
    storm.restore_centre(0)
    storm.world.settle()
    assert len(storm.witness.erased) == 2
    promises.erased_everywhere(storm.world, storm.witness)
    everybody_shows_the_same(storm.world)
    assert storm.world.centre_state().counts["visit"] == 2


def test_without_erasing_again_a_restored_centre_is_noticed(
    storm: Storm, monkeypatch: pytest.MonkeyPatch
) -> None:
    storm.register(0, "Luz", ["ORI"])
    storm.world.settle()
    storm.copy_centre()
    storm.erase_at_the_centre(0)
    storm.check()
    monkeypatch.setattr(tombstones, "apply", lambda *_: 0)
    storm.restore_centre(0)
    with pytest.raises(AssertionError, match="somebody erased is back"):
        storm.check()


def test_a_centre_that_takes_back_who_was_erased_is_noticed(
    storm: Storm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Her erasure comes first, her registration later from another laptop."""
    first, second = storm.world.laptops
    storm.register(1, "Luz", ["ORI"])
    _in_the_tent(first, second)
    storm.erase(0, 0)
    storm.sync(0, ONLY_SENT)
    storm.check()
    assert storm.witness.gone_at_the_centre
    monkeypatch.setattr(erasing, "without_bodies", lambda _connection, _found, pieces: pieces)
    second.sync()
    with pytest.raises(AssertionError, match="somebody erased is back"):
        storm.check()


def test_who_was_erased_by_somebody_shut_out_still_counts_once_that_is_taken_back(storm: Storm) -> None:
    second = storm.world.laptops[1]
    storm.register(1, "Luz", ["ORI"])
    second.sync()
    storm.erase(1, 0)
    storm.world.centre.withdraw("operator", second.place.operator.id)
    storm.sync(1, ONLY_SENT)
    assert aside(storm.world) == 3
    assert storm.world.centre.give_back("operator", second.place.operator.id).left == 0
    storm.world.settle()
    everybody_shows_the_same(storm.world)
    assert storm.world.centre_state().counts["attendee"] == 1
    promises.erased_everywhere(storm.world, storm.witness)


def test_a_stick_of_who_erased_somebody_brings_what_others_wrote_too(storm: Storm) -> None:
    first, second = storm.world.laptops
    storm.register(0, "Luz", ["ORI"])
    _in_the_tent(second, first)
    second.sync_in_the_tent()
    storm.erase(1, 0)
    stick = sticks.save(second, storm.world.folder / "stick.age")
    assert stick is not None
    sticks.to_the_centre(storm.world.centre, stick, second)
    heads = storm.world.centre_heads()
    assert {name: heads[name] for name in second.replica.heads()} == second.replica.heads()
    assert second.replica.left() == 0
    promises.what_the_centre_erased_stays_away(storm.world, storm.witness)
