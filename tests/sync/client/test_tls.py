"""TLS: only the fair's own authority counts, whatever the machine trusts; nothing is sent before."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from sync.client.channel import Channel, Request
from sync.client.trouble import Trouble
from sync.wire import routes
from tests.sync.client.certificates import Authority
from tests.sync.client.scripted import Asked, marked, serving

REQUEST = Request("POST", routes.BATCHES, accept=routes.JSON, body=b"x" * 1000, media=routes.BATCH)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def fair(folder: Path) -> Authority:
    return Authority(folder, "feria")


@pytest.fixture(scope="module")
def interceptor(folder: Path) -> Authority:
    return Authority(folder, "interceptor")


def exchange(tls: ssl.SSLContext, authority: str) -> tuple[str, list[Asked]]:
    """Return the code of the trouble ("" for none) and what the server got to see."""
    with serving(marked, tls) as server, Channel(
        f"https://127.0.0.1:{server.port}", authority=authority
    ) as channel:
        try:
            channel.exchange(REQUEST)
        except Trouble as trouble:
            return trouble.code, server.asked
        return "", server.asked


def test_the_fairs_own_authority_is_trusted(fair: Authority) -> None:
    code, asked = exchange(fair.server_context(), fair.pem)
    assert code == ""
    assert len(asked) == 1


def test_an_interceptor_that_the_machine_trusts_gets_nothing(
    fair: Authority, interceptor: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(interceptor.file))
    monkeypatch.setenv("SSL_CERT_FILE", str(interceptor.file))
    assert exchange(interceptor.server_context(), fair.pem) == ("tls", [])
    assert exchange(interceptor.server_context(), "") == ("tls", [])


@pytest.mark.parametrize(("begins", "ends"), [(-30, -1), (1, 30)])
def test_a_certificate_of_another_time_points_at_the_clock(
    fair: Authority, begins: float, ends: float
) -> None:
    assert exchange(fair.server_context(begins=begins, ends=ends), fair.pem) == ("clock", [])


def test_a_certificate_for_another_host(fair: Authority) -> None:
    assert exchange(fair.server_context(host="127.0.0.2"), fair.pem) == ("tls", [])


@pytest.mark.parametrize("wrong", ["this is no certificate\n", "-----BEGIN CERTIFICATE-----\nAA\n"])
def test_an_authority_that_is_no_certificate(wrong: str) -> None:
    with pytest.raises(Trouble) as refused:
        Channel("https://127.0.0.1:1", authority=wrong)
    assert refused.value.code == "authority"


def test_a_server_that_does_not_speak_tls() -> None:
    with (
        serving(marked) as server,
        Channel(f"https://127.0.0.1:{server.port}") as channel,
        pytest.raises(Trouble) as caught,
    ):
        channel.exchange(REQUEST)
    assert caught.value.code in ("tls", "interrupted")
    assert server.asked == []
