"""What passes learn: the length of batches, and which journals to try last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.client.lessons import Lessons
from sync.wire.batch import MAX_ENTRIES
from sync.wire.journal import JournalId
from tests.sync.client.memory import FAIR, an_id

JOURNALS = [JournalId(an_id(number), 1, FAIR) for number in range(3)]


def test_batches_halve_and_then_grow_gently_beyond_what_went_well() -> None:
    lessons = Lessons()
    assert lessons.too_much(500)
    assert lessons.too_much(250)
    assert lessons.entries == 125
    lessons.arrived()
    assert lessons.entries == 140
    for _ in range(20):
        lessons.arrived()
    assert lessons.entries == MAX_ENTRIES


def test_a_single_entry_can_not_be_made_smaller() -> None:
    lessons = Lessons(1)
    assert not lessons.too_much(1)
    assert lessons.entries == 1


@given(st.lists(st.one_of(st.none(), st.integers(1, MAX_ENTRIES))))
def test_the_length_stays_within_its_bounds(events: list[int | None]) -> None:
    lessons = Lessons()
    for tried in events:
        if tried is None:
            lessons.arrived()
        else:
            lessons.too_much(tried)
            assert lessons.entries <= max(1, tried // 2)
        assert 1 <= lessons.entries <= MAX_ENTRIES


def test_troubled_journals_come_last_until_they_go_well() -> None:
    lessons = Lessons()
    lessons.troubled(JOURNALS[0])
    assert lessons.in_order(JOURNALS) == [JOURNALS[1], JOURNALS[2], JOURNALS[0]]
    lessons.went_well(JOURNALS[0])
    assert lessons.in_order(JOURNALS) == JOURNALS
