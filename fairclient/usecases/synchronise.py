"""Carry what is only here to the centre, and bring what is new there."""

from __future__ import annotations

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.known_people import bring_known_people
from fairclient.usecases.workplace import Workplace
from sync.client import engine
from sync.client.http import HttpTransport
from sync.client.ports import Cancelled, OnProgress
from sync.client.report import SyncReport

NEW_INCARNATION = "new-incarnation"
"""The server knows a journal of ours that this laptop does not: it was restored from an image, or cloned."""


def synchronise(
    place: Workplace,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
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
    report = _one_pass(place, on_progress, cancelled)
    if report.problem is not None and report.problem.code == NEW_INCARNATION:
        place.store.begin_incarnation()
        report = _one_pass(place, on_progress, cancelled)
    if report.problem is None and report.tier == "centre":
        bring_known_people(place, cancelled=cancelled)
    return report


def _one_pass(place: Workplace, on_progress: OnProgress | None, cancelled: Cancelled | None) -> SyncReport:
    identity = place.identity
    with HttpTransport(
        identity.server_url, identity.station, identity.private_key, identity.server_public_key
    ) as transport:
        return engine.synchronise(
            StoreReplica(place.store), transport, on_progress=on_progress, cancelled=cancelled
        )
