"""Slips that must not pass: garbled, forged, of another fair, mistyped, void; each in its own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fairclient.slips.code import human_code
from tests.stories.conftest import Laptop, person


@pytest.fixture
def served(practice: Laptop) -> tuple[Laptop, str, str]:
    line = practice.register([person()])[0]
    return practice, line["token"], line["slip"]


def refused(laptop: Laptop, text: str) -> str:
    before = laptop("state", "--json").json["entries"]
    said = laptop("serve", text, "--service", "EMP", "--json")
    assert said.code == 1, said
    assert laptop("state", "--json").json["entries"] == before
    error = said.json["error"]
    assert all(error[part].endswith(".") for part in ("what", "safe", "do")), error
    plain = laptop("serve", text, "--service", "EMP")
    assert (plain.code, plain.out, plain.err.splitlines()[0]) == (1, "", error["what"])
    return str(error["code"])


def test_a_garbled_token_is_refused(served: tuple[Laptop, str, str]) -> None:
    laptop, token, _code = served
    assert refused(laptop, token[:-20]) == "garbled"
    assert refused(laptop, "FR1:" + "A" * 180) == "garbled"


def test_a_forged_token_is_refused(served: tuple[Laptop, str, str]) -> None:
    laptop, token, _code = served
    forged = token[:-9] + ("0" if token[-9] != "0" else "1") + token[-8:]
    assert refused(laptop, forged) in {"forged", "garbled"}


def test_a_token_of_another_fair_is_refused(
    served: tuple[Laptop, str, str], laptop: Callable[[str], Laptop]
) -> None:
    other = laptop("other-fair")
    assert other("practice", "--no-window", "--json").code == 0
    foreign = other.register([person()])[0]["token"]
    assert refused(served[0], foreign) == "foreign"


def test_a_mistyped_code_is_refused_and_a_code_not_heard_of_is_told_apart(
    served: tuple[Laptop, str, str],
) -> None:
    laptop, _token, code = served
    wrong = code[:-2] + ("2" if code[-2] != "2" else "3") + code[-1]
    assert refused(laptop, wrong) == "mistyped"
    assert refused(laptop, human_code("0123456789abcdef")) == "unknown"
    assert refused(laptop, "000000000") == "sample", "a printer's test slip is nobody's"


def test_a_service_that_the_slip_does_not_ask_for_is_refused(served: tuple[Laptop, str, str]) -> None:
    laptop, token, _code = served
    said = laptop("serve", token, "--service", "SAL-VAC", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "not-asked")


def test_a_code_typed_by_hand_serves_as_well(served: tuple[Laptop, str, str]) -> None:
    laptop, _token, code = served
    assert laptop("serve", code.lower(), "--service", "EMP", "--json").code == 0
