"""Hidden counts can't be worked out from the sums that are shown."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from fairclient.reports.cells import Cells, grouped
from fairclient.reports.small_cells import hidden_cells, worked_out

SUM = ("all", "a", "b", "c")


def test_one_small_count_takes_the_next_smallest_with_it() -> None:
    values = {"all": 45, "a": 3, "b": 12, "c": 30}
    assert hidden_cells(values, [SUM]) == {"a", "b"}


def test_nothing_is_hidden_where_all_are_large_or_nobody() -> None:
    assert hidden_cells({"all": 42, "a": 0, "b": 12, "c": 30}, [SUM]) == frozenset()


def test_a_small_total_is_hidden_with_its_only_part() -> None:
    assert hidden_cells({"all": 3, "a": 0, "b": 3, "c": 0}, [SUM]) == {"all", "b"}


def test_the_total_of_a_day_is_always_shown() -> None:
    values = {"all": 3, "a": 1, "b": 2, "c": 0}
    assert hidden_cells(values, [SUM], always={"all"}) == {"a", "b"}


def test_a_chain_of_sums_is_followed() -> None:
    values = {"t": 60, "r1": 20, "r2": 40, "a": 2, "b": 18}
    hidden = hidden_cells(values, [("t", "r1", "r2"), ("r1", "a", "b")])
    assert hidden == {"a", "b"}


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=5))
def test_no_line_of_a_table_has_exactly_one_hidden_count(rows: list[list[int]]) -> None:
    down, across = len(rows), 3
    values = {(r, c): rows[r][c] for r, c in product(range(down), range(across))}
    values |= {(r, -1): sum(rows[r]) for r in range(down)}
    values |= {(-1, c): sum(row[c] for row in rows) for c in range(across)}
    values[-1, -1] = sum(map(sum, rows))
    lines = [[(r, c) for c in range(-1, across)] for r in range(-1, down)]
    lines += [[(r, c) for r in range(-1, down)] for c in range(-1, across)]
    hidden = hidden_cells(values, lines)
    assert {key for key, value in values.items() if 0 < value < 5} <= hidden
    assert all(values[key] for key in hidden)
    assert all(sum(key in hidden for key in line) != 1 for line in lines)


def test_how_counts_are_printed() -> None:
    cells = Cells({"all": 1234, "a": 3, "b": 1231}, [("all", "a", "b", "c")], {"all"}, shared=True)
    assert [cells.shown(key) for key in SUM] == ["1\u00a0234", "*", "*", "–"]
    assert cells.count("a") is None
    open_cells = Cells({"all": 1234, "a": 3, "b": 1231}, [("all", "a", "b", "c")], (), shared=False)
    assert [open_cells.shown(key) for key in SUM] == ["1\u00a0234", "3", "1\u00a0231", "–"]
    assert grouped(1_000_000) == "1\u00a0000\u00a0000"


def test_two_hidden_counts_that_can_only_be_one_each_take_a_third() -> None:
    values = {"all": 42, "a": 1, "b": 1, "c": 40, "d": 0}
    assert hidden_cells(values, [("all", "a", "b", "c", "d")], always={"all"}) == {"a", "b", "c"}


def test_sums_that_give_a_count_away_together_are_seen() -> None:
    # Two blocks of four hidden counts and one between them: each line hides two or more, yet one follows.
    small = {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)}
    inner = {(r, c): 3 if (r, c) in small else 9 for r, c in product(range(4), repeat=2)}
    lines = [((r, 9), *((r, c) for c in range(4))) for r in range(4)]
    lines += [((9, c), *((r, c) for r in range(4))) for c in range(4)]
    values = inner | {line[0]: sum(inner[key] for key in line[1:]) for line in lines}
    balances = [((line[0],), line[1:]) for line in lines]
    assert worked_out(small, balances) == {(1, 2)}
    assert worked_out(hidden_cells(values, lines), balances).isdisjoint(small)


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=2, max_size=5),
    st.booleans(),
)
def test_no_small_count_of_a_table_can_be_worked_out(rows: list[list[int]], keep_total: bool) -> None:
    down, across = len(rows), 4
    values = {(r, c): rows[r][c] for r, c in product(range(down), range(across))}
    lines = [((r, -1), *((r, c) for c in range(across))) for r in range(down)]
    lines += [((-1, c), *((r, c) for r in range(down))) for c in range(across)]
    lines += [((-1, -1), *((r, -1) for r in range(down))), ((-1, -1), *((-1, c) for c in range(across)))]
    for total, *parts in lines:
        values[total] = sum(values[key] for key in parts)
    always = {(-1, -1)} if keep_total else set()
    hidden = hidden_cells(values, lines, always)
    small = {key for key, value in values.items() if 0 < value < 5} - always
    assert small <= hidden
    given_away = small & worked_out(hidden, [((line[0],), line[1:]) for line in lines])
    assert not given_away


def test_two_tables_of_the_same_counts_do_not_tell_on_each_other() -> None:
    values = {"RES": 3, "EMP": 6, "SAL": 5, "ORI": 20, "D": 3, "E": 6, "C": 25, "all": 34}
    sums = [("all", "RES", "EMP", "SAL", "ORI"), ("all", "D", "E", "C")]
    equal = [(("RES",), ("D",)), (("EMP",), ("E",)), (("SAL", "ORI"), ("C",))]
    hidden = hidden_cells(values, sums, {"all"}, equal)
    lines = [((line[0],), line[1:]) for line in sums] + equal
    assert not worked_out(hidden, lines) & {"RES", "D"}
    assert worked_out(hidden_cells(values, sums, {"all"}), lines) & {"RES", "D"}, "as it was without"
