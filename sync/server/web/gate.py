"""At the gate: how often somebody may come in, how many at once, and a count of all who did."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

from starlette.types import Scope

from sync.server import auth
from sync.server.node import Node
from sync.server.web import logs
from sync.server.web.limits import Limits, TooMany
from sync.server.web.metrics import OTHER, Handled, Metrics
from sync.wire.problem import WireError

STATION: Final = "fair.station"
"""Under this name a request's scope holds the station whose session it carries, where it carries one."""


class Passing:
    """One request on its way: what the count at its end needs."""

    def __init__(self) -> None:
        self.start = time.perf_counter()
        self.status = 500
        self.bytes_in = 0
        self.bytes_out = 0


class Gate:
    """Limits and counters of one process."""

    def __init__(self, limits: Limits, metrics: Metrics) -> None:
        self._limits = limits
        self._metrics = metrics

    def count(self, scope: Scope, passing: Passing) -> None:
        """Count and log a request that is over."""
        path = getattr(scope.get("route"), "path", OTHER)
        took = time.perf_counter() - passing.start
        what = Handled(path, passing.status, took, passing.bytes_in, passing.bytes_out)
        self._metrics.handled(what)
        logs.request(scope["method"], what)

    def admit(self, scope: Scope, asked: Mapping[str, str]) -> None:
        """Let a request in, if its sender has not sent too many and not too many are under way.

        Each request that was let in has its `leave`.

        Raises:
            TooMany: `too-many` or `busy`.
        """
        try:
            who, known = _sender(scope, asked)
            if known:
                scope[STATION] = who
            self._limits.ask(who, known=known)
            if scope["method"] == "POST":
                self._limits.enter()
        except TooMany as error:
            self._metrics.turned_away("rate" if error.code == "too-many" else "busy")
            raise

    def leave(self, scope: Scope) -> None:
        """End a request that was let in."""
        if scope["method"] == "POST":
            self._limits.leave()


def _sender(scope: Scope, asked: Mapping[str, str]) -> tuple[str, bool]:
    """Return the station whose session a request carries (True), else the address that it comes from."""
    node: Node | None = scope["app"].state.node
    given = asked.get("authorization")
    if given and node is not None:
        try:
            return auth.caller(node, given), True
        except WireError:
            pass
    client = scope.get("client")
    return (client[0] if client else ""), False
