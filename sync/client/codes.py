"""Asking the centre for an enrolment code, as a supervisor whose key signs for it."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client.greeting import check_server
from sync.client.http import HttpTransport, posted, read_message
from sync.wire import routes
from sync.wire.messages import CodeReply, CodeRequest
from sync.wire.operator import Role


class CodeLine(HttpTransport):
    """A station's line to the centre, for a supervisor who lets another laptop in."""

    def code(self, fair: str, operator: str, key: Ed25519PrivateKey, roles: Sequence[Role]) -> CodeReply:
        """Ask for a code for somebody with these roles; `key` is the supervisor's own.

        Raises:
            Trouble: the network's, or what the server states: `forbidden`, `revoked-author`, ...
        """
        hello = self.hello()
        check_server(hello, self.server_key)
        self.open_session(hello)
        plain = CodeRequest(
            fair=fair, operator=operator, roles=tuple(roles), challenge=hello.challenge, signature=""
        )
        signature = key.sign(plain.signed_part(hello.server, self._station)).hex()
        asked = plain.model_copy(update={"signature": signature})
        return read_message(
            CodeReply, self._authorised(posted(routes.CODES, asked, self._wire), routes.JSON)
        )
