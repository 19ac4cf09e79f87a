"""Bodies: what the contract takes, and how it names what it does not."""

from __future__ import annotations

import pytest

from sync.wire import body, canonical
from sync.wire.attendee import Attendee, Phone
from sync.wire.problem import WireError
from tests.sync.wire.samples import SAMPLES, salt


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        b'{"fact":{}}',
        b'{"fact":{"given_names":"Ana","sex":"F","profile":"VP"},"change":{}}',
        b'{"fact":{"given_names":"","sex":"F","profile":"VP"}}',
        b'{"fact":{"given_names":"A\\u0000na","sex":"F","profile":"VP"}}',
        b'{"fact":{"given_names":"A\\u202ena","sex":"F","profile":"VP"}}',
        b'{"fact":{"given_names":"' + b"x" * 10_000 + b'","sex":"F","profile":"VP"}}',
        b'{"fact":{"given_names":"Ana","sex":"Q","profile":"VP"}}',
        b'{"fact":{"given_names":"\\ud800","sex":"F","profile":"VP"}}',
        b'{"fact":{"given_names":"\xff","sex":"F","profile":"VP"}}',
        b'{"change":{"sex":"Q"},"base":""}',
        b'{"change":{"sex":"F"},"base":"not a revision"}',
        b'{"a":' * 5000,
    ],
)
def test_a_body_that_breaks_the_contract_is_named(raw: bytes) -> None:
    with pytest.raises(WireError, match="bad-field"):
        body.decode("attendee", raw)


@pytest.mark.parametrize(
    "told",
    ["given_names", "first_surname", "birth_date", "documents", "phones", "household", "ethnicity", "notes"],
)
def test_an_anonymous_attendee_tells_nothing_of_who_she_is(told: str) -> None:
    answers = SAMPLES["attendee"].model_dump(mode="json") | {"ethnicity": "1", "notes": "algo"}
    nobody = {"anonymous": True, "sex": "F", "age_band": "26-59", "profile": "VP"}
    assert Attendee.model_validate(nobody).given_names == ""
    with pytest.raises(WireError, match="bad-field"):
        body.decode("attendee", canonical.encode({"fact": nobody | {told: answers[told]}}))


@pytest.mark.parametrize("change", [{"anonymous": True}, {"anonymous": False}, {"given_names": ""}])
def test_nobody_loses_or_gains_a_name_by_a_change(change: dict[str, object]) -> None:
    with pytest.raises(WireError, match="bad-field"):
        body.encode_change("attendee", change, "", salt(1))
    with pytest.raises(WireError, match="bad-field"):
        body.decode("attendee", canonical.encode({"change": change, "base": ""}))


def test_a_huge_body_is_refused_unread() -> None:
    with pytest.raises(WireError, match="too-large"):
        body.decode("attendee", b" " * (body.MAX_BODY + 1))


def test_a_refusal_names_the_field_and_never_the_value() -> None:
    with pytest.raises(WireError) as refusal:
        body.decode("attendee", b'{"fact":{"given_names":"Ana","sex":"SECRET","profile":"VP"}}')
    assert "sex" in refusal.value.detail
    assert "SECRET" not in str(refusal.value)


def test_a_change_holds_only_known_fields_with_allowed_values() -> None:
    raw = body.encode_change("attendee", {"phones": (Phone(number="3110000000"),)}, "ab" * 8, salt(1))
    assert body.decode("attendee", raw).change == {"phones": [{"number": "3110000000", "owner": ""}]}
    for wrong in ({"phone": "1"}, {"sex": "Q"}, {"given_names": None}):
        with pytest.raises(WireError, match="bad-field"):
            body.encode_change("attendee", wrong, "", salt(1))


def test_a_changed_fact_still_is_a_whole_fact() -> None:
    changed = body.apply_change(
        SAMPLES["attendee"], {"phones": [{"number": "3110000000"}], "birth_date": None}
    )
    assert isinstance(changed, Attendee)
    assert changed.phones == (Phone(number="3110000000"),)
    assert changed.birth_date is None


def test_fields_at_their_default_take_no_room() -> None:
    raw = body.encode_fact(Attendee(given_names="Ana", sex="F", profile="VP"), salt(1))
    assert set(canonical.decode(raw)["fact"]) == {"given_names", "sex", "profile"}


def test_deep_nesting_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(WireError, match="garbled"):
        canonical.decode(b"[" * 100_000)
    assert canonical.decode(b'["[[[[[[[[[[[[[[[[[[["]') == ["[" * 19]
