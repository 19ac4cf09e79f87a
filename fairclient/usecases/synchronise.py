"""Carry what is only here to the centre or the tent's hub, and bring what is new there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, TypeAlias

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store import hub_link
from fairclient.store.hub_link import HubLink
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.centre_line import centre_line
from fairclient.usecases.find_hub import elsewhere
from fairclient.usecases.known_people import bring_known_people
from fairclient.usecases.workplace import Workplace
from sync.client import engine, nearby
from sync.client.channel import Timeouts
from sync.client.greeting import check_server
from sync.client.http import HttpTransport
from sync.client.lessons import Lessons
from sync.client.ports import Cancelled, OnProgress
from sync.client.report import SyncReport
from sync.client.traffic import Traffic
from sync.client.trouble import SyncProblem, Trouble
from sync.wire import routes

NEW_INCARNATION = "new-incarnation"
"""The server knows a journal of ours that this laptop does not: it was restored from an image, or cloned."""

IN_THE_TENT: Final = Timeouts(connect_s=4.0, reply_s=30.0)
"""A hub is near: an address that does not answer soon is not its any more."""

_ELSEWHERE: Final = frozenset({"offline", "refused", "timeout", "interrupted", "tls", "stranger", "portal"})
"""What may only mean that the hub has another address now."""

_How: TypeAlias = tuple[Lessons | None, OnProgress | None, Cancelled | None]


def synchronise(
    place: Workplace,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
    *,
    lessons: Lessons | None = None,
    traffic: Traffic | None = None,
) -> SyncReport:
    """Make one pass with the station's server; the weather of the network is told in the report, not raised.

    Raises BadInput for a practice fair, which has no server.
    """
    if not place.identity.server_url:
        raise BadInput(
            _("Esta es una feria de práctica: no tiene una central con la que sincronizar."),
            _("Los datos ficticios están guardados aquí."),
            _("Para una feria de verdad, inscriba un equipo con el código de la central."),
            code="practice",
        )
    with centre_line(HttpTransport, place.identity, traffic) as line:
        report = _pass(place, line, (lessons, on_progress, cancelled))
    if report.problem is None and report.tier == "centre":
        bring_known_people(place, cancelled=cancelled)
    return report


def synchronise_with_hub(
    place: Workplace,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
    *,
    lessons: Lessons | None = None,
    look: nearby.Look = nearby.look,
) -> SyncReport:
    """Make one pass with the hub that was joined, at the first of its addresses where it is.

    Where it is at none of them, ``look`` says what other addresses are announced for it in this network.
    """
    link = joined(place)
    if link is None:
        return SyncReport(problem=SyncProblem("refused", "No hub was joined."))
    how = (lessons, on_progress, cancelled)
    report, address = _meet(place, link, link.places(), how)
    if not address:
        # what a stranger answers at an address that was only heard of is nothing to tell anybody
        found, address = _meet(place, link, elsewhere(link, look, cancelled), how)
        report = found if address else report
    if address and report.tier == "hub" and (report.problem is None or report.problem.code not in _UNSETTLED):
        _remember(place, link, link.found_at(address))
    return report


def wait_for_news(place: Workplace, mark: str, on_line: Callable[[HttpTransport], None]) -> str:
    """Wait until the hub has news for this laptop, or some seconds are over; gives the hub's mark.

    ``on_line`` is handed the line first: whoever calls its ``cut`` ends the waiting. Raises Trouble as the
    network gives it.
    """
    link = joined(place)
    if link is None:
        raise Trouble("refused")
    with _line(place, link, next(iter(link.places()), "")) as line:
        on_line(line)
        return line.wait(mark, routes.WAIT_SECONDS)


def ask_hub(place: Workplace, link: HubLink) -> SyncProblem | None:
    """Greet a hub at the addresses that are known; gives why it doesn't answer, None where it does."""
    told = SyncProblem("refused", "The hub has no address.")
    for address in link.places():
        with _line(place, link, address) as line:
            try:
                check_server(line.hello(), link.key)
            except Trouble as trouble:
                told = trouble.told()
            else:
                return None
    return told


_UNSETTLED: Final = frozenset({"not-joined", "code-unknown", "code-expired", "unknown-station", "revoked"})


def _meet(place: Workplace, link: HubLink, addresses: Iterable[str], how: _How) -> tuple[SyncReport, str]:
    """Make a pass at the first address where the hub is; gives that address, or "" and the last report."""
    report = SyncReport(problem=SyncProblem("refused", "The hub has no address."))
    for address in addresses:
        with _line(place, link, address) as line:
            report = _pass(place, line, how)
        if report.tier == "hub" or report.problem is None or report.problem.code not in _ELSEWHERE:
            return report, address
    return report, ""


def _pass(place: Workplace, line: HttpTransport, how: _How) -> SyncReport:
    """Make a pass; where the server knows another history of ours, go on under a new incarnation."""
    lessons, on_progress, cancelled = how
    report = SyncReport()
    for _attempt in range(2):
        report = engine.synchronise(
            StoreReplica(place.store), line, lessons=lessons, on_progress=on_progress, cancelled=cancelled
        )
        if report.problem is None or report.problem.code != NEW_INCARNATION:
            return report
        place.store.begin_incarnation()
    return report


def _line(place: Workplace, link: HubLink, address: str) -> HttpTransport:
    identity = place.identity
    return HttpTransport(
        address,
        identity.station,
        identity.private_key,
        link.key,
        fingerprint=link.certificate,
        code=link.code,
        timeouts=IN_THE_TENT,
    )


def joined(place: Workplace) -> HubLink | None:
    """The hub that this laptop has joined, or None."""
    with place.store.read() as session:
        return hub_link.read(session.connection())


def _remember(place: Workplace, before: HubLink, now: HubLink) -> None:
    if replace(now, code="") != before:
        with place.store.transaction() as connection:
            hub_link.save(connection, now)
