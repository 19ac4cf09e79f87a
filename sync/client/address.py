"""Server addresses: which ones are taken, and where an unencrypted one is allowed."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from sync.client.trouble import Trouble

MAX_LENGTH = 300


def check_address(url: str, *, plain_in_tent: bool = False) -> str:
    """Return the address without a slash at its end.

    `https` goes anywhere. `http` goes to this computer itself; with `plain_in_tent` also to a private or
    link-local number or a `.local` name, which is where a hub stands. Seals and receipts keep anybody there
    from changing anything unseen, but not from reading: the tent's own Wi-Fi must be encrypted (WPA2, WPA3).

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
    if parts.scheme == "http" and not _may_be_plain(host, plain_in_tent):
        raise Trouble("plain")
    return text.rstrip("/")


def is_this_computer(host: str) -> bool:
    """Say whether a host name or number can only mean the machine itself."""
    number = _number(host)
    return host == "localhost" if number is None else number.is_loopback


def _may_be_plain(host: str, in_tent: bool) -> bool:
    if is_this_computer(host):
        return True
    number = _number(host)
    near = host.endswith(".local") if number is None else number.is_private or number.is_link_local
    return in_tent and near and not (number is not None and number.is_unspecified)


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
