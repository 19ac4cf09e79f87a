"""Join the hub of the tent by its invitation, or leave it."""

from __future__ import annotations

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store import hub_link
from fairclient.store.hub_link import HubLink
from fairclient.usecases.sync_words import refusal
from fairclient.usecases.synchronise import joined, synchronise_with_hub
from fairclient.usecases.workplace import Workplace
from sync.client.report import SyncReport
from sync.wire import invitation
from sync.wire.problem import WireError

PREFIX = invitation.PREFIX


def join_hub(place: Workplace, text: str) -> SyncReport:
    """Join the hub that an invitation names, and exchange with it at once.

    Nothing is kept of an invitation that leads nowhere: the hub that was joined before stays. Raises BadInput
    (not-an-invitation, other-fair), or what sync_words.refusal makes of the network's trouble.
    """
    link = _link(place, text)
    before = joined(place)
    with place.store.transaction() as connection:
        hub_link.save(connection, link)
    report = synchronise_with_hub(place)
    if report.problem is not None and not report.tier:
        with place.store.transaction() as connection:
            hub_link.forget(connection)
            if before is not None:
                hub_link.save(connection, before)
        raise refusal(report.problem)
    return report


def leave_hub(place: Workplace) -> None:
    """Leave the hub. What only the hub has of ours counts as being here alone again."""
    with place.store.transaction() as connection:
        hub_link.forget(connection)


def _link(place: Workplace, text: str) -> HubLink:
    try:
        found = invitation.decode(text)
    except WireError as error:
        raise BadInput(
            _("Ese texto no es la invitación de un concentrador, o está incompleto."),
            _("No se cambió nada."),
            _("Escanee otra vez el código QR que muestra el concentrador, o pegue su texto entero."),
            code="not-an-invitation",
        ) from error
    if found.fair != place.fair:
        raise BadInput(
            _("Ese concentrador es de otra feria."),
            _("No se cambió nada y no se le envió ningún dato."),
            _("Escanee el código del concentrador de esta feria."),
            code="other-fair",
        )
    return HubLink(
        found.hub,
        found.name,
        bytes.fromhex(found.key),
        found.certificate,
        found.addresses,
        code=found.code,
    )
