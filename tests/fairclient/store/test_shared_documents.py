"""One number on several people is found, whoever else has it, and however it is written."""

from __future__ import annotations

import pytest

from fairclient.base.clock import FixedClock
from fairclient.store.database import Store
from fairclient.store.queries.shared_documents import holders
from sync.wire.attendee import Document
from tests.fairclient.store.making import AUTHOR, Arrived, arrive, attendee


@pytest.fixture
def people(store: Store, clock: FixedClock) -> dict[str, Arrived]:
    """Three people, two of them with one number."""
    papers = {"Ana": ("CC", "1.098.765"), "Luz": ("TI", "1098765"), "Eva": ("CE", "1098765")}
    with store.write(AUTHOR) as work:
        return {
            name: arrive(work, clock, attendee(name, "Paz", documents=(Document(type=kind, number=number),)))
            for name, (kind, number) in papers.items()
        }


@pytest.mark.parametrize(
    ("documents", "but", "names"),
    [
        ([("CC", "1098765")], "", {"Ana Paz", "Luz Paz"}),  # a Colombian's number stays hers for life
        ([("CC", "1098765")], "Ana", {"Luz Paz"}),
        ([("CE", "1 098 765")], "", {"Eva Paz"}),
        ([("PA", "1098765"), ("CC", "")], "", set()),
        ([], "", set()),
    ],
)
def test_who_else_has_a_number(
    store: Store, people: dict[str, Arrived], documents: list[tuple[str, str]], but: str, names: set[str]
) -> None:
    with store.read() as session:
        found = holders(session, documents, people[but].attendee if but else "")
    assert {one.name for one in found} == names
