"""Bad weather between a laptop and the centre: said in words, nothing lost, all right again afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fairclient.demo.centre import Centre
from tests.stories.conftest import Laptop, person


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


@pytest.mark.parametrize("passes", [1])
def test_synchronising_again_sends_nothing_again(enrolled: Callable[[str, str], Laptop], passes: int) -> None:
    point = enrolled("again", "G")
    point.register([person(document_number="4711")])
    assert point("sync", "--json").json["sent"] > 0
    for _pass in range(passes):
        assert point("sync", "--json").json["sent"] == 0
