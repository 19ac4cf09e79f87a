"""Which replies count: portals, redirects, gateways, cut and oversized replies, and what is never sent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from sync.client.channel import Channel, Reply, Request, Timeouts
from sync.client.trouble import Trouble
from sync.wire import routes
from tests.sync.client.scripted import Answer, Asked, Script, ScriptedServer, marked, serving

HELLO = Request("GET", routes.HELLO, accept=routes.JSON)
POST = Request("POST", routes.BATCHES, accept=routes.JSON, body=b"x" * 100_000, media=routes.BATCH)
QUICK = Timeouts(connect_s=5, reply_s=5)


@contextmanager
def line_to(script: Script, **options: Any) -> Iterator[tuple[ScriptedServer, Channel]]:
    """Serve a script, and open a channel to it."""
    settings = {"timeouts": QUICK, **options}
    with serving(script) as server, Channel(f"http://127.0.0.1:{server.port}", **settings) as channel:
        yield server, channel


def ask(script: Script, request: Request = HELLO) -> Reply:
    with line_to(script) as (_, channel):
        return channel.exchange(request)


def trouble_with(script: Script, request: Request = HELLO) -> Trouble:
    with pytest.raises(Trouble) as caught:
        ask(script, request)
    return caught.value


def test_a_marked_reply_counts() -> None:
    reply = ask(lambda asked: marked(asked, b'{"a":1}', media=f"{routes.JSON}; charset=utf-8"))
    assert (reply.status, reply.media, reply.wire, reply.body) == (200, routes.JSON, 1, b'{"a":1}')


def test_every_request_carries_our_marks_and_a_fresh_echo() -> None:
    with line_to(marked) as (server, channel):
        channel.exchange(HELLO)
        channel.exchange(POST)
    first, second = server.asked
    assert first.headers[routes.H_WIRE] == "1"
    assert len(first.echo) == 32
    assert first.echo != second.echo
    assert first.headers["Accept"] == f"{routes.JSON}, {routes.PROBLEM}"
    assert first.headers["Accept-Encoding"] == "identity"
    assert second.headers["Content-Type"] == routes.BATCH
    assert second.headers["Content-Length"] == "100000"
    assert second.body == POST.body
    assert "Transfer-Encoding" not in second.headers


def portal(asked: Asked) -> Answer:
    return Answer(200, {"Content-Type": "text/html"}, b"<html>Inicie sesion en esta red</html>")


def without(header: str) -> Script:
    def script(asked: Asked) -> Answer:
        answer = marked(asked)
        del answer.headers[header]
        return answer

    return script


def with_header(header: str, value: str) -> Script:
    def script(asked: Asked) -> Answer:
        answer = marked(asked)
        answer.headers[header] = value
        return answer

    return script


@pytest.mark.parametrize(
    "script",
    [
        portal,
        lambda asked: Answer(511, {"Content-Type": "text/html"}, b"log in"),
        lambda asked: Answer(403, {"Content-Type": "text/html"}, b"blocked by the office"),
        lambda asked: Answer(404, {"Content-Type": "application/json"}, b"{}"),
        lambda asked: Answer(204, {}, b""),
        without(routes.H_WIRE),
        without(routes.H_ECHO),
        without("Content-Type"),
        with_header("Content-Type", "application/json"),
        with_header("Content-Type", "text/html"),
        with_header(routes.H_ECHO, "0" * 32),
        with_header(routes.H_ECHO, ""),
        with_header(routes.H_WIRE, "one"),
        with_header(routes.H_WIRE, "9" * 40),
    ],
)
def test_a_reply_without_our_marks_is_a_portals(script: Script) -> None:
    assert trouble_with(script, POST).code == "portal"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with serving(portal) as elsewhere:
        target = f"http://127.0.0.1:{elsewhere.port}/"
        trouble = trouble_with(lambda asked: Answer(status, {"Location": target}), POST)
        marked_too = trouble_with(lambda asked: marked(asked, status=status, Location=target), POST)
    assert (trouble.code, marked_too.code) == ("redirected", "redirected")
    assert elsewhere.asked == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
@pytest.mark.parametrize(
    ("asks", "wait"), [(None, None), ("7", 7.0), ("86400", 30.0), ("soon", None), ("-3", None)]
)
def test_a_gateway_in_trouble_means_busy_and_may_ask_for_half_a_minute(
    status: int, asks: str | None, wait: float | None
) -> None:
    headers = {"Content-Type": "text/html"} | ({} if asks is None else {"Retry-After": asks})
    trouble = trouble_with(lambda asked: Answer(status, headers, b"<h1>Bad Gateway</h1>"))
    assert (trouble.code, trouble.retry_after) == ("busy", wait)


def test_retry_after_may_be_a_date() -> None:
    dates = {"Date": "Sat, 14 Mar 2026 15:00:00 GMT", "Retry-After": "Sat, 14 Mar 2026 15:00:20 GMT"}
    assert trouble_with(lambda asked: Answer(503, dates)).retry_after == 20
    past = {**dates, "Retry-After": "Sat, 14 Mar 2026 14:00:00 GMT"}
    assert trouble_with(lambda asked: Answer(503, past)).retry_after == 0


def test_the_server_itself_may_ask_for_a_day() -> None:
    reply = ask(lambda asked: marked(asked, status=503, media=routes.PROBLEM, Retry_After="999999"))
    assert (reply.status, reply.retry_after) == (503, 86_400)


def test_a_gateway_that_takes_no_large_message_makes_batches_smaller() -> None:
    assert trouble_with(lambda asked: Answer(413, {"Content-Type": "text/html"}), POST).code == "too-large"


@pytest.mark.parametrize("kept", range(0, 290, 7))
def test_a_reply_that_is_cut_short_anywhere_is_no_reply(kept: int) -> None:
    def script(asked: Asked) -> Answer:
        whole = marked(asked, b"{" + b" " * 100 + b"}").encoded()
        assert len(whole) > 290
        return Answer(raw=whole[:kept])

    assert trouble_with(script).code in ("interrupted", "portal")


def test_a_reply_shorter_than_it_claims_is_interrupted() -> None:
    def script(asked: Asked) -> Answer:
        answer = marked(asked, b'{"a":1}')
        answer.length = 8
        return answer

    assert trouble_with(script).code == "interrupted"


def test_chunks_that_end_early_are_interrupted() -> None:
    def script(asked: Asked) -> Answer:
        answer = marked(asked, b"5\r\n{    \r\n", Transfer_Encoding="chunked")
        answer.length = None
        return answer

    assert trouble_with(script).code == "interrupted"


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff" * 50 + b"\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 abc\r\n\r\n"]
)
def test_what_is_not_http_at_all(raw: bytes) -> None:
    assert trouble_with(lambda asked: Answer(raw=raw)).code == ("garbled" if raw else "interrupted")


@pytest.mark.parametrize("claimed", [True, False])
def test_an_endless_reply_is_cut_off(claimed: bool) -> None:
    def script(asked: Asked) -> Answer:
        if claimed:
            return marked(asked, bytes(routes.MAX_REPLY + 1))
        chunk = b"100000\r\n" + bytes(0x100000) + b"\r\n"
        answer = marked(asked, chunk * 9, Transfer_Encoding="chunked")
        answer.length = None
        return answer

    trouble = trouble_with(script)
    assert trouble.code == "garbled"
    assert str(routes.MAX_REPLY) in trouble.detail


def test_a_packed_reply_is_not_unpacked() -> None:
    assert trouble_with(with_header("Content-Encoding", "gzip")).code == "garbled"


def test_a_server_that_says_nothing_is_given_up() -> None:
    over = threading.Event()

    def silent(asked: Asked) -> Answer:
        assert over.wait(60)
        return marked(asked)

    with line_to(silent, timeouts=Timeouts(5, 0.05)) as (_, channel):
        with pytest.raises(Trouble) as caught:
            channel.exchange(HELLO)
        over.set()
    assert caught.value.code == "timeout"


def test_a_reply_that_drips_is_given_up_by_the_clock() -> None:
    def large(asked: Asked) -> Answer:
        return marked(asked, bytes(50_000))

    with line_to(large, monotonic=count().__next__) as (_, channel):
        assert channel.exchange(HELLO).body == bytes(50_000)
    crawling = count(step=4000).__next__
    with line_to(large, monotonic=crawling) as (_, channel), pytest.raises(Trouble) as caught:
        channel.exchange(HELLO)
    assert caught.value.code == "timeout"


def test_a_large_message_is_given_the_time_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    with line_to(marked, timeouts=Timeouts()) as (_, channel):
        given: list[tuple[float, float]] = []
        original = channel._session.request

        def watched(*args: object, **named: object) -> object:
            given.append(named["timeout"])  # type: ignore[arg-type]
            return original(*args, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(channel._session, "request", watched)
        channel.exchange(HELLO)
        channel.exchange(POST)
    assert given == [(15.0, 30.0), (15.0, 30.0 + 200.0)]


def closed_port() -> int:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        return int(holder.getsockname()[1])


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (lambda: f"http://127.0.0.1:{closed_port()}", "refused"),
        (lambda: "http://no-such-host.invalid", "offline"),
        (lambda: f"http://{'a' * 70}.example", "address"),
    ],
)
def test_where_nobody_is(address: Callable[[], str], code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **named: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    if code == "offline":
        monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with Channel(address()) as channel, pytest.raises(Trouble) as caught:
        channel.exchange(HELLO)
    assert caught.value.code == code


def test_nothing_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither proxies nor passwords that lie about on the machine, nor cookies that a portal set."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login registradora password secreta\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    with line_to(with_header("Set-Cookie", "portal=1; Path=/")) as (server, channel):
        channel.exchange(HELLO)
        channel.exchange(HELLO)
    for asked in server.asked:
        assert "Authorization" not in asked.headers
        assert "Cookie" not in asked.headers
        assert asked.headers["User-Agent"] == "fairclient"


def test_the_servers_clock_is_compared() -> None:
    three = "Sat, 14 Mar 2026 15:00:00 GMT"
    with line_to(with_header("Date", three), wall=lambda: 1_773_500_000.0) as (_, channel):
        channel.exchange(HELLO)
        assert channel.clock_offset_s == 400


def test_a_garbled_date_says_nothing_about_the_clock() -> None:
    with line_to(with_header("Date", "some day")) as (_, channel):
        channel.exchange(HELLO)
        assert channel.clock_offset_s is None


def test_closing_closes_also_after_an_error() -> None:
    """The exceptions of the library hold on to their connections; a laptop must not gather them all day."""
    ended = threading.Event()

    def accept_two() -> None:
        first, _ = listening.accept()
        first.close()
        second, _ = listening.accept()
        with second:
            head = second.recv(65536).decode()
            echo = head.partition(f"{routes.H_ECHO}: ")[2].partition("\r\n")[0]
            answer = marked(Asked("GET", "/", {routes.H_ECHO: echo}, b"")).encoded()
            second.sendall(answer.replace(b"Connection: close\r\n", b""))
            if second.recv(1) == b"":
                ended.set()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=accept_two)
        thread.start()
        with Channel(f"http://127.0.0.1:{listening.getsockname()[1]}", timeouts=QUICK) as channel:
            with pytest.raises(Trouble):
                channel.exchange(HELLO)
            assert channel.exchange(HELLO).status == 200
        assert ended.wait(60)
        thread.join()
