"""Bad input, each kind answered in words, an exit code that is not 0, and nothing lost."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fairclient.base import words
from tests.stories.conftest import COLUMNS, Laptop, person, write_people


def test_a_file_with_a_wrong_column_is_refused_before_anything_is_written(
    practice: Laptop, tmp_path: Path
) -> None:
    before = practice("state", "--json").json
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("names,surnames\nAna,Pérez\n", encoding="utf-8")
    said = practice("register", "--from", str(wrong))
    assert said.code == 1
    assert "given_names" in said.err
    assert practice("state", "--json").json == before


def test_a_file_in_another_encoding_says_how_to_save_it(practice: Laptop, tmp_path: Path) -> None:
    wrong = tmp_path / "utf16.csv"
    wrong.write_bytes(",".join(COLUMNS).encode("utf-16"))
    said = practice("register", "--from", str(wrong))
    assert said.code == 1
    assert "UTF-8" in said.err


def test_a_file_that_is_not_there_is_named(practice: Laptop, tmp_path: Path) -> None:
    said = practice("register", "--from", str(tmp_path / "nothing.csv"))
    assert said.code == 1
    assert "nothing.csv" in said.err


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"birth_date": "31/02/2001"}, "31/02/2001"),
        ({"birth_date": "2090-01-01"}, "2090"),
        ({"services": "SAL-AFIL;TELEPORT"}, "TELEPORT"),
        ({"sex": "Q"}, "Q"),
        ({"municipality": "99999"}, "99999"),
        ({"given_names": ""}, ""),
        ({"given_names": "x" * 10_000}, ""),
    ],
)
def test_one_bad_row_is_told_and_stops_no_other(practice: Laptop, wrong: dict[str, str], told: str) -> None:
    people = [person(), person(**wrong), person(document_number="8")]
    said = practice("register", "--from", str(write_people(practice.home.with_suffix(".csv"), people)))
    assert said.code == 1
    good, bad, also_good = said.lines
    assert (good["row"], bad["row"], also_good["row"]) == (1, 2, 3)
    assert "token" in good and "token" in also_good
    assert told in bad["error"]["what"] + bad["error"]["do"]
    assert practice("state", "--json").json["counts"]["attendee"] == 2


def test_a_passphrase_that_is_wrong_is_said_and_then_slowed(
    practice: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRCLIENT_PASSPHRASE", "otra cosa distinta")
    codes = [practice("state", "--json").json["error"]["code"] for _try in range(6)]
    assert codes[0] == "wrong-passphrase"
    assert codes[-1] == "too-many-tries"


def test_without_a_passphrase_or_a_terminal_it_says_where_to_put_it(
    practice: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAIRCLIENT_PASSPHRASE")
    said = practice("state")
    assert said.code == 1
    assert "FAIRCLIENT_PASSPHRASE" in said.err


def test_a_home_without_a_fair_says_so(laptop: Callable[[str], Laptop]) -> None:
    said = laptop("empty")("state", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "home-missing")


def test_a_home_that_is_taken_is_not_overwritten(practice: Laptop) -> None:
    before = practice("state", "--json").json
    said = practice("practice", "--no-window", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "home-taken")
    assert practice("state", "--json").json == before


def test_a_passphrase_must_be_long_enough(
    laptop: Callable[[str], Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRCLIENT_PASSPHRASE", "corta")
    said = laptop("short")("practice", "--no-window", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "short-passphrase")


def test_a_home_that_can_not_be_written_is_said(laptop: Callable[[str], Laptop], tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be")
    said = laptop("blocked")("practice", "--no-window", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "home-not-writable")


def test_an_unknown_paper_is_refused(practice: Laptop, tmp_path: Path) -> None:
    slip = practice.register([person()])[0]["slip"]
    said = practice("slip", slip, "--format", "papyrus", "--out", str(tmp_path / "slip.pdf"))
    assert said.code == 1
    assert "roll80" in said.err
    assert not (tmp_path / "slip.pdf").exists()


def test_an_unknown_language_is_refused_and_a_known_one_spoken(
    practice: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "_current", words.translator("es"))  # and back again afterwards
    said = practice("--language", "xx", "state")
    assert (said.code, "es, en" in said.err) == (1, True)
    assert "Nobody" in practice("--language", "en", "search", "Nadie").out


def test_names_are_printed_as_utf8_where_the_system_would_take_another_code(
    practice: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.register([person(second_surname="Núñez")])
    printed = io.BytesIO()
    pipe = io.TextIOWrapper(printed, encoding="ascii")
    monkeypatch.setattr("sys.stdout", pipe)
    assert practice("search", "Núñez", "--json").code == 0
    pipe.flush()
    assert "Núñez".encode() in printed.getvalue()


def test_a_practice_fair_has_nothing_to_synchronise_with(practice: Laptop) -> None:
    said = practice("sync", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "practice")


def test_reports_that_can_not_be_written_leave_the_day_open(practice: Laptop, tmp_path: Path) -> None:
    practice.register([person()])
    (tmp_path / "blocked").write_text("a file where the folder should be")
    refused = practice("close-day", "--reports", str(tmp_path / "blocked"), "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "home-not-writable")
    closed = practice("close-day", "--reports", str(tmp_path / "new" / "folder"), "--json")
    assert all(Path(report).is_file() for report in closed.json["reports"])
    assert {"attendance.xlsx", "report.pdf"} <= {Path(report).name for report in closed.json["reports"]}


@pytest.mark.skipif(os.name != "posix", reason="Windows has the folder's own rules")
def test_the_file_with_the_data_is_for_its_owner_only(practice: Laptop) -> None:
    assert (practice.home / "fair.db").stat().st_mode & 0o077 == 0


def test_a_day_without_slips_can_not_be_closed_and_a_closed_one_not_twice(practice: Laptop) -> None:
    assert practice("close-day", "--json").json["error"]["code"] == "nothing-to-close"
    practice.register([person()])
    assert practice("close-day", "--json").json["totals"]["no_show"] == 2
    again = practice("close-day", "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "already-closed")
    practice.register([person(document_number="55")])
    assert practice("close-day", "--json").code == 0
