"""Asking the centre for known people, page by page."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sync.client.channel import Request
from sync.client.http import HttpTransport, read_message
from sync.client.trouble import Trouble
from sync.wire import compression, routes
from sync.wire.people import MAX_BYTES, PeoplePage
from sync.wire.problem import WireError

_COMPRESSION: Final = "zstd"


class PeopleLine(HttpTransport):
    """A line to the centre that also brings known people; a session is opened when a page needs it."""

    def people(self, fair: str, after: str) -> PeoplePage:
        """Ask for the cards that follow a place ("" for the first ones).

        Raises:
            Trouble: the network's, or what the server states; `garbled` for a page that can't be read.
        """
        headers = {routes.H_COMPRESSION: _COMPRESSION}
        path = f"{routes.PEOPLE}?fair={fair}&after={after}"
        request = Request("GET", path, accept=routes.JSON, headers=headers, wire=self._wire)
        reply = self._authorised(request, routes.JSON)
        method = reply.headers.get(routes.H_COMPRESSION, "identity")
        try:
            unpacked = compression.decompress(reply.body, method, MAX_BYTES)
        except WireError as error:
            raise Trouble(error.code, error.detail) from error
        return read_message(PeoplePage, replace(reply, body=unpacked))
