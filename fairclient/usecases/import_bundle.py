"""Take what another laptop saved on a stick, at a supervisor's laptop: often, with one effect."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store import sealing
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.import_receipts import ImportedReceipts, import_receipts
from fairclient.usecases.workplace import Workplace
from sync.client.bundle import AGE_MAGIC
from sync.wire import bundle as wire
from sync.wire.batch import Batch
from sync.wire.bundle import Bundle
from sync.wire.problem import WireError

MAX_FILE: Final = wire.MAX_BYTES + 1024 * 1024
"""Bytes of a sealed file: age adds 16 for each 64 KiB and a header."""


@dataclass(frozen=True)
class ImportedBundle:
    """``new`` of the bundle's ``entries`` were not here; ``waiting`` journals could not be taken yet."""

    station: str
    number: int
    entries: int
    new: int
    waiting: int


def bring_from_stick(place: Workplace, path: Path) -> ImportedReceipts | ImportedBundle:
    """Take a file of receipts, or a bundle of another laptop. Raises as the one or the other."""
    try:
        with path.open("rb") as file:
            is_sealed = file.read(len(AGE_MAGIC)) == AGE_MAGIC
    except OSError:
        is_sealed = False  # the other one says in words what is wrong
    return import_bundle(place, path) if is_sealed else import_receipts(place, path)


def import_bundle(place: Workplace, path: Path) -> ImportedBundle:
    """Open a bundle with the key of the supervisor at work, check it whole, and take what is new.

    Every seal is checked with the key of its own station; from here it goes on to the hub and the centre as
    if it had come over the line. The file is left as it is.

    Raises BadInput (unreadable, sealed-bundle, damaged-bundle, other-fair): nothing is taken then.
    """
    found = _opened(place, path)
    replica = StoreReplica(place.store)
    if found.manifest.fair != place.fair:
        _refuse("other-fair", path)
    try:
        _check(replica, found)
    except WireError:
        _refuse("damaged-bundle", path)
    before, own = _held(replica), set(replica.own_journals())
    troubled: set[str] = set()
    for batch in _bare_last(found):
        name = str(batch.journal)
        if name in troubled or batch.journal in own:
            continue
        try:
            _check_bodies(replica, batch, found.manifest.station)
            replica.receive(batch)
        except WireError:  # its station is not known here yet, or entries or bodies are missing
            troubled.add(name)
    manifest = found.manifest
    new = _held(replica) - before
    return ImportedBundle(manifest.station, manifest.number, manifest.entries, new, len(troubled))


def _opened(place: Workplace, path: Path) -> Bundle:
    try:
        with path.open("rb") as file:
            sealed = file.read(MAX_FILE + 1)
    except OSError:
        _refuse("unreadable", path)
    plain = sealing.opened(sealed, place.operator.key) if len(sealed) <= MAX_FILE else None
    if plain is None:
        _refuse("sealed-bundle", path)
    try:
        return wire.decode(plain)
    except WireError:
        _refuse("damaged-bundle", path)


def _check(replica: StoreReplica, found: Bundle) -> None:
    """Check the list's signature and every seal whose station is known, before the first batch is used."""
    maker = replica.public_key_of(found.manifest.station)
    if maker is None:
        raise WireError("unknown-station")
    found.check_signature(maker)
    for batch in found.batches:
        key = replica.public_key_of(batch.journal.station)
        if key is not None:
            batch.check_seal(key)


def _bare_last(found: Bundle) -> list[Batch]:
    """The batches in their order, but whole journals before those of which bodies are lacking."""
    bare = {batch.journal for batch in found.batches if any(one.body is None for one in batch.entries)}
    return sorted(found.batches, key=lambda batch: batch.journal in bare)


def _check_bodies(replica: StoreReplica, batch: Batch, maker: str) -> None:
    """Refuse another's entries without their bodies, unless they were erased: they would be so for good."""
    if batch.journal.station != maker and not replica.is_whole(batch):
        raise WireError("garbled")


def _held(replica: StoreReplica) -> int:
    return sum(seq for seq, _digest in replica.heads().values())


def _refuse(code: str, path: Path) -> NoReturn:
    what, do = {
        "unreadable": (
            _("No se puede leer {name}."),
            _("Revise que la memoria esté conectada y que el archivo esté en ella."),
        ),
        "sealed-bundle": (
            _("{name} es un paquete que aquí no se puede abrir, o está dañado."),
            _("Lo abren la central, la llave de rescate y quienes supervisan la feria, con su contraseña."),
        ),
        "damaged-bundle": (
            _("{name} se rechazó entero: está incompleto o cambiado, o es de un equipo desconocido aquí."),
            _("Cópielo otra vez desde la memoria, o guarde otro paquete en aquel equipo."),
        ),
        "other-fair": (
            _("{name} es un paquete de otra feria."),
            _("Llévelo a la central."),
        ),
    }[code]
    raise BadInput(
        what.format(name=path.name),
        _("No se cambió nada: los registros siguen aquí, y el archivo como estaba."),
        do,
        code=code,
    )
