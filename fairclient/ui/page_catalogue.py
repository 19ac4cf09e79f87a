"""The pages of the window, as data: name, title, key, drawing, who may open it, and how to load it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fairclient.base.words import N_
from fairclient.ui.pages.page import Page


@dataclass(frozen=True)
class PageEntry:
    """One page. ``load`` imports its class when the page is first opened; ``roles`` empty is everybody."""

    name: str
    title: str
    key: str
    icon: str
    load: Callable[[], type[Page]]
    roles: frozenset[str] = frozenset()

    def open_to(self, roles: frozenset[str]) -> bool:
        """Whether somebody with these roles may open it."""
        return not self.roles or not self.roles.isdisjoint(roles)


# Each page is imported when it is first opened: the window is ready for the first key before that.
def _register() -> type[Page]:
    from fairclient.ui.pages.register.page import RegisterPage  # noqa: PLC0415

    return RegisterPage


def _find() -> type[Page]:
    from fairclient.ui.pages.find.page import FindPage  # noqa: PLC0415

    return FindPage


def _desk() -> type[Page]:
    from fairclient.ui.pages.desk.page import DeskPage  # noqa: PLC0415

    return DeskPage


def _close_day() -> type[Page]:
    from fairclient.ui.pages.close_day.page import CloseDayPage  # noqa: PLC0415

    return CloseDayPage


def _synchronise() -> type[Page]:
    from fairclient.ui.pages.synchronise.page import SynchronisePage  # noqa: PLC0415

    return SynchronisePage


def _printers() -> type[Page]:
    from fairclient.ui.pages.printers.page import PrintersPage  # noqa: PLC0415

    return PrintersPage


def _operators() -> type[Page]:
    from fairclient.ui.pages.operators.page import OperatorsPage  # noqa: PLC0415

    return OperatorsPage


PAGES = (
    PageEntry(
        "register", N_("Registrar"), "F2", "register", _register, frozenset({"registrar", "supervisor"})
    ),
    PageEntry("find", N_("Buscar"), "F3", "find", _find),
    PageEntry("desk", N_("Mesa"), "F4", "desk", _desk),
    PageEntry("close_day", N_("Cierre"), "F5", "close_day", _close_day, frozenset({"supervisor"})),
    PageEntry("synchronise", N_("Sincronizar"), "F6", "synchronise", _synchronise),
    PageEntry("printers", N_("Impresoras"), "F10", "printer", _printers),
    PageEntry("operators", N_("Operadores"), "F11", "key", _operators),
)
