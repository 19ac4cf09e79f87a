"""A laptop is missing: the supervisor lets another one in, by picture, by telephone or by letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import zxingcpp
from PIL import Image

from fairclient.demo.centre import Centre
from sync.wire import enrolment_ticket
from tests.running_centre import NearCentre, running
from tests.stories.conftest import Laptop
from tests.sync.client.certificates import Authority

Enrolled = Callable[[str, str], Laptop]
NAME = ("--name", "Operador ficticio", "--json")


def test_the_laptop_beside_scans_what_the_supervisor_shows(
    enrolled: Enrolled, laptop: Callable[[str], Laptop], tmp_path: Path
) -> None:
    picture = tmp_path / "code.png"
    asked = enrolled("first", "A")("enrolment-code", "--qr", str(picture), "--json")
    assert asked.code == 0, asked
    with Image.open(picture) as shown:
        (read,) = zxingcpp.read_barcodes(shown)
    assert read.text == asked.json["ticket"]
    beside = laptop("beside")
    said = beside("enrol", "--code", read.text, *NAME)
    assert said.code == 0, said
    assert said.json["roles"] == ["desk", "registrar"]
    assert beside("sync").code == 0
    late = laptop("late")("enrol", "--code", read.text, *NAME)
    assert (late.code, late.json["error"]["code"]) == (1, "code-used")
    assert "otro equipo" in late.json["error"]["what"]


def test_twelve_words_go_over_the_telephone(
    enrolled: Enrolled, laptop: Callable[[str], Laptop], started_centre: Centre
) -> None:
    asked = enrolled("second", "B")("enrolment-code", "--supervisor", "--json").json
    words = asked["words"].split()
    far = laptop("far")
    misheard = " ".join([*words[1:], words[0]])
    refused = far("enrol", "--server", started_centre.url, "--code", misheard, *NAME)
    # a wrong order fails the checksum, and if one in sixteen passes it, the centre doesn't know it
    assert refused.code == 1
    assert refused.json["error"]["code"] in ("code-refused", "code-unknown")
    hasty = " ".join(word[:4] for word in words)
    said = far("enrol", "--server", started_centre.url, "--code", hasty, *NAME)
    assert said.code == 0, said
    assert "supervisor" in said.json["roles"]


def test_who_may_not_is_told_so_and_another_centre_is_not_taken_for_ours(
    enrolled: Enrolled, laptop: Callable[[str], Laptop]
) -> None:
    first = enrolled("third", "C")
    beside = laptop("registrar")
    code = first("enrolment-code", "--json").json["ticket"]
    assert beside("enrol", "--code", code, *NAME).code == 0
    refused = beside("enrolment-code", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "unauthorised")
    ticket = enrolment_ticket.decode(first("enrolment-code", "--json").json["ticket"])
    forged = enrolment_ticket.as_text(ticket.model_copy(update={"key": "5a" * 32}))
    other = laptop("other")
    said = other("enrol", "--code", forged, *NAME)
    assert said.code == 1
    assert "otro servidor" in said.json["error"]["what"]
    cut = other("enrol", "--code", forged[:-20], *NAME)
    assert "cortado" in cut.json["error"]["what"]
    assert other("enrol", "--server", ticket.address, "--code", ticket.code, *NAME).code == 0


def test_a_centre_with_an_authority_of_its_own_is_trusted_and_no_other(
    laptop: Callable[[str], Laptop], tmp_path: Path
) -> None:
    ours, stranger = Authority(tmp_path, "ours"), Authority(tmp_path, "stranger")
    files = str(ours.server_file())
    folder = tmp_path / "centre"
    folder.mkdir()
    with running(NearCentre(folder, "--certificate", files, "--key", files)) as centre:
        assert centre.url.startswith("https://")
        code = centre.enrolment_code("first", "A")
        first = laptop("first")
        words = ("enrol", "--server", centre.url, "--code", code, *NAME)
        for trusted in ((), ("--authority", str(stranger.file))):
            refused = first(*words, *trusted)
            assert (refused.code, refused.json["error"]["code"]) == (1, "tls")
        assert first(*words, "--authority", str(ours.file)).code == 0
        assert first("sync").code == 0
        ticket = first("enrolment-code", "--json").json["ticket"]
        beside = laptop("beside-tls")
        assert beside("enrol", "--code", ticket, *NAME).code == 0  # the QR brings the authority along
        assert beside("sync").code == 0


def test_the_practice_fair_enrols_nobody(practice: Laptop) -> None:
    assert practice("enrolment-code", "--json").json["error"]["code"] == "practice"
