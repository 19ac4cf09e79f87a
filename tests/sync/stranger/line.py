"""Requests and replies: the headers of the page, which replies count, problems, and who answers."""

from __future__ import annotations

import http.client
import json
import secrets
import ssl
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.sync.stranger.notation import WIRE, Json, NotSo, canonical, digest, must, pack, sign, verify

MESSAGE = "application/vnd.fairclient+json"
BATCH = "application/vnd.fairclient.batch"
PROBLEM = "application/problem+json"
LARGEST_REPLY = 8_388_608


class Refused(Exception):
    """The problem that a server stated."""

    def __init__(self, fields: Json) -> None:
        super().__init__(f"{fields['status']} {fields['code']}: {fields.get('detail')}")
        self.code: str = fields["code"]
        self.fields = fields


class Reply(NamedTuple):
    """A reply that counts."""

    echo: str
    body: bytes
    compression: str

    @property
    def message(self) -> Any:
        return json.loads(self.body)


class Server:
    """A server and the way to it: over TLS with one pinned certificate, or on this machine.

    Its `key` is pinned by the first hello, unless it is known before (a hub's, from its invitation).
    """

    def __init__(self, address: str, key: str = "", certificate: str = "") -> None:
        self._address, self._certificate = urlsplit(address), certificate
        self.key, self.id, self.tier, self._token = key, "", "", ""

    def hello(self) -> str:
        """Check who answers, and return the challenge."""
        reply = self.get("/v1/hello")
        said = reply.message
        words = [reply.echo, said["server"], said["tier"], said["public_key"], said["challenge"]]
        verify(said["public_key"], said["proof"], ["fairclient/hello/1", *words])
        must(self.key in ("", said["public_key"]), "the pinned key")
        must(said["wire_min"] <= WIRE <= said["wire_max"], "a common version")
        self.key, self.id, self.tier = said["public_key"], said["server"], said["tier"]
        return str(said["challenge"])

    def open_session(self, station: str, key: Ed25519PrivateKey, code: str = "") -> None:
        """Prove to be a station; `code` lets it join a hub, once."""
        challenge = self.hello()
        signature = sign(key, ["fairclient/session/1", self.id, station, challenge])
        asked = {"station": station, "challenge": challenge, "signature": signature, "code": code}
        self._token = self.post("/v1/session", asked)["token"]

    def get(self, path: str, compression: str = "identity") -> Reply:
        return self._ask("GET", path, None, {"Fair-Compression": compression})

    def post(self, path: str, message: Json) -> Any:
        return self._ask("POST", path, canonical(message), {"Content-Type": MESSAGE}).message

    def send(self, batch: bytes, compression: str) -> Json:
        headers = {"Content-Type": BATCH, "Fair-Compression": compression}
        receipt: Json = self._ask("POST", "/v1/batches", pack(batch, compression), headers).message
        return receipt

    def _ask(self, method: str, path: str, body: bytes | None, more: dict[str, str]) -> Reply:
        echo = secrets.token_hex(16)
        headers = {"Fair-Wire": str(WIRE), "Fair-Echo": echo, **more}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        connection = self._connect()
        try:
            connection.request(method, path, body, headers)
            return _counted(connection.getresponse(), echo)
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        host, port = self._address.hostname or "", self._address.port
        if self._address.scheme == "http":
            must(host in ("127.0.0.1", "localhost", "::1"), "plain http on this machine only")
            return http.client.HTTPConnection(host, port, timeout=30)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # that very certificate, or none
        connection = http.client.HTTPSConnection(host, port, timeout=30, context=context)
        connection.connect()
        if digest(connection.sock.getpeercert(binary_form=True) or b"").hex() != self._certificate:
            connection.close()
            raise NotSo("the pinned certificate")
        return connection


def _counted(response: http.client.HTTPResponse, echo: str) -> Reply:
    header = response.getheader
    body = response.read(LARGEST_REPLY + 1)
    must(len(body) <= LARGEST_REPLY, "length of reply")
    must(header("Fair-Echo") == echo and header("Fair-Wire") is not None, "a reply of a server's")
    must(response.chunked or header("Content-Length") is not None, "a reply that says its length")
    media = (header("Content-Type") or "").partition(";")[0]
    if media == PROBLEM:
        raise Refused(json.loads(body))
    must(response.status in (200, 201) and media in (MESSAGE, BATCH), f"reply {response.status} {media}")
    return Reply(echo, body, header("Fair-Compression") or "identity")
