"""Every report that a day can be asked for; a new one is a file here and a line below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fairclient.base.words import N_, _
from fairclient.domain.report_rows import DayFigures
from fairclient.reports import activity_report, attendance_list, carry_over


@dataclass(frozen=True)
class Report:
    """A report: its name for scripts, the file that it becomes, its title, and how it is written.

    ``write(figures, out)`` writes ``out`` whole or not at all and raises DiskFull or HomeNotWritable.
    """

    name: str
    file_name: str
    heading: str
    write: Callable[[DayFigures, Path], None]

    def title(self) -> str:
        """What people call it."""
        return _(self.heading)


REPORTS = (
    Report("attendance", "attendance.xlsx", N_("Listado de asistencia"), attendance_list.write),
    Report("activity", "report.pdf", N_("Informe de actividad"), activity_report.write),
    Report("carry-over", "carry-over.xlsx", N_("Pendientes para otro día"), carry_over.write),
)
