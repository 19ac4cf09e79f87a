"""Sticks of a world: bundles that laptops save, whoever takes them, and the receipts that go back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from fairclient.base.errors import BadInput
from fairclient.usecases.import_bundle import import_bundle
from fairclient.usecases.import_receipts import import_receipts
from fairclient.usecases.save_bundle import save_bundle
from tests.faults.centre import Centre
from tests.faults.laptop import Laptop, refused_as


def save(laptop: Laptop, to: Path, *, everything: bool = False) -> Path | None:
    """Save a bundle; None where there is nothing that a stick could carry."""
    refused = refused_as(("nothing",), lambda: save_bundle(laptop.place, to, everything=everything))
    return None if refused else to


def to_the_centre(centre: Centre, stick: Path, back_to: Laptop | None = None) -> None:
    """Import a bundle at the centre, and take its receipts back to a laptop."""
    receipts = centre.take_stick(stick)
    if receipts and back_to is not None:
        file = stick.with_suffix(".receipts")
        file.write_bytes(receipts)
        import_receipts(back_to.place, file)


def to_a_laptop(laptop: Laptop, stick: Path) -> None:
    """Import a bundle at a supervisor's laptop; one that was made before she was known here is not opened."""
    with suppress(BadInput):
        import_bundle(laptop.place, stick)
