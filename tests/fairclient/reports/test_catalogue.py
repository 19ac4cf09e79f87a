"""Every report of the catalogue runs on an empty and on a full day, and refuses a full disk in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from fairclient.base import words
from fairclient.base.errors import DiskFull
from fairclient.reports.catalogue import REPORTS, Report
from tests.fairclient.reports.factory import EMPTY, large_day, small_day

each = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)


def test_names_and_files_are_unique() -> None:
    assert (
        len({report.name for report in REPORTS})
        == len({report.file_name for report in REPORTS})
        == len(REPORTS)
    )


@each
@pytest.mark.parametrize("language", ["es", "en"])
def test_it_runs_on_any_day_in_both_languages(report: Report, language: str, tmp_path: Path) -> None:
    words.set_language(language)
    assert report.title()
    sizes = []
    for figures in (EMPTY, small_day(), large_day(60)):
        report.write(figures, tmp_path / report.file_name)
        sizes.append((tmp_path / report.file_name).stat().st_size)
    assert sizes == sorted(sizes) and [file.name for file in tmp_path.iterdir()] == [report.file_name]


@each
def test_a_full_disk_leaves_the_old_report(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / report.file_name
    out.write_bytes(b"yesterday")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull) as caught:
        report.write(EMPTY, out)
    assert caught.value.safe and out.read_bytes() == b"yesterday" and list(tmp_path.iterdir()) == [out]
