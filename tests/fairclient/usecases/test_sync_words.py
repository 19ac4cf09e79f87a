"""Every problem that sync can meet is told in words, and never one of them by its code alone."""

from __future__ import annotations

import pytest

from fairclient.base.errors import CodeRefused, SayError, ServerRefused, ServerUnreachable
from fairclient.usecases import sync_words
from fairclient.usecases.sync_words import refusal, words_for
from sync.client import trouble
from sync.client.trouble import SyncProblem
from sync.wire import problem

EVERY = sorted(set(problem.CODES) | set(trouble.CODES))


def test_there_are_words_for_every_code_and_for_nothing_else() -> None:
    assert sorted(sync_words.WORDS) == EVERY


def test_no_code_means_two_things() -> None:
    assert set(problem.CODES).isdisjoint(trouble.CODES)


def test_no_group_hides_another() -> None:
    groups = [sync_words._LINE, sync_words._VERSIONS, sync_words._STATION, sync_words._JOURNALS]
    assert sum(map(len, groups)) == len(sync_words.WORDS)


@pytest.mark.parametrize("code", EVERY)
def test_the_words_say_what_happened_and_what_to_do(code: str) -> None:
    what, safe, do = words_for(code)
    assert what.endswith(".")
    assert do.endswith(".")
    assert safe.endswith(".") or code.startswith("code-"), "enrolment has nothing yet to be safe"
    assert code not in f"{what} {safe} {do}".split()


def test_two_codes_never_say_the_same() -> None:
    assert len({words_for(code).what for code in EVERY}) == len(EVERY)


def test_a_code_from_the_future_is_told_too() -> None:
    assert words_for("moon-phase").what == "La sincronización encontró un problema."


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("offline", ServerUnreachable),
        ("portal", ServerUnreachable),
        ("stranger", ServerUnreachable),
        ("revoked", ServerRefused),
        ("old-server", ServerRefused),
        ("address", ServerRefused),
        ("code-used", CodeRefused),
        ("code-expired", CodeRefused),
        ("code-unknown", CodeRefused),
        ("moon-phase", ServerRefused),
    ],
)
def test_the_error_keeps_the_code(code: str, kind: type[SayError]) -> None:
    error = refusal(SyncProblem(code, "detail in English"))
    assert type(error) is kind
    assert error.code == code
    assert "detail in English" not in str(error)


@pytest.mark.parametrize(("seconds", "told"), [(1.0, "1 segundo."), (30.4, "30 segundos.")])
def test_how_long_to_wait_is_said(seconds: float, told: str) -> None:
    assert refusal(SyncProblem("busy", "", retry_after=seconds)).do.endswith(told)
    assert "segundo" not in refusal(SyncProblem("busy", "")).do
