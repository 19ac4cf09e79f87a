"""At which addresses the laptops of a tent find this machine."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final

from sync.wire.invitation import MOST_ADDRESSES

ANYWHERE: Final = {"0.0.0.0", "::"}
_FAR: Final = ("10.255.255.255", "192.168.255.255", "172.31.255.255", "169.254.255.255")
"""Private addresses of nobody in particular: which way would a packet leave? None is sent (UDP)."""


def addresses(host: str, port: int) -> list[str]:
    """Return https addresses at which a server that listens on `host` and `port` is reached, best first."""
    numbers = _own_numbers() if host in ANYWHERE else [host]
    some = numbers[:MOST_ADDRESSES]
    return [f"https://{f'[{number}]' if ':' in number else number}:{port}" for number in some]


def outside(host: str) -> list[str]:
    """Return the numbers at which other machines reach a server that listens on `host`; may be none."""
    numbers = dict.fromkeys([*_by_routes(), *_by_name()]) if host in ANYWHERE else [host]
    return [number for number in numbers if not ipaddress.ip_address(number).is_loopback][:MOST_ADDRESSES]


def _own_numbers() -> list[str]:
    return outside("0.0.0.0") or ["127.0.0.1"]


def _by_routes() -> list[str]:
    numbers = []
    for far in _FAR:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((far, 9))
                numbers.append(str(probe.getsockname()[0]))
            except OSError:
                continue
    return numbers


def _by_name() -> list[str]:
    try:
        return [str(item[4][0]) for item in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except OSError:
        return []
