"""At the gate: how often somebody may come in, how many at once, and a count of all who did."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.datastructures import Headers
from starlette.types import Scope

from sync.server import auth, logs
from sync.server.limits import Limits, TooMany
from sync.server.metrics import OTHER, Handled, Metrics
from sync.server.node import Node
from sync.wire.problem import WireError


class Passing:
    """One request on its way: what the count at its end needs."""

    def __init__(self) -> None:
        self.status = 500
        self.bytes_in = 0
        self.bytes_out = 0


class Gate:
    """Limits and counters of one process."""

    def __init__(self, limits: Limits, metrics: Metrics) -> None:
        self._limits = limits
        self._metrics = metrics

    @contextmanager
    def counted(self, scope: Scope) -> Iterator[Passing]:
        """Count and log a request when it is over."""
        start = time.perf_counter()
        passing = Passing()
        try:
            yield passing
        finally:
            path = getattr(scope.get("route"), "path", OTHER)
            took = time.perf_counter() - start
            what = Handled(path, passing.status, took, passing.bytes_in, passing.bytes_out)
            self._metrics.handled(what)
            logs.request(scope["method"], what)

    @contextmanager
    def admitted(self, scope: Scope, asked: Headers) -> Iterator[None]:
        """Let a request in, if its sender has not sent too many and not too many are under way.

        Raises:
            TooMany: `too-many` or `busy`.
        """
        has_body = scope["method"] == "POST"
        try:
            who, known = _sender(scope, asked)
            self._limits.ask(who, known=known)
            if has_body:
                self._limits.enter()
        except TooMany as error:
            self._metrics.turned_away("rate" if error.code == "too-many" else "busy")
            raise
        try:
            yield
        finally:
            if has_body:
                self._limits.leave()


def _sender(scope: Scope, asked: Headers) -> tuple[str, bool]:
    """Return the station whose session a request carries (True), else the address that it comes from."""
    node: Node | None = scope["app"].state.node
    given = asked.get("Authorization")
    if given and node is not None:
        try:
            return auth.caller(node, given), True
        except WireError:
            pass
    client = scope.get("client")
    return (client[0] if client else ""), False
