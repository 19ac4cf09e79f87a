"""Serving people at the real Desk page: a slip is scanned, a key says what was done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt

from fairclient.demo.hands import Hands, Stuck
from fairclient.ui.pages.desk.page import DeskPage

EVERY_DESK = "*"
_STAYS_AWAY = 9
"""Of so many slips one is never brought to a desk: somebody went home."""
_NOT_GIVEN = 7
"""Of so many services one can't be given."""
_MOST_SERVICES = 24


def serve(
    hands: Hands, slips: Sequence[tuple[str, Sequence[str]]], picture: Path | None = None
) -> tuple[int, int]:
    """Scan slips (QR text, and what the person asks for); return how many services were given and not."""
    page = hands.open("desk", Qt.Key.Key_F4)
    if not isinstance(page, DeskPage):
        raise Stuck("the Desk page did not open")
    results: list[bool] = []
    for number, (token, services) in enumerate(slips):
        if number % _STAYS_AWAY == _STAYS_AWAY - 1:
            continue
        hands.scan(token)
        if picture is not None:
            hands.picture(picture)
            picture = None
        for service in services:
            given = len(results) % _NOT_GIVEN != _NOT_GIVEN - 1
            _answer(hands, page, service, given=given)
            results.append(given)
        hands.press(Qt.Key.Key_Escape)
        hands.rest()
    return results.count(True), results.count(False)


def _answer(hands: Hands, page: DeskPage, service: str, *, given: bool) -> None:
    """Go to a service of the slip that lies on the desk, and record it: given, or not and why."""
    for _step in range(_MOST_SERVICES):
        if page.panel.services.chosen() == service:
            break
        hands.press(Qt.Key.Key_Down)
    else:
        raise Stuck(f"the desk does not offer {service} for this slip")
    if given:
        hands.press(Qt.Key.Key_Return)
    else:
        hands.keys("n")
        hands.keys("1")
    hands.until(lambda: not page.panel.is_busy(), "the answer to be written")
    hands.rest()

