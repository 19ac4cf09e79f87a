"""Errors that are told to the person at the screen: what happened, what is safe, and what to do."""

from __future__ import annotations

from typing import ClassVar


class SayError(Exception):
    """Something the world did, said in the user's words; anything else that is raised is a bug of ours.

    ``what``, ``safe`` and ``do`` are whole sentences in the user's language. ``code`` is a short,
    stable English word for scripts and tests; each subclass has its own unless one is given.
    """

    CODE: ClassVar[str] = "error"

    def __init__(self, what: str, safe: str = "", do: str = "", code: str = "") -> None:
        super().__init__(what, safe, do, code)
        self.what = what
        self.safe = safe
        self.do = do
        self.code = code or self.CODE

    def __str__(self) -> str:
        return " ".join(sentence for sentence in (self.what, self.safe, self.do) if sentence)


class WrongPassphrase(SayError):
    """The passphrase opens no slot of the vault."""

    CODE = "wrong-passphrase"


class TooManyTries(SayError):
    """Wrong passphrases have slowed the vault; ``seconds`` is how long until the next try."""

    CODE = "too-many-tries"

    def __init__(self, what: str, safe: str = "", do: str = "", code: str = "", *, seconds: int = 0) -> None:
        super().__init__(what, safe, do, code)
        self.seconds = seconds


class HomeNotWritable(SayError):
    """The folder of the data can't be written to."""

    CODE = "home-not-writable"


class HomeMissing(SayError):
    """There is no fair in that folder yet."""

    CODE = "home-missing"


class DamagedStore(SayError):
    """A file of the store is damaged or isn't ours."""

    CODE = "damaged-store"


class NewerStore(SayError):
    """A newer version of the program wrote the store."""

    CODE = "newer-store"


class LockedByAnother(SayError):
    """Another running program has the store open."""

    CODE = "locked-by-another"


class DiskFull(SayError):
    """There is no room left on the disk."""

    CODE = "disk-full"


class NotAsWritten(SayError):
    """A medium gave back something else than what was written to it."""

    CODE = "not-as-written"


class BadInput(SayError):
    """What was typed or given in a file can't be accepted."""

    CODE = "bad-input"


class SlipRefused(SayError):
    """A slip can't be accepted: its code says why."""

    CODE = "slip-refused"


class ServerUnreachable(SayError):
    """The server didn't answer, or what answered wasn't it."""

    CODE = "server-unreachable"


class ServerRefused(SayError):
    """The server answered no."""

    CODE = "server-refused"


class CodeRefused(SayError):
    """An enrolment code is mistyped, used or expired."""

    CODE = "code-refused"


class Unauthorised(SayError):
    """The operator's roles don't allow this."""

    CODE = "unauthorised"
