"""The shift changes at noon: another supervisor goes on with the same laptop, without any network."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import pytest

from fairclient.base.clock import SystemClock
from fairclient.base.errors import Unauthorised
from fairclient.base.home import Home
from fairclient.demo.centre import Centre
from fairclient.usecases.read_at_desk import read_at_desk
from fairclient.usecases.seal_note import read_notes, seal_note
from fairclient.usecases.unlock import unlock
from tests.stories.conftest import PASSPHRASE, Laptop, person
from tests.stories.test_sealed_notes import CANARY, enrolled
from tests.sync.server.command import Commands

LUZ_S, PAZ_S, SOL_S = "la tarde es de otra persona", "la tarde es de Paz", "la tarde es de Sol"


@pytest.fixture
def fairserver(
    started_centre: Centre, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Commands:
    """Commands at the centre, while it serves."""
    return Commands(started_centre.database, monkeypatch, capsys)


@contextmanager
def at_work(laptop: Laptop, passphrase: str = PASSPHRASE) -> Any:
    """Whoever's passphrase it is unlocks a laptop."""
    place = unlock(Home(laptop.home), passphrase, SystemClock())
    try:
        yield place
    finally:
        place.close()


class Hands:
    """Types passphrases: whoever is at work has hers in the environment, a new one comes over the input."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def sit_down(self, passphrase: str) -> None:
        """Somebody takes the chair."""
        self._patch.setenv("FAIRCLIENT_PASSPHRASE", passphrase)

    def type(self, passphrase: str) -> None:
        """The new person types."""
        self._patch.setattr(sys, "stdin", io.StringIO(passphrase + "\n"))


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """Whose turn it is."""
    return Hands(monkeypatch)


def test_the_evenings_supervisor_closes_the_day_and_a_second_focal_point_reads_what_was_sealed_for_her(
    started_centre: Centre, fairserver: Commands, laptop: Callable[[str], Laptop], hands: Hands
) -> None:
    shared = enrolled(started_centre, fairserver, laptop("shared"), "A", "registrar,desk,supervisor")
    focal = enrolled(started_centre, fairserver, laptop("focal"), "D", "protection")
    other = enrolled(started_centre, fairserver, laptop("other"), "E", "protection")
    named = ("operators", "add", "Luz Ficticia", "--fair", "DEMO", "--roles", "supervisor")
    luz = fairserver(*named).out.strip()
    fairserver("operators", "add", "Sol Ficticia", "--fair", "DEMO", "--roles", "protection")
    for one in (shared, focal, other):
        assert one("sync", "--json").code == 0

    # In the tent. Ana registers; at noon Luz comes, and nobody has a network.
    line = shared.register([person(services="VBG;EMP")])[0]
    hands.type(LUZ_S)
    assert shared("operators", "add", "Luz Ficticia", "--json").json["operator"] == luz
    listed = {one["name"]: one for one in shared("operators", "list", "--json").json["operators"]}
    assert {name for name, one in listed.items() if one["here"]} == {"Ficticia A", "Luz Ficticia"}
    assert listed["Ficticia D"]["here"] is False
    refused = shared("operators", "add", "Sol Ficticia", "--json").json["error"]["code"]
    assert refused == "not-yours-to-admit"  # whose notes Ana must not read
    hands.type(SOL_S)
    assert focal("operators", "add", "Sol Ficticia").code == 0
    hands.sit_down(LUZ_S)
    closed = shared("close-day", "--json")
    assert closed.code == 0 and closed.json["four_eyes"] is True, closed

    # In the evening everything goes up in one piece: her key, and what she signed with it.
    told = shared("sync", "--json").json
    assert (told["left"], told["quarantined"]) == (0, 0)
    hands.sit_down(PASSPHRASE)
    assert focal("sync", "--json").json["quarantined"] == 0
    known = fairserver("operators", "keys", "--fair", "DEMO").out
    assert "Luz Ficticia\tPunto A\tby Ficticia A" in known and "Sol Ficticia\tPunto D\tby Ficticia D" in known
    assert fairserver("quarantine", "list", "--fair", "DEMO", "--json").json()["entries"] == []

    # A focal point at a third laptop has never met Sol; what she seals from now on Sol can open, Ana can't.
    assert other("sync", "--json").code == 0
    with at_work(other) as place:
        at = read_at_desk(place, line["token"], "D")
        referral = next(owed.referral for owed in at.read.owed if owed.service == "VBG")
        assert referral is not None
        seal_note(place, referral, CANARY)
    for one in (other, focal, shared):
        assert one("sync", "--json").code == 0
    with at_work(focal, SOL_S) as place:
        assert [note.text for note in read_notes(place, referral)] == [CANARY]
    with at_work(shared) as place, pytest.raises(Unauthorised):
        read_notes(place, referral)


def test_people_come_forget_and_go_by_commands(
    started_centre: Centre, fairserver: Commands, laptop: Callable[[str], Laptop], hands: Hands
) -> None:
    shared = enrolled(started_centre, fairserver, laptop("shared"), "B", "registrar,supervisor")
    fairserver("operators", "add", "Paz Ficticia", "--fair", "DEMO", "--roles", "supervisor")
    fairserver("operators", "add", "Eva Ficticia", "--fair", "DEMO", "--roles", "registrar")
    assert shared("sync", "--json").code == 0
    for name, new in (("Paz Ficticia", PAZ_S), ("Eva Ficticia", "la frase de Eva")):
        hands.type(new)
        assert shared("operators", "add", name).code == 0
    here = [told for told in shared("operators", "list").out.splitlines() if "  entra aquí  " in told]
    assert [told.split("  ")[0] for told in here] == ["Ficticia B", "Paz Ficticia", "Eva Ficticia"]

    hands.sit_down("la frase de Eva")
    hands.type("otra frase de Eva")
    assert shared("operators", "passphrase", "Paz Ficticia").code == 1  # she only registers
    assert shared("operators", "passphrase").out.strip() == "La contraseña de Eva Ficticia cambió."
    hands.sit_down("otra frase de Eva")
    assert shared("operators", "remove", "Paz Ficticia").code == 1

    hands.sit_down(PASSPHRASE)
    hands.type("corta")
    refused = shared("operators", "passphrase", "Paz Ficticia", "--json")
    assert (refused.code, json.loads(refused.out)["error"]["code"]) == (1, "short-passphrase")
    hands.type("")
    assert (
        shared("operators", "passphrase", "Paz Ficticia", "--json").json["error"]["code"]
        == "passphrase-missing"
    )
    hands.type("la tarde tiene frase nueva")
    assert shared("operators", "passphrase", "Paz Ficticia").code == 0
    assert shared("operators", "remove", "Eva Ficticia", "--json").json["name"] == "Eva Ficticia"
    hands.sit_down("otra frase de Eva")
    assert shared("state", "--json").code == 1

    # Whoever the centre withdraws ends here, too, and nobody gives her a passphrase again.
    hands.sit_down("la tarde tiene frase nueva")
    assert shared("sync", "--json").json["quarantined"] == 0
    assert fairserver("operators", "revoke", "Paz Ficticia", "--fair", "DEMO").code == 0
    assert shared("sync", "--json").json["quarantined"] == 0
    assert shared("state", "--json").json["error"]["code"] == "access-over"
    hands.sit_down(PASSPHRASE)
    hands.type("una frase cualquiera")
    again = shared("operators", "passphrase", "Paz Ficticia", "--json")
    assert again.json["error"]["code"] == "access-over"
    assert fairserver("operators", "keys", "--fair", "DEMO").out.count("withdrawn") == 2
