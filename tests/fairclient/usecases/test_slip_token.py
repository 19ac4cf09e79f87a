"""The signed code of papers: which moment it ends in, and that the sample of a printer leads nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fairclient.base.errors import SlipRefused
from fairclient.slips import token
from fairclient.store.queries import reference
from fairclient.usecases.find_parked import find_parked
from fairclient.usecases.paper_blocks import blank_slip
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.slip_token import slip_token
from fairclient.usecases.try_printer import sample_slip
from fairclient.usecases.workplace import Workplace


def test_the_sample_of_a_printer_is_called_by_its_name(point_a: Workplace, point_b: Workplace) -> None:
    shown = sample_slip(point_a)
    for place in (point_a, point_b):
        for text in (shown.token, shown.code):
            assert blank_slip(place, text) is None
            with pytest.raises(SlipRefused, match="ficha de prueba") as refused:
                read_slip(place, text)
            assert refused.value.code == "sample"
        with pytest.raises(SlipRefused, match="ficha de prueba"):
            find_parked(place, shown.token)
        assert find_parked(place, shown.code) is None


@pytest.mark.parametrize("late", [0, 2], ids=["on the fair's last day", "on a day after it"])
def test_a_paper_is_good_until_people_have_come_back(point_a: Workplace, late: int) -> None:
    with point_a.store.read() as session:
        fair = reference.fair(session)
    day = fair.ends + timedelta(days=late)
    text = slip_token(point_a, fair, day, "0a" * 8, "A-001")
    read = token.read(text, lambda _kid: None, point_a.fair, point_a.now())
    # Until midnight in Colombia (UTC-5) of the day after the last.
    after = day + timedelta(days=2)
    assert read.expires == datetime(after.year, after.month, after.day, 5, tzinfo=UTC)
