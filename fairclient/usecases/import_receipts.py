"""Take the centre's signed receipts from a file, or from the text of a QR code: they count like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.workplace import Workplace
from sync.client.bundle import AGE_MAGIC
from sync.wire import receipts_file
from sync.wire.journal import JournalId
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt, verify


@dataclass(frozen=True)
class ImportedReceipts:
    """``receipts`` proved ones came, which cover ``acknowledged`` more of our entries; ``left`` lack one.

    ``quarantined`` entries the centre keeps aside; ``unused`` receipts are about journals, or a history of
    one, that are not here.
    """

    receipts: int
    acknowledged: int
    quarantined: int
    left: int
    unused: int


def import_receipts(place: Workplace, path: Path) -> ImportedReceipts:
    """Read a file of receipts and keep those that are proved. The file itself is left as it is.

    Raises BadInput (unreadable, sealed-bundle, not-receipts, foreign-receipts, bad-signature): nothing of the
    file counts then.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(receipts_file.MAX_BYTES + 1)
    except OSError:
        _refuse("unreadable", path.name)
    if raw.startswith(AGE_MAGIC):
        _refuse("sealed-bundle", path.name)
    return _import(place, raw, path.name)


def import_receipts_text(place: Workplace, text: str) -> ImportedReceipts:
    """Read the text of a QR code with receipts, as a scanner types it.

    Raises BadInput as ``import_receipts``.
    """
    return _import(place, text.strip().encode("utf-8", "replace"), _("El código"))


def refuse_bundle(path: Path) -> NoReturn:
    """Say why a laptop can't open a sealed bundle. Raises BadInput."""
    _refuse("sealed-bundle", path.name)


def _import(place: Workplace, raw: bytes, name: str) -> ImportedReceipts:
    try:
        found = receipts_file.decode(raw)
    except WireError:
        _refuse("not-receipts", name)
    identity = place.identity
    if any(receipt.server != identity.server for receipt in found):
        _refuse("foreign-receipts", name)
    if not all(verify(receipt, identity.server_public_key) for receipt in found):
        _refuse("bad-signature", name)
    replica = StoreReplica(place.store)
    before = replica.left()
    kept, unused = _keep(replica, found)
    left = replica.left()
    return ImportedReceipts(len(kept), before - left, _apart(kept, identity.station), left, unused)


def _keep(replica: StoreReplica, found: Sequence[Receipt]) -> tuple[list[Receipt], int]:
    """Keep what is about our copies of journals; gives it, and how many receipts are about others."""
    known = replica.heads()
    kept = []
    for receipt in found:
        if known.get(receipt.journal, (0, ""))[0] >= receipt.seq:
            try:
                replica.save_receipt(receipt)
            except WireError:  # a history that is not ours: a copy of this laptop wrote it
                continue
            kept.append(receipt)
    return kept, len(found) - len(kept)


def _apart(kept: Sequence[Receipt], station: str) -> int:
    """How many of our own entries the centre keeps aside."""
    own = [receipt for receipt in kept if JournalId.parse(receipt.journal).station == station]
    return len(
        {
            (receipt.journal, verdict.seq)
            for receipt in own
            for verdict in receipt.verdicts
            if verdict.verdict == "quarantined"
        }
    )


def _refuse(code: str, name: str) -> NoReturn:
    what, do = {
        "unreadable": (
            _("No se puede leer {name}."),
            _("Revise que la memoria esté conectada y que el archivo esté en ella."),
        ),
        "sealed-bundle": (
            _("{name} es un paquete sellado: solo lo abren la central y la llave de rescate."),
            _("Llévelo a la central. De allí vuelve un archivo con el acuse, y ese sí se trae aquí."),
        ),
        "not-receipts": (
            _("{name} no tiene acuses que se puedan leer: está incompleto, dañado o es otra cosa."),
            _("Cópielo otra vez desde la memoria, o pida a la central otro archivo de acuses."),
        ),
        "foreign-receipts": (
            _("{name} tiene acuses de otra central, no de la de esta feria."),
            _("Revise que sea el archivo de esta feria."),
        ),
        "bad-signature": (
            _("Una firma de {name} no es de la central: se rechazó entero."),
            _("Pida a la central otro archivo de acuses. Si se repite, avise a la persona de soporte."),
        ),
    }[code]
    raise BadInput(
        what.format(name=name),
        _("No se cambió nada: los registros siguen aquí, y el archivo como estaba."),
        do,
        code=code,
    )
