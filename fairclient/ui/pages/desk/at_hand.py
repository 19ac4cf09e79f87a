"""The slip that lies on the desk: read, shown, acted upon and, within a minute, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from fairclient.base.errors import SlipRefused
from fairclient.base.words import _
from fairclient.domain import catalogues
from fairclient.store.queries.desk import Owed
from fairclient.store.queries.states import SERVED
from fairclient.ui.pages.desk import words as desk_words
from fairclient.ui.pages.desk.answer import Remark
from fairclient.ui.pages.desk.facts import DeskFacts
from fairclient.ui.pages.desk.notes import show_notes
from fairclient.ui.pages.desk.panel import DeskPanel
from fairclient.ui.pages.desk.recent import Done, RecentCard
from fairclient.ui.pages.desk.undo import Undoing
from fairclient.ui.pages.page import Page
from fairclient.usecases.read_at_desk import ANY_DESK, AtDesk, DeskService, read_at_desk
from fairclient.usecases.read_slip import flag_words
from fairclient.usecases.record_outcome import Recorded, record_outcome
from fairclient.usecases.refer_on import ReferredOn, refer_on
from fairclient.usecases.reopen import REOPENS, reopen
from fairclient.usecases.reserved import sees_reserved


class SlipAtHand(QObject):
    """Goes between the page's panel and the use cases, for the desk with ``letter`` of ``facts``.

    Signals:
        read_ended(): what was read is on the panel, or refused there.
        rested(): nothing lies on the desk any more, or nothing is left to do: the box may have the focus.
        heard(str): a sound would help, ``done`` or ``attention``.
    """

    read_ended = Signal()
    rested = Signal()
    heard = Signal(str)

    def __init__(self, page: Page, panel: DeskPanel, recent: RecentCard) -> None:
        super().__init__(page)
        self._page, self._panel, self._recent = page, panel, recent
        self.letter = ""
        self.facts: DeskFacts | None = None
        self._at: AtDesk | None = None
        self._number = 0
        self._reading = self._confirmed = False
        self._undoing = Undoing(page, recent)
        self._undoing.undone.connect(lambda done: self.read(done.text))
        panel.outcome.connect(self._record)
        panel.refer_to.connect(self._refer)
        panel.dismissed.connect(self.put_away)
        panel.again_wanted.connect(self._open_again)
        panel.hurried.connect(self.confirm)
        panel.notes_wanted.connect(self._show_notes)

    def read(self, text: str) -> None:
        """Read a token or a code; the latest one wins, an older answer is dropped."""
        self._number += 1
        number = self._number
        self._set_reading(True)
        self._page.ask(
            read_at_desk,
            self._page.place,
            text,
            self.letter,
            then=lambda at: self._show(at) if number == self._number else None,
            fail=lambda error: self._refuse(error) if number == self._number else None,
        )

    def confirm(self) -> None:
        """Enter was pressed while the answer is being read: it presses what will be highlighted then.

        So a quick hand is not lost on a slow laptop. Where there is more than one thing to do for this person
        it does nothing: nobody chooses what she has not seen.
        """
        self._confirmed = self._reading

    def put_away(self) -> None:
        """Clear the desk."""
        self._number += 1
        self._set_reading(False)
        self._at = None
        self._panel.show_answer(desk_words.ready(self.letter))
        self.rested.emit()

    def _set_reading(self, reading: bool) -> None:
        self._reading, self._confirmed = reading, False
        self._panel.set_reading(reading)

    def _show(self, at: AtDesk) -> None:
        confirmed = self._confirmed
        self._set_reading(False)
        self._at = at
        self._present(at)
        waiting = [service for service in at.here if service.is_open]
        self.heard.emit("done" if waiting else "attention")
        self.read_ended.emit()
        if confirmed and len(waiting) == 1:
            self._panel.serve.click()

    def _refuse(self, error: Exception) -> None:
        self._set_reading(False)
        self._at = None
        self.read_ended.emit()
        if not isinstance(error, SlipRefused):
            self.put_away()
            self._page.trouble.emit(error)
            return
        said = (("arrow", "accent_ink", error.do, "title"), ("shield", "done_ink", error.safe, "body"))
        self._panel.show_answer(desk_words.refused(error), [Remark(*one) for one in said if one[2]])
        self.heard.emit("attention")
        self.rested.emit()

    def _present(self, at: AtDesk) -> None:
        """Show what is owed, or that nothing is."""
        chosen = next((service.service for service in at.here if service.is_open), "")
        if self.facts is not None:
            reasons = [(reason.code, reason.name) for reason in catalogues.not_served_reasons()]
            known = at.read.view is not None
            self._panel.set_choices(reasons, self.facts.elsewhere(self.letter), paper=known)
        answer = desk_words.called(at) if chosen else desk_words.nothing_here(at)
        where = desk_words.where_next(at) if chosen else desk_words.send_on(at)
        flags = [Remark("info", "accent_ink", flag_words(flag)) for flag in at.read.flags]
        self._panel.show_answer(answer, [*_way(where), *flags], self._rows(at), chosen)
        self._panel.notes.setVisible(self._about(at) is not None)
        if not chosen:
            if at.here:
                self._panel.offer_again(_("Reabrir") if _mistaken(at) else _("Atender otra vez"))
            self.rested.emit()

    def _open_again(self) -> None:
        """Open by an entry what was not given; what was given may be given once more, and both are kept."""
        at = self._at
        if at is None:
            return
        mistaken = _mistaken(at)
        if mistaken:
            desk = "" if self.letter == ANY_DESK else self.letter
            self._page.ask(
                reopen, self._page.place, at.read, mistaken, desk, then=lambda _ids: self._reopened(at)
            )
            return
        self._at = replace(at, here=tuple(replace(one, state="reopened") for one in at.here))
        self._present(self._at)

    def _reopened(self, at: AtDesk) -> None:
        self._page.announce({"outcome"})
        self.read(at.text)

    def _about(self, at: AtDesk) -> Owed | None:
        """The protected service of this desk that sealed notes are about, for a focal point."""
        if not sees_reserved(self._page.place):
            return None
        mine = {service.service for service in at.here}
        return next((one for one in at.read.owed if one.sensitive and one.service in mine), None)

    def _show_notes(self) -> None:
        about = self._about(self._at) if self._at is not None else None
        if about is not None and self._at is not None:
            show_notes(self._page, about.referral, self._at.read.turn, self._zone())

    def _rows(self, at: AtDesk) -> list[tuple[DeskService, str]]:
        now = self._page.place.now()
        return [(one, desk_words.earlier_words(one, self._zone(), now)) for one in at.here]

    def _record(self, result: str, reason: str) -> None:
        words = desk_words.reason_words(reason) if reason else ""
        self._act(record_outcome, result, words, result, reason)

    def _refer(self, to: str, paper: bool) -> None:
        services = dict(self.facts.services) if self.facts else {}
        self._act(partial(refer_on, paper=paper), "referred_on", services.get(to, to), to)

    def _act(self, act: Callable[..., object], result: str, words: str, *args: str) -> None:
        """Write what was chosen for the chosen service; ``words`` are its reason, or where to."""
        at, code = self._at, self._panel.services.chosen()
        service = next((one for one in at.here if one.service == code), None) if at else None
        if at is None or service is None:
            return
        self._panel.set_busy(True)
        desk = "" if self.letter == ANY_DESK else self.letter
        self._page.ask(
            act,
            self._page.place,
            at.read,
            code,
            *args,
            desk,
            then=partial(self._recorded, at, service, result, words),
            fail=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._panel.set_busy(False)
        self._page.trouble.emit(error)

    def _recorded(
        self, at: AtDesk, service: DeskService, result: str, words: str, done: Recorded | ReferredOn
    ) -> None:
        self._panel.set_busy(False)
        self._recent.add_done(
            Done(
                done.outcome,
                at.read.turn,
                at.read.display_name,
                service.name,
                result,
                self._time(),
                words,
                at.text,
            )
        )
        if isinstance(done, ReferredOn):
            self._hand_over(at, done)
        elif done.earlier:
            self._page.news.emit(
                _("Esta ficha ya tenía una atención"),
                _("Se guardaron las dos; se revisan en el cierre del día."),
            )
        if at is self._at:
            self._go_on(at, service, result)
        self._page.announce({"outcome", "referral", "slip"} if isinstance(done, ReferredOn) else {"outcome"})

    def _go_on(self, at: AtDesk, service: DeskService, result: str) -> None:
        """Turn to the next service of this slip, or say that it is done."""
        changed = (replace(one, state=result) if one is service else one for one in at.here)
        self._at = at = replace(at, here=tuple(changed))
        if any(one.is_open and one.service != service.service for one in at.here):
            self._present(at)
            return
        way = _way(desk_words.where_next(at))
        self._panel.show_answer(desk_words.recorded(at, service, result), way, self._rows(at))
        self.heard.emit("done")
        self.rested.emit()

    def _hand_over(self, at: AtDesk, done: ReferredOn) -> None:
        self._undoing.remember(done)
        if done.slip is not None and self._page.equipment is not None:
            self._page.equipment.printing.print_slips([done.slip])
        elif at.read.view is None:
            self._page.news.emit(
                _("Remisión anotada"), _("Para una ficha nueva, envíe a la persona a un punto de registro.")
            )
        else:
            words = _("Ya la tenía en su ficha.") if done.already else _("Le sirve la ficha que tiene.")
            self._page.news.emit(_("Remisión anotada"), words)

    def _time(self) -> str:
        now = self._page.place.now()
        return desk_words.moment_words(now, self._zone(), now)

    def _zone(self) -> str:
        return self.facts.time_zone if self.facts else ""


def _way(words: str) -> list[Remark]:
    """Where the person goes next, if anywhere."""
    return [Remark("arrow", "accent_ink", words, "title")] if words else []


def _mistaken(at: AtDesk) -> list[str]:
    """What was closed at this desk without being given, where nothing at all was given."""
    if any(service.state == SERVED for service in at.here):
        return []
    return [service.service for service in at.here if service.state in REOPENS]
