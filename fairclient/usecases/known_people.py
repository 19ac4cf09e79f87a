"""Known people: bring the cards that this fair is told to carry, and take somebody up from her card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fairclient.store import cards, custody, meta
from fairclient.store.queries import cards as queries
from fairclient.store.queries import reference
from fairclient.usecases.centre_line import centre_line
from fairclient.usecases.workplace import Workplace
from sync.client.people import PeopleLine
from sync.client.trouble import Trouble
from sync.wire.people import Card, PeoplePage
from sync.wire.station import Scope

_POLICY = "cards_policy"
_ASKED = "cards_asked"
_AGAIN_MS = 6 * 3_600_000
"""How long a list that came to its end is believed before the centre is asked what is new."""
_ROUND = "cards_round"
_ROUND_MS = 24 * 3_600_000
"""After so long the list is gone through anew: what came late to a fair stands before its end."""
_TOGETHER = 3
"""Pages that share a transaction: each touches most of the newest part of the index, however few they are.

More would cost a little less, and keep somebody who saves a person waiting for longer.
"""
_SCOPE: Scope = "fair"
Cancelled = Callable[[], bool]
OnPage = Callable[[int], None]


class _Page(NamedTuple):
    """A page as it is kept: made at once, for thousands of cards that wait are work for the collector."""

    ready: list[cards.Prepared]
    gone: tuple[str, ...]
    next: str
    last: bool


@dataclass(frozen=True)
class Brought:
    """How many cards came or changed, how many were dropped, and whether the list came to its end."""

    came: int
    dropped: int
    complete: bool


def bring_known_people(
    place: Workplace, on_page: OnPage | None = None, cancelled: Cancelled | None = None
) -> Brought | None:
    """Go on with the cards where the last time ended; None where there is nothing to ask for now.

    Each page is kept with the place after it in one transaction. What the network does ends the call: the
    next one goes on from there. Raises DiskFull or DamagedStore.
    """
    if not _is_due(place):
        return None
    with centre_line(PeopleLine, place.identity) as line:
        return _bring(place, line, on_page, cancelled)


def card_of(place: Workplace, attendee: str) -> Card | None:
    """The card of somebody known from another fair; None for whoever is registered here, or unknown."""
    with place.store.read() as session:
        return queries.by_ids(session, [attendee]).get(attendee)


def card_form(card: Card) -> dict[str, str]:
    """What of a card goes into the registration form, under the form's keys."""
    form = {
        "given_names": card.given_names,
        "first_surname": card.first_surname,
        "second_surname": card.second_surname,
        "birth_date": card.birth_date.isoformat() if card.birth_date else "",
        "municipality": card.municipality,
    }
    for at, document in enumerate(card.documents):
        form[f"documents.{at}.type"] = document.type
        form[f"documents.{at}.number"] = document.number
        form[f"documents.{at}.country"] = document.country
    return {key: value for key, value in form.items() if value}


def _is_due(place: Workplace) -> bool:
    """Whether the fair carries people and the list is unfinished or old.

    A new policy drops what was here and leaves the rest to the next time: an enrolment, which is the first to
    hear of one, must not wait for 200,000 cards.
    """
    identity = place.identity
    if not identity.server_url or identity.scope != _SCOPE:
        return False
    with place.store.read() as session:
        connection = session.connection()
        wanted = ",".join(sorted(reference.fair(session).known_people))
        before = meta.get(connection, _POLICY) or ""
        asked = int(meta.get(connection, _ASKED) or 0)
        over = custody.any_purged(connection)
    if wanted != before:
        with place.store.transaction() as connection:
            cards.drop_all(connection)
            meta.put(connection, _POLICY, wanted)
            meta.put(connection, _ASKED, "0")
        return False
    if wanted and place.clock.now_ms() - asked < _AGAIN_MS and asked <= place.clock.now_ms():
        return False
    return bool(wanted) and not over


def _bring(
    place: Workplace, line: PeopleLine, on_page: OnPage | None, cancelled: Cancelled | None
) -> Brought:
    came = dropped = 0
    after = _begin(place)
    last = False
    while not last:
        pages = _some_pages(place, line, after, cancelled)
        if not pages:
            break
        news = _keep(place, pages)
        came, dropped = came + news[0], dropped + news[1]
        after, last = pages[-1].next, pages[-1].last
        if on_page is not None:
            on_page(came)
    return Brought(came, dropped, complete=last)


def _begin(place: Workplace) -> str:
    """Where to go on; from the beginning again where the last time that it was begun is a day ago."""
    now = place.clock.now_ms()
    with place.store.transaction() as connection:
        if 0 <= now - int(meta.get(connection, _ROUND) or -_ROUND_MS) < _ROUND_MS:
            return cards.cursor(connection)
        meta.put(connection, _ROUND, str(now))
        cards.reached(connection, "")
        return ""


def _some_pages(place: Workplace, line: PeopleLine, after: str, cancelled: Cancelled | None) -> list[_Page]:
    """Ask for a few pages; fewer, or none, where the line breaks or somebody wants it to end."""
    pages: list[_Page] = []
    while len(pages) < _TOGETHER and not (pages and pages[-1].last):
        if cancelled is not None and cancelled():
            break
        try:
            pages.append(_prepared(place, line.people(place.fair, pages[-1].next if pages else after)))
        except Trouble:
            break
    return pages


def _prepared(place: Workplace, page: PeoplePage) -> _Page:
    with place.store.read() as session:
        fresh = cards.fresh(session.connection(), page.cards)
    return _Page([cards.prepared(card) for card in fresh], page.gone, page.next, page.last)


def _keep(place: Workplace, pages: Sequence[_Page]) -> tuple[int, int]:
    """Keep pages with the place after them in one transaction; what can be done before it is."""
    ready = [card for page in pages for card in page.ready]
    with place.store.transaction() as connection:
        came = cards.take(connection, ready)
        dropped = sum(cards.drop(connection, page.gone) for page in pages)
        cards.reached(connection, pages[-1].next)
        if pages[-1].last:
            meta.put(connection, _ASKED, str(place.clock.now_ms()))
    place.store.write_back()
    return came, dropped
