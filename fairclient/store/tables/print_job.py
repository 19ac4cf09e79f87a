"""The print queue and the blank slips on paper: this laptop's own business, in no journal."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

from fairclient.store.tables.row import Row


class PrintJobRow(Row, table=True):
    """A slip on its way to paper; ``store.print_jobs`` says what its states mean. Times are ms since 1970.

    A slip is printed for the first time once, however often it is asked for: more are copies.
    """

    __tablename__ = "print_job"
    __table_args__ = (
        Index("print_job_once", "slip", unique=True, sqlite_where=text("NOT again")),
        Index("print_job_by_state", "state"),
        Index("print_job_by_slip", "slip"),
    )

    number: int | None = Field(default=None, primary_key=True)
    slip: str
    again: bool
    state: str
    reason: str
    printer: str
    ref: str
    tries: int
    made: int
    at: int


class PaperBlockRow(Row, table=True):
    """A numbered slip that was printed blank, for when every printer is dead; ``slip`` once it is used.

    ``state`` is "blank", "used" or "void".
    """

    __tablename__ = "paper_block"
    __table_args__ = (Index("paper_block_by_day_turn", "day", "turn"), {"sqlite_with_rowid": False})

    token_id: str = Field(primary_key=True)
    code: str
    turn: str
    day: date
    state: str
    slip: str
    at: int
