"""Server addresses: which ones are taken, and where an unencrypted one is allowed."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from sync.client.trouble import Trouble

MAX_LENGTH = 300


def check_address(url: str) -> str:
    """Return the address without a slash at its end.

    `https` goes anywhere, `http` only to this computer itself: what people said must never be readable on
    the way. A hub makes its own certificate, which whoever joins pins, so it needs no exception.

    Raises:
        Trouble: `address` or `plain`.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Trouble("address") from error
    odd = parts.username or parts.password or parts.query or parts.fragment or len(text) > MAX_LENGTH
    if parts.scheme not in ("http", "https") or not host or odd or not text.isprintable() or " " in text:
        raise Trouble("address", "An address looks like https://host or https://host:port.")
    if parts.scheme == "http" and not is_this_computer(host):
        raise Trouble("plain")
    return text.rstrip("/")


def is_this_computer(host: str) -> bool:
    """Say whether a host name or number can only mean the machine itself."""
    number = _number(host)
    return host == "localhost" if number is None else number.is_loopback


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
