"""Write a day's attendance list and activity report into a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fairclient.base.files import in_words
from fairclient.store.queries import report_rows
from fairclient.usecases.workplace import Workplace


def make_folder(folder: Path) -> None:
    """Make a folder for reports, if it is not there. Raises HomeNotWritable or DiskFull."""
    with in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)


def write_reports(place: Workplace, day: date, folder: Path) -> list[Path]:
    """Write `attendance.xlsx` and `report.pdf` of a day and return their paths.

    Raises Unauthorised, HomeNotWritable or DiskFull; a report is there whole or not at all.
    """
    # Spreadsheet and PDF libraries take a while to load: only when a report is wanted.
    from fairclient.reports.catalogue import REPORTS  # noqa: PLC0415

    place.require("supervisor")
    make_folder(folder)
    with place.store.read() as session:
        figures = report_rows.of_day(session, day)
    written = []
    for report in REPORTS:
        out = folder / report.file_name
        report.write(figures, out)
        written.append(out)
    return written
