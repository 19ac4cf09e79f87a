"""The HTTP transport: what it says to a server, and what it makes of each answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from sync.client.engine import synchronise
from sync.client.enrol import enrol
from sync.client.http import HttpTransport
from sync.client.trouble import Trouble
from sync.wire import compression, routes, signing, version
from sync.wire.problem import CODES
from tests.sync.client.memory import CENTRE_KEY, MemoryCentre, MemoryReplica
from tests.sync.client.scripted import Answer, Asked, Script, ScriptedServer, marked, serving
from tests.sync.client.speaking import Speaking, said, stated

PINNED = signing.public_bytes(CENTRE_KEY)


@contextmanager
def line(script: Script, laptop: MemoryReplica) -> Iterator[tuple[ScriptedServer, HttpTransport]]:
    """Serve a script and open a transport to it for a laptop."""
    with (
        serving(script) as server,
        HttpTransport(f"http://127.0.0.1:{server.port}", laptop.station, laptop.key, PINNED) as transport,
    ):
        yield server, transport


@pytest.fixture
def speaking(centre: MemoryCentre, laptop: MemoryReplica) -> Speaking:
    return Speaking(centre, laptop)


def code_of(script: Script, laptop: MemoryReplica) -> Trouble:
    """Run a pass that fails at the heads; return the trouble there."""
    with line(script, laptop) as (_, transport):
        transport.open_session(transport.hello())
        with pytest.raises(Trouble) as caught:
            transport.heads({}, {})
    return caught.value


def test_a_whole_pass(speaking: Speaking, centre: MemoryCentre, laptop: MemoryReplica) -> None:
    laptop.register(1100)
    with line(speaking, laptop) as (server, transport):
        report = synchronise(laptop, transport)
    assert report.complete, report.problem
    assert (report.sent, report.received, centre.effects) == (1100, 1, 1100)
    assert [asked.path for asked in server.asked][:4] == [
        "/v1/hello",
        "/v1/session",
        "/v1/heads",
        "/v1/batches",
    ]
    assert server.asked[-1].path == f"/v1/batches/{centre.server}/1/{centre.reference.id.fair}?after=0"
    tokens = [asked.headers.get("Authorization", "") for asked in server.asked]
    assert set(tokens[:2]) == {""}, "nothing is told before the session"
    assert set(tokens[2:]) == {"Bearer token-1"}


def test_a_token_that_is_over_is_replaced_once(
    speaking: Speaking, centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    laptop.register(3)
    with line(speaking, laptop) as (server, transport):
        transport.open_session(transport.hello())
        speaking.token = "token-2"
        assert transport.heads(laptop.heads(), {}).heads == centre.journals.heads()
    assert [asked.path for asked in server.asked][2:] == [
        "/v1/heads",
        "/v1/hello",
        "/v1/session",
        "/v1/heads",
    ]


def test_a_server_that_never_takes_the_token_is_not_asked_for_ever(
    speaking: Speaking, laptop: MemoryReplica
) -> None:
    speaking.spoil[routes.HEADS] = lambda asked: stated(asked, "unauthorised")
    with line(speaking, laptop) as (server, transport):
        report = synchronise(laptop, transport)
    assert report.problem is not None
    assert report.problem.code == "unauthorised"
    assert len(server.asked) == 6


def test_a_server_that_changes_its_key_in_mid_pass_gets_no_signature(
    speaking: Speaking, laptop: MemoryReplica
) -> None:
    with line(speaking, laptop) as (server, transport):
        transport.open_session(transport.hello())
        speaking.token = "token-2"
        speaking.spoil[routes.HELLO] = lambda asked: marked(
            asked,
            MemoryCentre().hello().model_copy(update={"public_key": "00" * 32}).model_dump_json().encode(),
        )
        with pytest.raises(Trouble) as caught:
            transport.heads({}, {})
    assert caught.value.code == "stranger"
    assert server.asked[-1].path == routes.HELLO


@pytest.mark.parametrize("code", sorted(set(CODES) - {"unauthorised", "wire-version"}))
def test_each_problem_of_the_contract_keeps_its_code(
    speaking: Speaking, laptop: MemoryReplica, code: str
) -> None:
    speaking.spoil[routes.HEADS] = lambda asked: stated(asked, code, detail="Una frase.")
    trouble = code_of(speaking, laptop)
    assert (trouble.code, trouble.detail) == (code, "Una frase.")


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, "not-understood"), (409, "not-understood"), (429, "busy"), (500, "busy"), (507, "busy")],
)
def test_a_problem_of_a_newer_contract_is_sorted_by_its_status(
    speaking: Speaking, laptop: MemoryReplica, status: int, code: str
) -> None:
    speaking.spoil[routes.HEADS] = lambda asked: stated(asked, "moon-phase", status)
    assert code_of(speaking, laptop).code == code


def test_what_a_problem_brings_along(speaking: Speaking, laptop: MemoryReplica) -> None:
    speaking.spoil[routes.HEADS] = lambda asked: stated(
        asked, "busy", retry_after=120, expected=7, detail="uno\r\ndos\x1b[31m" + "x" * 999
    )
    trouble = code_of(speaking, laptop)
    assert (trouble.retry_after, trouble.expected) == (120.0, 7)
    assert trouble.detail.startswith("unodos[31mxxx")
    assert len(trouble.detail) <= 300


@pytest.mark.parametrize(
    ("low", "high", "code"), [(2, 5, "old-client"), (0, 0, "old-server"), (None, None, "wire-version")]
)
def test_a_version_refused_says_who_must_be_updated(
    speaking: Speaking, laptop: MemoryReplica, low: int | None, high: int | None, code: str
) -> None:
    speaking.spoil[routes.HEADS] = lambda asked: stated(asked, "wire-version", wire_min=low, wire_max=high)
    assert code_of(speaking, laptop).code == code


def older(speaking: Speaking, centre: MemoryCentre) -> Script:
    """Make the server one that reads version 1 and no other, a hello included."""

    def script(asked: Asked) -> Answer:
        if asked.headers[routes.H_WIRE] != "1":
            return stated(asked, "wire-version", wire_min=1, wire_max=1)
        if asked.path == routes.HELLO:
            return said(asked, centre.hello(asked.echo).model_copy(update={"wire_max": 1}))
        return speaking(asked)

    return script


def test_an_older_server_is_greeted_again_in_its_version(
    speaking: Speaking, centre: MemoryCentre, laptop: MemoryReplica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(version, "MAX", 2)
    laptop.register(3)
    with line(older(speaking, centre), laptop) as (server, transport):
        assert synchronise(laptop, transport).complete
        reply = enrol(f"http://127.0.0.1:{server.port}", "ABC", laptop.key, laptop.key, "Operadora ficticia")
    assert reply.server == centre.server
    spoken = [asked.headers[routes.H_WIRE] for asked in server.asked]
    assert spoken[:2] == ["2", "1"] and spoken[-3:] == ["2", "1", "1"] and spoken.count("2") == 2


def test_a_server_that_shares_no_version_is_not_greeted_again(
    speaking: Speaking, laptop: MemoryReplica
) -> None:
    speaking.spoil[routes.HELLO] = lambda asked: stated(asked, "wire-version", wire_min=2, wire_max=3)
    with line(speaking, laptop) as (server, transport):
        report = synchronise(laptop, transport)
    assert report.problem is not None and report.problem.code == "old-client"
    assert len(server.asked) == 1


@pytest.mark.parametrize(("wire", "code"), [("2", "old-client"), ("0", "old-server")])
def test_a_reply_in_another_version_is_not_read(
    speaking: Speaking, laptop: MemoryReplica, wire: str, code: str
) -> None:
    speaking.spoil[routes.HEADS] = lambda asked: marked(asked, b'{"heads":{}}', Fair_Wire=wire)
    assert code_of(speaking, laptop).code == code


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"heads": 3}',
        b'{"heads": {"x": [1]}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"heads":{},"receipts":[' + b",".join([b"{}"] * 2000) + b"]}",
    ],
)
def test_a_reply_that_can_not_be_read_is_garbled(
    speaking: Speaking, laptop: MemoryReplica, body: bytes
) -> None:
    speaking.spoil[routes.HEADS] = lambda asked: marked(asked, body)
    trouble = code_of(speaking, laptop)
    assert trouble.code == "garbled"
    assert trouble.__context__ is None, "the library's message would quote what was in the reply"


@pytest.mark.parametrize(
    "answer",
    [
        lambda asked: marked(asked, b"{}", media=routes.BATCH),
        lambda asked: marked(asked, b'{"heads":{}}', status=202),
        lambda asked: marked(asked, b'{"heads":{}}', status=404),
        lambda asked: marked(asked, b"no problem at all", status=404, media=routes.PROBLEM),
    ],
)
def test_marked_but_not_what_was_asked_for(
    speaking: Speaking, laptop: MemoryReplica, answer: Callable[[Asked], Answer]
) -> None:
    speaking.spoil[routes.HEADS] = answer
    assert code_of(speaking, laptop).code == "garbled"


@pytest.mark.parametrize(
    ("body", "method", "code"),
    [
        (compression.compress(bytes(64 << 20)), "zstd", "too-large"),
        (compression.compress(b"no batch\n"), "zstd", "garbled"),
        (compression.compress(b"no batch\n")[:-3], "zstd", "garbled"),
        (b"no batch\n", "brotli", "garbled"),
        (b"no batch\n", "", "garbled"),
    ],
)
def test_batches_that_can_not_be_read_stop_one_journal_only(
    speaking: Speaking, laptop: MemoryReplica, centre: MemoryCentre, body: bytes, method: str, code: str
) -> None:
    path = routes.batch_of(*centre.reference.id)
    speaking.spoil[path] = lambda asked: marked(asked, body, media=routes.BATCH, Fair_Compression=method)
    laptop.register(2)
    with line(speaking, laptop) as (_, transport):
        report = synchronise(laptop, transport)
    assert [(problem.code, problem.journal) for problem in report.problems] == [
        (code, str(centre.reference.id))
    ]
    assert report.acknowledged == 2


def test_a_batch_that_no_server_takes_is_not_even_sent(
    speaking: Speaking, laptop: MemoryReplica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MAX_REQUEST", 500)
    laptop.register(40)
    with line(speaking, laptop) as (server, transport):
        assert synchronise(laptop, transport).complete
    sizes = [len(asked.body) for asked in server.asked if asked.path == routes.BATCHES]
    assert len(sizes) == 2, "all forty at once would take more"
    assert max(sizes) <= 500


@pytest.mark.parametrize("path", [routes.HELLO, routes.SESSION, routes.HEADS, routes.BATCHES])
def test_a_portal_anywhere_in_the_pass_changes_nothing_here(
    speaking: Speaking, laptop: MemoryReplica, centre: MemoryCentre, path: str
) -> None:
    laptop.register(3)
    before = laptop.heads()
    speaking.spoil[path] = lambda asked: Answer(
        200, {"Content-Type": "text/html"}, b"<html>Wi-Fi gratis</html>"
    )
    with line(speaking, laptop) as (_, transport):
        report = synchronise(laptop, transport)
    assert report.problem is not None
    assert (report.problem.code, report.left) == ("portal", 3)
    assert (laptop.heads(), laptop.receipts, centre.effects) == (before, {}, 0)


def test_an_address_is_checked_before_anything_is_sent(laptop: MemoryReplica) -> None:
    with pytest.raises(Trouble, match="plain"):
        HttpTransport("http://centro.example", laptop.station, laptop.key, PINNED)
