"""Bad weather between a laptop and the centre: said in words, nothing lost, all right again afterwards."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from fairclient.demo.centre import Centre
from sync.client import enrol as sync_enrol
from sync.client.channel import Timeouts
from sync.client.http import HttpTransport
from tests.stories.conftest import Laptop, person
from tests.sync.client.scripted import Answer, Asked, Script, marked, serving
from tests.sync.server.command import Commands


@contextmanager
def answering(status: int, kind: str, body: bytes) -> Iterator[str]:
    """A server on loopback that gives the same answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer  # noqa: N815 (the library's names)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def enrol_error(laptop: Laptop, url: str, code: str) -> str:
    said = laptop("enrol", "--server", url, "--code", code, "--json")
    assert said.code == 1, said
    assert not (laptop.home / "keys.json").exists()
    return str(said.json["error"]["code"])


def test_an_enrolment_code_works_once(started_centre: Centre, laptop: Callable[[str], Laptop]) -> None:
    code = started_centre.enrolment_code("once", "F")
    assert laptop("first")("enrol", "--server", started_centre.url, "--code", code, "--json").code == 0
    assert enrol_error(laptop("second"), started_centre.url, code) == "code-used"


def test_a_mistyped_enrolment_code_is_told_apart(
    started_centre: Centre, laptop: Callable[[str], Laptop]
) -> None:
    assert enrol_error(laptop("mistyped"), started_centre.url, "ABCD-EFGH") == "code-unknown"


def test_a_portal_that_answers_html_is_named_and_changes_nothing(laptop: Callable[[str], Laptop]) -> None:
    with answering(200, "text/html", b"<html>Welcome! Log in to this network</html>") as url:
        assert enrol_error(laptop("portal"), url, "ABCD") == "portal"


def test_a_server_that_is_down_is_told_apart(laptop: Callable[[str], Laptop]) -> None:
    with answering(200, "text/html", b"") as url:
        gone = url
    assert enrol_error(laptop("down"), gone, "ABCD") in {"refused", "offline"}


def test_what_was_registered_while_the_centre_was_down_goes_up_afterwards(
    laptop: Callable[[str], Laptop], tmp_path: Path
) -> None:
    folder = tmp_path / "own-centre"
    folder.mkdir()
    centre = Centre(folder)
    centre.init()
    centre.start()
    try:
        point = laptop("patient")
        code = centre.enrolment_code("patient", "A")
        assert point("enrol", "--server", centre.url, "--code", code, "--json").code == 0
        centre.stop()
        point.register([person()])
        said = point("sync", "--json")
        assert said.code == 1
        assert said.json["left"] > 0
        assert said.json["problem"]["safe"]
        centre.start()
        assert point("sync", "--json").code == 0
        assert point("state", "--json").json["state_digest"] == centre.state()["state_digest"]
    finally:
        centre.stop()


HASTY = Timeouts(connect_s=5.0, reply_s=0.1, slowest=1e9)
"""A laptop that waits for a tenth of a second only."""


class Front:
    """Stands on the way to the centre and lets through what the weather leaves of its answers."""

    def __init__(self, centre: Centre) -> None:
        self.weather: Script = self.fine
        self.over = threading.Event()
        self._centre = centre
        self._line = requests.Session()

    def __call__(self, asked: Asked) -> Answer:
        return self.weather(asked)

    def fine(self, asked: Asked) -> Answer:
        """Let the centre answer."""
        headers = {name: value for name, value in asked.headers.items() if name.lower() not in _OF_ONE_HOP}
        given = self._line.request(
            asked.method, self._centre.url + asked.path, headers=headers, data=asked.body, timeout=60
        )
        kept = {name: value for name, value in given.headers.items() if name.lower() not in _OF_ONE_HOP}
        return Answer(given.status_code, kept, given.content)

    def slow(self, asked: Asked) -> Answer:
        """Answer when the story is over."""
        self.over.wait(60)
        return Answer(503)

    def html(self, asked: Asked) -> Answer:
        """Answer as a hotel's network does."""
        return Answer(200, {"Content-Type": "text/html"}, b"<html>Bienvenido. Acepte las condiciones.</html>")

    def newer(self, asked: Asked) -> Answer:
        """Greet as the same centre does after an update to a version that nobody here speaks."""
        return self._greeting(asked, 99)

    def older(self, asked: Asked) -> Answer:
        """Greet as a centre that was never updated."""
        return self._greeting(asked, 0)

    def close(self) -> None:
        """Let go of everybody who waits."""
        self.over.set()
        self._line.close()

    def _greeting(self, asked: Asked, speaks: int) -> Answer:
        answer = self.fine(asked)
        said = json.loads(answer.body) | {"wire_min": speaks, "wire_max": speaks}
        return marked(asked, json.dumps(said).encode())


Weather = Callable[[Front, Asked], Answer]
_OF_ONE_HOP = {
    "host", "connection", "content-length", "content-encoding", "transfer-encoding", "accept-encoding",
}  # fmt: skip

WEATHERS = [
    (Front.slow, "timeout", "tardó demasiado"),
    (Front.html, "portal", "Respondió otra página, no el servidor"),
    (Front.newer, "old-client", "Actualice el programa en este equipo"),
    (Front.older, "old-server", "actualice el servidor"),
]


@pytest.fixture
def front(started_centre: Centre) -> Iterator[tuple[Front, str]]:
    """The way to the centre, and its address."""
    front = Front(started_centre)
    with serving(front) as server:
        yield front, f"http://127.0.0.1:{server.port}"
        front.close()


@contextmanager
def bad(way: Front, weather: Weather) -> Iterator[None]:
    """Let the weather be bad for a while, and the laptop hasty."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(way, "weather", partial(weather, way))
        for asking in (HttpTransport.__init__, sync_enrol.enrol):
            assert asking.__kwdefaults__ is not None
            patch.setitem(asking.__kwdefaults__, "timeouts", HASTY)
        yield


def test_bad_weather_is_told_and_afterwards_all_is_as_if_it_had_never_been(
    started_centre: Centre, front: tuple[Front, str], laptop: Callable[[str], Laptop]
) -> None:
    way, url = front
    station, given = laptop("wet"), started_centre.enrolment_code("wet", "W")
    for weather, code, told in WEATHERS:
        with bad(way, weather):
            assert enrol_error(station, url, given) == code
            assert told in station("enrol", "--server", url, "--code", given).err
    assert station("enrol", "--server", url, "--code", given, "--json").code == 0
    station.register([person(document_number=f"W{number}") for number in range(3)])
    before = station("state", "--json").json
    for weather, code, told in WEATHERS:
        with bad(way, weather):
            sync_fails(station, code, told)
    assert station("state", "--json").json == before
    assert station("sync", "--json").code == 0
    assert station("state", "--json").json["state_digest"] == started_centre.state()["state_digest"]


def sync_fails(station: Laptop, code: str, told: str) -> None:
    """Synchronise for people and for programs: both are told, and nothing was sent."""
    said = station("sync", "--json")
    assert (said.code, said.json["left"], said.json["sent"]) == (1, 18, 0)
    problem = said.json["problem"]
    assert problem["code"] == code
    assert told in problem["what"] + problem["do"]
    assert problem["safe"]
    plain = station("sync")
    assert plain.code == 1
    assert told in plain.out + plain.err


def test_an_enrolment_code_that_has_expired_is_told(
    started_centre: Centre,
    laptop: Callable[[str], Laptop],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fairserver = Commands(started_centre.database, monkeypatch, capsys)
    given = fairserver("enrolment-code", "--fair", "DEMO", "--minutes", "0.000001").out.strip()
    late = laptop("late")
    assert enrol_error(late, started_centre.url, given) == "code-expired"
    plain = late("enrol", "--server", started_centre.url, "--code", given)
    assert (plain.code, plain.out) == (1, "")
    assert len(plain.err.splitlines()) == 3
    fresh = started_centre.enrolment_code("late", "L")
    assert late("enrol", "--server", started_centre.url, "--code", fresh, "--json").code == 0


def test_synchronising_again_sends_nothing_again(enrolled: Callable[[str, str], Laptop]) -> None:
    point = enrolled("again", "G")
    point.register([person(document_number="4711")])
    assert point("sync", "--json").json["sent"] > 0
    assert point("sync", "--json").json["sent"] == 0
