"""A fair day by commands: register offline, serve by the paper alone, close, synchronise, compare."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from fairclient.demo.centre import Centre
from fairclient.demo.paper import qr_texts
from tests.stories.conftest import Laptop, enrol_at, person


def test_what_two_points_and_a_desk_did_is_one_and_the_same_at_the_centre(
    own_centre: Centre, laptop: Callable[[str], Laptop], tmp_path: Path
) -> None:
    point_a, point_b, desk = (enrol_at(own_centre, laptop, point, point) for point in "ABC")
    family = [
        person(household="1"),
        person(given_names="José Gregorio", document_number="77", sex="M", household="1"),
    ]
    lines = [
        *point_a.register(family),
        *point_b.register([person(given_names="Íngrid", document_number="9")]),
    ]
    assert all(set(line) == {"row", "attendee", "slip", "token", "warnings"} for line in lines)

    pdf = tmp_path / "slip.pdf"
    assert point_a("slip", lines[0]["slip"], "--format", "roll80", "--out", str(pdf)).code == 0
    assert list(qr_texts(pdf)) == [lines[0]["token"]]

    for line in lines:
        said = desk("serve", line["token"], "--service", "SAL-AFIL", "--json")
        assert (said.code, said.json["result"]) == (0, "served"), said
    assert (
        desk("serve", lines[0]["token"], "--service", "EMP", "--not-served", "sin documento", "--json").code
        == 0
    )

    closed = point_a("close-day", "--json")
    assert (closed.code, closed.json["totals"]["issued"]) == (0, 4), closed

    for one in (point_a, point_b, desk, point_a, point_b):
        said = one("sync", "--json")
        assert (said.code, said.json["left"], said.json["quarantined"]) == (0, 0, 0), said

    centre = own_centre.state()
    states = [one("state", "--json").json for one in (point_a, point_b)]
    for state in states:
        assert state["counts"] == centre["counts"]
        assert state["state_digest"] == centre["state_digest"]
        assert state["entries"] == state["acknowledged"] == centre["entries"]
    for one in (point_a, point_b, desk):
        assert one("doctor", "--replay", "--json").json == {
            "healthy": True,
            "replayed": True,
            "findings": [],
        }


def test_the_same_slip_served_at_two_desks_is_kept_twice_and_said(
    enrolled: Callable[[str, str], Laptop],
) -> None:
    point, desk = enrolled("twice", "D"), enrolled("twice-desk", "E")
    token = point.register([person(document_number="123")])[0]["token"]
    assert desk("serve", token, "--service", "EMP", "--json").json["earlier"] == 0
    second = desk("serve", token, "--service", "EMP", "--json")
    assert (second.code, second.json["earlier"]) == (0, 1)


def test_a_journal_is_exported_as_json_lines(practice: Laptop, tmp_path: Path) -> None:
    practice.register([person()])
    out = tmp_path / "journal.jsonl"
    assert practice("export", "journal", "--out", str(out), "--json").code == 0
    kinds = [json.loads(line)["kind"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert {
        "fair",
        "service",
        "desk",
        "operator",
        "station",
        "attendee",
        "authorisation",
        "visit",
        "slip",
    } <= set(kinds)


def test_people_are_found_by_name_document_phone_and_slip(practice: Laptop) -> None:
    slip = practice.register([person(given_names="José Ñáñez")])[0]["slip"]
    for text in (
        "jose",
        "nañez urda",
        "5482193",
        "300 555 0142",
        slip,
        f"{slip[:3]}-{slip[3:6]}-{slip[6:]}".lower(),
    ):
        assert len(practice("search", text, "--json").json["found"]) == 1, text
    assert practice("search", "zzz", "--json").json["found"] == []
