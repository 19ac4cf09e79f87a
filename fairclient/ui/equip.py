"""Builds what the window lends its pages."""

from __future__ import annotations

from fairclient.base.settings import SOUND, Settings
from fairclient.ui.equipment import Equipment
from fairclient.ui.network.network import Network
from fairclient.ui.printing.printing import Printing
from fairclient.ui.runner import Runner
from fairclient.ui.sound import Sounds
from fairclient.usecases.workplace import Workplace


def equip(place: Workplace, runner: Runner, settings: Settings) -> Equipment:
    """The equipment of a workspace."""
    return Equipment(
        settings,
        Printing(place, runner, settings),
        Network(place, runner, settings=settings),
        Sounds(settings.get(SOUND)),
    )
