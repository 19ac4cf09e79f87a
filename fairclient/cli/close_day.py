"""`fairclient close-day`: count, approve and close a day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def close_day(
    ctx: typer.Context,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today by default.")
    ] = None,
    reports: Annotated[Path | None, typer.Option(help="A folder for attendance.xlsx and report.pdf.")] = None,
    json: JsonOption = False,
) -> None:
    """Count a day, mark who did not come, approve and close it."""
    from fairclient.usecases.close_day import close_day  # noqa: PLC0415 (loads the store)
    from fairclient.usecases.write_reports import make_folder, write_reports  # noqa: PLC0415

    shared = common(ctx, json)
    with unlocked(shared) as place:
        if reports:
            make_folder(reports)  # what can't be written is said before the day is closed
        closed = close_day(place, day.date() if day else None)
        written = write_reports(place, closed.day, reports) if reports else []
    totals = closed.reconciliation.totals()
    if shared.json:
        output.as_json(
            {
                "day": closed.day.isoformat(),
                "day_closed": closed.day_closed,
                "totals": totals,
                "four_eyes": closed.four_eyes,
                "reports": [str(path) for path in written],
            }
        )
        return
    lines = [_("El {day} quedó cerrado y aprobado.").format(day=f"{closed.day:%d/%m/%Y}")]
    lines += [f"  {name:14} {count:6}" for name, count in totals.items()]
    if not closed.four_eyes:
        lines.append(
            _("Quien aprobó también registró ese día: la central pedirá que otra persona lo revise.")
        )
    output.as_text(lines)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("close-day")(close_day)
