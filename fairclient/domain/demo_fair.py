"""The fictional fair that is practised on."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fairclient.base import resources
from sync.wire.desk import Desk
from sync.wire.fair import Fair
from sync.wire.service import Service


@dataclass(frozen=True, slots=True)
class DemoFair:
    """A fair with its services and desks, all invented."""

    fair: Fair
    services: tuple[Service, ...]
    desks: tuple[Desk, ...]


def load() -> DemoFair:
    """The demo fair of `resources/demo/fair.json`; its days are an example, to be replaced by today."""
    read = json.loads(resources.path("demo/fair.json").read_text("utf-8"))
    return DemoFair(
        Fair.model_validate(read["fair"]),
        tuple(Service.model_validate(service) for service in read["services"]),
        tuple(Desk.model_validate(desk) for desk in read["desks"]),
    )
