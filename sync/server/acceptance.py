"""Which entries give rows and which are put in quarantine, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sync.server.projections.project import Accepted
from sync.server.roster import Author
from sync.wire import body, signing
from sync.wire.catalogue import REFERENCE
from sync.wire.clock import milliseconds
from sync.wire.day_closed import DayClosed
from sync.wire.entry import Entry, Header
from sync.wire.erasing import GRANTED
from sync.wire.erasure import Erasure
from sync.wire.operator_key import OperatorKey, may_attest
from sync.wire.problem import WireError


class Refused(NamedTuple):
    """An entry that is kept and acknowledged but gives no rows. `detail` never holds personal data."""

    seq: int
    code: str
    detail: str


class Rules(NamedTuple):
    """What decides over the entries of one batch.

    `own` says that the journal is this server's; `revoked` that its station's access was withdrawn; `authors`
    maps the operators of the fair to what its roster says of them. `now_ms` is the server's clock.
    """

    own: bool
    revoked: bool
    authors: Mapping[str, Author]
    now_ms: int = 0


def examine(entry: Entry, rules: Rules) -> Accepted | Refused:
    """Say whether an entry is accepted. Nothing here raises: a bad entry never stops those behind it."""
    try:
        _check_author(entry, rules)
        if entry.body is None:
            raise WireError("garbled", "The body was withheld or erased before it came here.")
        found = body.decode(entry.header.kind, entry.body)
        if isinstance(found.fact, Erasure):
            _check_erasure(entry.header, found.fact, rules)
        if isinstance(found.fact, DayClosed):
            _check_closing(entry.header, found.fact, rules)
        if isinstance(found.fact, OperatorKey):
            _check_key(entry.header, found.fact, rules)
        return Accepted(entry, found)
    except WireError as error:
        return Refused(entry.header.seq, error.code, error.detail)
    except RecursionError:
        return Refused(entry.header.seq, "bad-field", "The body nests too deep.")


def examine_all(entries: Iterable[Entry], rules: Rules) -> list[Accepted | Refused]:
    """Examine a journal's entries in their order: a key that one brings is good for those behind it."""
    found = []
    for entry in entries:
        item = examine(entry, rules)
        if isinstance(item, Accepted) and isinstance(item.body.fact, OperatorKey):
            rules = _with_key(rules, item.body.fact)
        found.append(item)
    return found


def _with_key(rules: Rules, fact: OperatorKey) -> Rules:
    person = rules.authors.get(fact.operator)
    if person is None:
        return rules
    return rules._replace(authors={**rules.authors, fact.operator: person.with_key(fact)})


def _check_author(entry: Entry, rules: Rules) -> None:
    header = entry.header
    if rules.own:
        return
    if rules.revoked:
        raise WireError("revoked")
    if header.kind in REFERENCE:
        raise WireError("forbidden", "Only the centre writes entries of this kind.")
    if header.author and header.author not in rules.authors:
        raise WireError("unknown-author")
    author = rules.authors.get(header.author)
    if author is not None and author.revoked:
        raise WireError("revoked-author")
    if author is not None and _ran_out(header, author.valid_until, rules.now_ms):
        raise WireError("revoked-author", "The author's permission had run out when this was written.")


def _ran_out(header: Header, valid_until: str, now_ms: int) -> bool:
    """Say whether a permission had run out when an entry was written, with a day's grace for wrong clocks.

    Nothing was written later than it came here, whatever the laptop's clock said.
    """
    if not valid_until:
        return False
    written = datetime.fromtimestamp(min(milliseconds(header.hlc), now_ms) / 1000, UTC).date()
    return written > date.fromisoformat(valid_until) + timedelta(days=1)


def _check_closing(header: Header, fact: DayClosed, rules: Rules) -> None:
    """Refuse an approval that its author may not give, or that somebody else signed in her name."""
    if rules.own:
        return
    author = rules.authors.get(header.author)
    if author is None or author.roles.isdisjoint(GRANTED):
        raise WireError("forbidden", "Only supervisors close days.")
    if not _is_signed(author, fact.signature, fact.signed_part()):
        raise WireError("bad-signature", "The closing is not signed with its author's key.")


def _check_erasure(header: Header, fact: Erasure, rules: Rules) -> None:
    """Refuse an erasure that nobody with the role for it signed: what it clears never comes back."""
    if rules.own:
        return
    author = rules.authors.get(header.author)
    if author is None or author.roles.isdisjoint(GRANTED):
        raise WireError("forbidden", "Only supervisors and administrators erase people.")
    if not _is_signed(author, fact.signature, fact.signed_part()):
        raise WireError("bad-signature", "The erasure is not signed with its author's key.")


def _check_key(header: Header, fact: OperatorKey, rules: Rules) -> None:
    """Refuse a key of somebody who may not work here, and one that nobody with the role for it attested."""
    if rules.own:
        return
    author, whose = rules.authors.get(header.author), rules.authors.get(fact.operator)
    if whose is None:
        raise WireError("forbidden", "The operator whose key this is is not on the roster of this fair.")
    if author is None or not may_attest(author.roles, whose.roles, withdrawn=fact.withdrawn):
        raise WireError("forbidden", "It is not the author's to attest a key of this operator.")
    over = whose.revoked or _ran_out(header, whose.valid_until, rules.now_ms)
    if over and not fact.withdrawn:
        raise WireError("forbidden", "The access of the operator whose key this is was over.")
    if not fact.is_signed(header.journal, author.keys):
        raise WireError(
            "bad-signature", "The key is not attested with its author's key, or does not prove itself."
        )


def _is_signed(author: Author, signature: str, message: bytes) -> bool:
    """Say whether somebody signed with any of her keys."""
    return any(signing.check(key, bytes.fromhex(signature), message) for key in author.keys)
