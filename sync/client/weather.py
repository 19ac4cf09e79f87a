"""Sorts what `requests`, `urllib3` and the system raise into the few things that a person can act on."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from typing import Final

import requests
import urllib3

from sync.client.trouble import Trouble

_NOT_YET_VALID, _EXPIRED = 9, 10
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED."""

_ADDRESS: Final = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    urllib3.exceptions.LocationValueError,
    UnicodeError,
)
# Not urllib3's own TimeoutError: a name that can't be found is one of its kinds.
_TIMEOUT: Final = (TimeoutError, requests.exceptions.Timeout, urllib3.exceptions.ReadTimeoutError)
_BROKEN: Final = (
    ConnectionResetError,
    ConnectionAbortedError,
    BrokenPipeError,
    http.client.IncompleteRead,
    urllib3.exceptions.IncompleteRead,
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,
    ssl.SSLSyscallError,
)
_NO_NETWORK: Final = (
    socket.gaierror,
    urllib3.exceptions.NameResolutionError,
    urllib3.exceptions.NewConnectionError,
)
_GARBLED: Final = (http.client.HTTPException, urllib3.exceptions.InvalidChunkLength)


def trouble_of(error: BaseException) -> Trouble:
    """Return the trouble that an exception of the network means. Details name no host: they end in logs."""
    chain = list(_causes(error))
    for kinds, code in (
        ((ConnectionRefusedError,), "refused"),
        (_ADDRESS, "address"),
        (_TIMEOUT, "timeout"),
        (_BROKEN, "interrupted"),
    ):
        if any(isinstance(cause, kinds) for cause in chain):
            return Trouble(code)
    certificate = [cause for cause in chain if isinstance(cause, ssl.SSLCertVerificationError)]
    if certificate:
        return _of_certificate(certificate[0])
    if any(isinstance(cause, (ssl.SSLError, requests.exceptions.SSLError)) for cause in chain):
        return Trouble("tls", "What answers does not speak TLS as this program needs it.")
    if any(isinstance(cause, _GARBLED) for cause in chain):
        return Trouble("garbled", "What answers does not speak HTTP.")
    if any(isinstance(cause, _NO_NETWORK) for cause in chain):
        return Trouble("offline")
    return _of_the_rest(error)


def _of_certificate(error: ssl.SSLCertVerificationError) -> Trouble:
    if error.verify_code in (_NOT_YET_VALID, _EXPIRED):
        return Trouble("clock")
    return Trouble("tls")


def _of_the_rest(error: BaseException) -> Trouble:
    if isinstance(error, (requests.ConnectionError, urllib3.exceptions.HTTPError)):
        return Trouble("offline")
    if isinstance(error, OSError) and not isinstance(error, requests.RequestException):
        # requests raises a bare OSError for a trust file that is not there; nothing was sent
        return Trouble("tls", "The file of trusted certificates can't be read.")
    return Trouble("garbled", f"The exchange failed in an unforeseen way ({type(error).__name__}).")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and all that it was made of: causes, contexts, and exceptions kept as arguments."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        current = waiting.pop()
        if isinstance(current, BaseException) and id(current) not in seen:
            seen.add(id(current))
            yield current
            waiting += [
                current.__cause__,
                current.__context__,
                getattr(current, "reason", None),
                *current.args,
            ]
