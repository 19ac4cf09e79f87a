"""What the window lends its pages: the printer, the network, the sounds and the options."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.base.settings import Settings
from fairclient.ui.network.network import Network
from fairclient.ui.printing.printing import Printing
from fairclient.ui.sound import Sounds


@dataclass(frozen=True)
class Equipment:
    """Handed to each page after it has been built."""

    settings: Settings
    printing: Printing
    network: Network
    sounds: Sounds
