"""The activity report of a day: what a city hall gets to read on one or two pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairclient.base.files import write_whole
from fairclient.base.typeface import register
from fairclient.base.words import _
from fairclient.domain.report_rows import DayFigures

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def write(figures: DayFigures, out: Path, shared: bool = True) -> None:
    """Write the report to ``out``, whole or not at all. Raises DiskFull or HomeNotWritable, in words.

    A ``shared`` one hides counts under five and names no sensitive service (DP-16).
    """
    write_whole(out, made(figures, shared))


def made(figures: DayFigures, shared: bool = True) -> bytes:
    """The PDF."""
    from reportlab.platypus import KeepTogether  # noqa: PLC0415 (see below)

    # The page layout takes a third of a second to load: only where a report is made.
    from fairclient.reports import activity_people, activity_referrals, activity_summary  # noqa: PLC0415
    from fairclient.reports.counted_people import count_people  # noqa: PLC0415
    from fairclient.reports.counted_referrals import count_referrals  # noqa: PLC0415
    from fairclient.reports.page import built  # noqa: PLC0415

    register()  # a paragraph looks its face up as soon as it is made
    people, referrals = count_people(figures, shared), count_referrals(figures, shared)
    story: list[Flowable] = [
        *activity_summary.heading(figures),
        *activity_summary.totals(figures, referrals),
        *activity_people.section(figures, people, shared),
        *activity_referrals.services(figures, referrals),
        *activity_referrals.not_served(referrals),
        *activity_referrals.desks(figures, referrals),
        KeepTogether(
            [
                *activity_referrals.reconciliation(figures, referrals),
                *activity_summary.notes(figures, people, referrals, shared),
                activity_summary.signatures(figures),
            ]
        ),
    ]
    use = _("No lleva nombres ni documentos") if shared else _("Uso interno: no lo comparta")
    return built(story, _("Informe de actividad"), f"{figures.heading.name} · {use}")
