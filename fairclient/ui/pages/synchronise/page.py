"""The Sync page: for every record the truth about where it is, and the pass that brings it to the centre."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fairclient.base.settings import STICK_FOLDER
from fairclient.base.words import N_, _
from fairclient.documents.scanned import ScannedInvitation, ScannedReceipts
from fairclient.store.hub_link import HubLink
from fairclient.store.queries.truth import RecordTruth
from fairclient.ui import theme
from fairclient.ui.equipment import Equipment
from fairclient.ui.network.network import Network
from fairclient.ui.pages.page import Announce, Page
from fairclient.ui.pages.synchronise.choices import ChoicesCard
from fairclient.ui.pages.synchronise.counts import Counts
from fairclient.ui.pages.synchronise.enrol import EnrolAnother
from fairclient.ui.pages.synchronise.facts import PAGE, SyncFacts, read_facts, read_more
from fairclient.ui.pages.synchronise.headline import Around, missing_words
from fairclient.ui.pages.synchronise.hub import HubCard
from fairclient.ui.pages.synchronise.last_pass import LastPass, TruthBand
from fairclient.ui.pages.synchronise.records import RecordModel, RecordTable
from fairclient.ui.pages.synchronise.stations import StationsCard
from fairclient.ui.pages.synchronise.stick import StickCard
from fairclient.ui.pages.synchronise.tent import Tent
from fairclient.ui.pages.synchronise.words import CENTRE, HERE, HUB, QUARANTINED, STICK, time_words
from fairclient.ui.runner import Runner
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.columns import Columns
from fairclient.ui.widgets.empty_state import EmptyState
from fairclient.ui.widgets.page_scroll import PageScroll
from fairclient.ui.widgets.text import Text
from fairclient.ui.widgets.truth_pill import BUSY
from fairclient.usecases.ask_enrolment_code import MAY_ENROL
from fairclient.usecases.import_bundle import ImportedBundle, bring_from_stick
from fairclient.usecases.import_receipts import ImportedReceipts, import_receipts_text
from fairclient.usecases.save_bundle import SavedBundle, save_bundle_in
from fairclient.usecases.workplace import Workplace

NARROW = 860
"""Logical pixels of width under which the right column goes beneath the list."""

_ALL = frozenset(
    {"attendee", "household", "authorisation", "visit", "referral", "slip", "outcome", "day_closed"}
    | {"station", "receipt"}
)


class SynchronisePage(Page):
    """Counts, a list that they filter, one key to synchronise, and the words about the last pass."""

    NAME = "synchronise"
    TITLE = N_("Sincronizar")
    KEY = "F6"
    SHOWS = _ALL

    def __init__(self, place: Workplace, runner: Runner, announce: Announce) -> None:
        super().__init__(place, runner, announce)
        self._network: Network | None = None
        self._zone = ""
        self._number = 0
        self._more_to_come = False
        self._link: HubLink | None = None
        self._facts: SyncFacts | None = None
        self.truth = TruthBand()
        self.counts = Counts()
        self.model = RecordModel()
        self.table = RecordTable(self.model)
        self.empty = EmptyState("done", "")
        self.detail = Text("", "soft", wrap=True)
        self.last = LastPass()
        self.stations = StationsCard()
        self.stick = StickCard()
        self.hub = HubCard()
        self.choices = ChoicesCard()
        self.tent = Tent(place, runner, self.hub, self)
        self.another = EnrolAnother(self)
        self._lay_out()
        self.truth.sync.clicked.connect(self.synchronise)
        self.truth.cancel.clicked.connect(self.stop)
        self.counts.changed.connect(lambda _where: self.refresh())
        self.table.end_reached.connect(self._read_more)
        self.table.chosen.connect(self._show_detail)
        self.stick.save_to.connect(self.save_bundle)
        self.stick.bring.connect(self.bring_receipts)
        self.tent.changed.connect(self.refresh)
        self.tent.trouble.connect(self.trouble)
        self.tent.joined.connect(self._joined)
        self.stations.enrol.clicked.connect(self.another.open)

    def equip(self, equipment: Equipment) -> None:
        """Follow the network that the window lends."""
        super().equip(equipment)
        self.follow(equipment.network)
        self.stick.folder = equipment.settings.get(STICK_FOLDER)
        self.choices.use(equipment.settings)

    def follow(self, network: Network) -> None:
        """Show what ``network`` does, from now on."""
        self._network = network
        network.state_changed.connect(self._show_state)
        network.progressed.connect(self.truth.show_progress)
        network.finished.connect(self._show_report)
        network.failed.connect(self.trouble)
        network.hub_finished.connect(self._show_hub)
        self.choices.automatic.connect(network.set_automatic)
        self.tent.network = network
        self._show_state(network.state)
        self.truth.sync.setEnabled(network.has_centre)
        self.stations.set_may_enrol(network.has_centre and self.place.may(*MAY_ENROL))
        if not network.has_centre:
            self.last.show_practice()
            for card in (self.stick, self.hub, self.choices):
                card.set_practice()
        if network.report is not None:
            self._show_report(network.report)

    def receive(self, what: object) -> None:
        """Take the receipts of a QR code that somebody scanned, whatever page was open."""
        if isinstance(what, ScannedReceipts):
            self.stick.show_taking()
            self._on_stick(import_receipts_text, what.text, self._brought)
        elif isinstance(what, ScannedInvitation):
            self.tent.join(what.text)

    def refresh(self) -> None:
        """Read the counts, the list and the laptops; the latest reading wins."""
        self._number += 1
        number = self._number
        self.ask(
            read_facts,
            self.place,
            self.counts.chosen(),
            then=lambda facts: self._show_facts(facts) if number == self._number else None,
        )

    def first_focus(self) -> QWidget:
        """The one thing to do."""
        return self.truth.sync if self.truth.sync.isEnabled() else self.table

    def synchronise(self) -> None:
        """Make a pass now."""
        if self._network is not None:
            self._network.sync_now()

    def stop(self) -> None:
        """End the pass at the next batch."""
        if self._network is not None:
            self._network.cancel()
            self.truth.set_stopping()

    def save_bundle(self, folder: Path) -> None:
        """Save what the centre lacks into ``folder``, which is remembered."""
        self._remember(folder)
        self.stick.show_saving()
        self._on_stick(save_bundle_in, folder, self._saved)

    def bring_receipts(self, file: Path) -> None:
        """Take the receipts that came back."""
        self._remember(file.parent)
        self.stick.show_taking()
        self._on_stick(bring_from_stick, file, self._brought)

    def _on_stick(self, act: Callable[..., Any], what: Path | str, then: Callable[[Any], None]) -> None:
        """Run off the database's lane: a cheap stick may take minutes."""
        job = self.runner.network(act, self.place, what)
        job.done.connect(then)
        job.failed.connect(self._stick_failed)

    def _saved(self, saved: SavedBundle) -> None:
        self.stick.show_saved(saved, self.place.now(), self._zone)
        self.announce({"receipt"})

    def _brought(self, done: ImportedReceipts | ImportedBundle) -> None:
        if isinstance(done, ImportedBundle):
            self.stick.show_bundle(done)
            self.announce(_ALL)
        else:
            self.stick.show_taken(done)
            self.announce({"receipt"})

    def _stick_failed(self, error: Exception) -> None:
        self.stick.give_up()
        self.trouble.emit(error)

    def _remember(self, folder: Path) -> None:
        self.stick.folder = str(folder)
        if self.equipment is not None:
            self.equipment.settings.set(STICK_FOLDER, str(folder))

    def _show_state(self, state: str) -> None:
        focused = self.truth.sync.hasFocus() or self.truth.cancel.hasFocus()
        self.truth.set_busy(state == BUSY)
        if focused:
            target = self.truth.cancel if state == BUSY else self.truth.sync
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_report(self, report: Any) -> None:
        self.last.show_report(report, time_words(self.place.now(), self._zone))

    def _joined(self, name: str) -> None:
        self.news.emit(_("Unido al concentrador"), name)

    def _show_hub(self, _report: Any = None) -> None:
        """Show the hub as it was read last, and how the last pass with it went."""
        report = self._network.hub_report if self._network is not None else None
        time = time_words(self.place.now(), self._zone) if report is not None and self._zone else ""
        self.hub.show_state(
            self._link,
            hosts=self.tent.hosting.hub is not None,
            report=report if self._link else None,
            time=time,
        )
        self._show_truth()

    def _show_truth(self) -> None:
        """Say whether everything is at the centre: of this laptop, and for who supervises of all."""
        if self._facts is None:
            return
        supervises = not self.place.operator.roles.isdisjoint({"supervisor", "administrator"})
        told = supervises and self._network is not None and self._network.has_centre
        missing = missing_words(self._facts.stations) if told else ()
        self.truth.show_truth(self._facts.counts, Around(self._facts.held, self.hub.standing(), missing))

    def _show_facts(self, facts: SyncFacts) -> None:
        self._zone = facts.time_zone
        self._link = facts.hub
        self._facts = facts
        self._show_hub()
        self.counts.show_counts(facts.counts)
        self.model.show_records(facts.records, facts.time_zone)
        self._show_detail("")
        self.stick.show_last(facts.stick, facts.time_zone)
        self.stations.show_stations(facts.stations, facts.time_zone, self.place.now())
        self._more_to_come = len(facts.records) == PAGE
        self.table.setVisible(bool(facts.records))
        self.empty.setVisible(not facts.records)
        self.empty.set_words(*_nothing(facts.where))

    def _show_detail(self, words: str) -> None:
        self.detail.setText(words)
        self.detail.setVisible(bool(words))

    def _read_more(self) -> None:
        if not self._more_to_come:
            return
        self._more_to_come = False
        number = self._number
        self.ask(
            read_more,
            self.place,
            self.counts.chosen(),
            self.model.rowCount(),
            then=lambda records: self._show_more(records) if number == self._number else None,
        )

    def _show_more(self, records: tuple[RecordTruth, ...]) -> None:
        self.model.add_records(records)
        self._more_to_come = len(records) == PAGE

    def _lay_out(self) -> None:
        records = Card(_("Registros de este equipo"), "1 … 4")
        records.add(self.table, 1)
        records.add(self.detail)
        records.add(self.empty, 1)
        self.detail.hide()
        records.setMinimumHeight(theme.scaled(280))
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.last)
        column.addWidget(self.hub)
        column.addWidget(self.stations, 1)
        column.addWidget(self.stick)
        column.addWidget(self.choices)
        side.setMinimumWidth(theme.scaled(280))
        scroll = PageScroll(self)
        scroll.add(self.truth)
        scroll.add(self.counts)
        scroll.add(Columns([(records, 5), (side, 2)], NARROW), 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)


def _nothing(where: str) -> tuple[str, str, str]:
    """What stands where the list is empty: a sentence, a quieter one, a drawing."""
    return {
        HERE: (_("Nada está solo en este equipo"), _("Todo tiene ya otra copia."), "done"),
        HUB: (_("Nada está en el concentrador"), _("Lo de esta feria va directo a la central."), "hub"),
        CENTRE: (_("Nada tiene aún acuse de la central"), _("Sincronice cuando haya red."), "receipt"),
        STICK: (_("Nada salió en una memoria"), _("Lo que guarde en una memoria aparecerá aquí."), "usb"),
        QUARANTINED: (_("Nada está aparte"), _("La central aceptó todo lo que recibió."), "done"),
    }.get(where, (_("Este equipo aún no ha escrito nada"), _("Cada registro aparecerá aquí."), "here"))
