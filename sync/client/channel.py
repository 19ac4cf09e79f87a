"""One bounded HTTP exchange over `requests`, and the rule of which replies count at all."""

from __future__ import annotations

import secrets
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Final

import requests
import urllib3

from sync.client import weather
from sync.client.pinned import Lines, PinningAdapter
from sync.client.traffic import Traffic
from sync.client.trouble import Trouble
from sync.wire import routes, version

_PIECE: Final = 4096
_UNMARKED_WAIT_S: Final = 30.0
"""A gateway in between may ask for this much patience; only the server itself may ask for more."""
_MARKED_WAIT_S: Final = 24 * 3600.0
_DIGITS: Final = 6


@dataclass(frozen=True)
class Timeouts:
    """Bounds on waiting.

    Attributes:
        connect_s: for the connection, and for each piece of 4 KiB that is sent.
        reply_s: for the reply to begin, and between its pieces.
        slowest: bytes a second; a line slower than this counts as dead. Waiting grows with what is carried.
    """

    connect_s: float = 15.0
    reply_s: float = 30.0
    slowest: float = 500.0


USUAL: Final = Timeouts()


@dataclass(frozen=True)
class Request:
    """What is asked: method, path under the server's address, and what goes with it."""

    method: str
    path: str
    accept: str
    body: bytes = b""
    media: str = ""
    headers: Mapping[str, str] | None = None
    wire: int = version.MAX


@dataclass(frozen=True)
class Reply:
    """A reply that counts: it carries our header, our echo and one of our media types."""

    status: int
    media: str
    wire: int
    headers: Mapping[str, str]
    body: bytes
    retry_after: float | None
    echo: str = ""


class Channel:
    """A line to one address. No redirect is followed, no cookie, proxy or key of the environment is used."""

    def __init__(
        self,
        address: str,
        *,
        authority: str = "",
        fingerprint: str = "",
        traffic: Traffic | None = None,
        timeouts: Timeouts = USUAL,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """`authority`: the only certificate authority (or the very certificate) that is trusted, as PEM.

        `fingerprint`: instead, the SHA-256 in hex of the very certificate. `traffic` counts what is carried.

        Raises:
            Trouble: `authority` for what is no certificate.
        """
        self.address = address
        self._timeouts = timeouts
        self._monotonic = monotonic
        self._wall = wall
        self.clock_offset_s: float | None = None
        self._traffic = traffic or Traffic()
        self._lines = Lines()
        try:
            self._adapter = PinningAdapter(self._lines, fingerprint, authority)
        except (ssl.SSLError, ValueError) as error:
            raise Trouble("authority") from error
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, self._adapter)
        self._session.trust_env = False
        # where the very certificate is pinned, no authority has a say; the adapter compares it
        self._session.verify = not fingerprint
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers.clear()
        self._session.headers.update({"User-Agent": "fairclient", "Accept-Encoding": "identity"})

    def close(self) -> None:
        """Close the connections, and not only when the garbage collector comes by.

        urllib3 leaves that to it, and after an error its own exceptions hold on to the connections for long.
        """
        pools = self._adapter.poolmanager.pools
        for key in pools.keys():  # noqa: SIM118 (no mapping: it can't be iterated over)
            pools[key].close()
        self._lines.close()
        self._session.close()

    def cut(self) -> None:
        """End whatever is under way at once; called from another thread. The channel is of no use after."""
        self._lines.cut()

    def __enter__(self) -> Channel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def exchange(self, request: Request) -> Reply:
        """Send a request and return the reply, if it counts.

        Raises:
            Trouble: the network's, a portal's or a gateway's doing. What the server states itself is a reply.
        """
        echo = secrets.token_hex(16)
        self._traffic.begin(len(request.body))
        try:
            with self._send(request, echo) as response:
                return self._read(response, echo)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if self._lines.is_cut:
                raise Trouble("cancelled") from error
            raise weather.trouble_of(error) from error

    def _send(self, request: Request, echo: str) -> requests.Response:
        headers = {
            "Accept": f"{request.accept}, {routes.PROBLEM}",
            routes.H_WIRE: str(request.wire),
            routes.H_ECHO: echo,
            **(request.headers or {}),
        }
        if request.media:
            headers["Content-Type"] = request.media
        patience = self._timeouts.reply_s + len(request.body) / self._timeouts.slowest
        return self._session.request(
            request.method,
            self.address + request.path,
            headers=headers,
            data=_Pieces(request.body) if request.body else None,
            timeout=(self._timeouts.connect_s, patience),
            allow_redirects=False,
            stream=True,
        )

    def _read(self, response: requests.Response, echo: str) -> Reply:
        media = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        wire = _whole_number(response.headers.get(routes.H_WIRE, ""))
        ours = wire is not None and response.headers.get(routes.H_ECHO) == echo
        known = media in (routes.JSON, routes.BATCH, routes.PROBLEM)
        if not ours or not known or wire is None or response.status_code // 100 == 3:
            raise self._not_ours(response)
        self._note_clock(response)
        wait = self._retry_after(response, _MARKED_WAIT_S)
        body = self._bounded(response)
        self._traffic.received(len(body))
        return Reply(response.status_code, media, wire, response.headers, body, wait, echo)

    def _not_ours(self, response: requests.Response) -> Trouble:
        """Sort a reply that the server can't have made, by its status alone; its body is never read."""
        status = response.status_code
        if status // 100 == 3:
            return Trouble("redirected")
        if status in (429, 500, 502, 503, 504):
            detail = f"Something before the server answered {status}."
            return Trouble("busy", detail, retry_after=self._retry_after(response, _UNMARKED_WAIT_S))
        if status == 413:
            return Trouble("too-large", "Something before the server takes no message of this size.")
        return Trouble("portal", f"Something other than the server answered {status}.")

    def _bounded(self, response: requests.Response) -> bytes:
        """Read the body as it travels: at most `MAX_REPLY` bytes, no slower than the slowest line."""
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise Trouble("garbled", "The reply is packed in a way that was not asked for.")
        if "Content-Length" not in response.headers and not response.raw.chunked:
            # else a reply that is cut within its headers would pass for one with an empty body
            raise Trouble("interrupted", "The reply does not say how long it is.")
        start = self._monotonic()
        body = bytearray()
        while piece := response.raw.read1(64 * 1024, decode_content=False):
            body += piece
            if len(body) > routes.MAX_REPLY:
                raise Trouble("garbled", f"The reply is larger than {routes.MAX_REPLY} bytes.")
            if self._monotonic() - start > self._timeouts.reply_s + len(body) / self._timeouts.slowest:
                raise Trouble("timeout", "The reply came too slowly.")
        return bytes(body)

    def _note_clock(self, response: requests.Response) -> None:
        server = _moment(response.headers.get("Date", ""))
        if server is not None:
            self.clock_offset_s = server - self._wall()

    def _retry_after(self, response: requests.Response, most: float) -> float | None:
        """Return the seconds of Retry-After (RFC 9110 §10.2.3: a number or a date), 0 to `most`."""
        text = response.headers.get("Retry-After", "").strip()
        number = _whole_number(text)
        if number is not None:
            return min(float(number), most)
        until = _moment(text)
        if until is None:
            return None
        now = _moment(response.headers.get("Date", ""))
        return min(max(0.0, until - (self._wall() if now is None else now)), most)


class _Pieces:
    """A body that goes out in small pieces, so that a time limit is a limit on standing still."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __len__(self) -> int:
        return len(self._body)

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._body), _PIECE):
            yield self._body[start : start + _PIECE]


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def _moment(text: str) -> float | None:
    """Return the Unix seconds of an HTTP date, or None for anything else."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
