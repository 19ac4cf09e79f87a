"""Save what the centre may lack as one sealed file on a stick."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from fairclient.base.clock import moment
from fairclient.base.errors import BadInput, DiskFull, HomeNotWritable
from fairclient.base.files import write_verified
from fairclient.base.words import _
from fairclient.store import operator_keys, sealing, sticks
from fairclient.store.queries import reference
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.permission import access_holds
from fairclient.usecases.workplace import Workplace
from sync.client.bundle import BundleFailed, Packed, Sender, pack
from sync.wire.journal import JournalId
from sync.wire.station import Station

SUFFIX = ".age"


@dataclass(frozen=True)
class OnBoard:
    """How many entries of a laptop a bundle holds."""

    station: str
    name: str
    point: str
    entries: int
    own: bool


@dataclass(frozen=True)
class SavedBundle:
    """A bundle that stands whole at ``path``; ``left_out`` entries did not fit in and go with the next."""

    number: int
    path: Path
    entries: int
    stations: tuple[OnBoard, ...]
    left_out: int
    digest: str


def save_bundle(place: Workplace, out: Path, *, everything: bool = False) -> SavedBundle:
    """Seal all that no centre's receipt covers for the fair's keys and supervisors, into ``out``.

    The file appears whole and was read back, or not at all: what stood there before is intact then. Anybody
    at work here may do it, for nobody here can read it again. ``everything`` also takes what has a receipt.

    Raises BadInput (code practice, no-recipient, bad-recipient, nothing), DiskFull, HomeNotWritable or
    NotAsWritten.
    """
    if not place.identity.server_url:
        _refuse("practice")
    with place.store.transaction() as connection:
        number = sticks.begin(connection, place.clock.now_ms())
    packed = _packed(place, number, everything)
    path = out / file_name(place, number) if out.is_dir() else out
    try:
        digest = write_verified(path, packed.sealed)
    except (DiskFull, HomeNotWritable) as error:
        raise _not_saved(error, path.parent) from error
    with place.store.transaction() as connection:
        sticks.complete(connection, number, str(path.absolute()), digest, packed.manifest.batches)
    return SavedBundle(
        number, path, packed.manifest.entries, _stations(place, packed), packed.left_out, digest
    )


def save_bundle_in(place: Workplace, folder: Path) -> SavedBundle:
    """Save a bundle into a folder that was chosen, under a name of its own; a stick that is gone is refused.

    Raises as ``save_bundle``.
    """
    if place.identity.server_url and not folder.is_dir():
        raise _not_saved(HomeNotWritable(""), folder)
    return save_bundle(place, folder)


def file_name(place: Workplace, number: int) -> str:
    """A name that tells bundles apart on one stick: the fair, the point, the number."""
    with place.store.read() as session:
        code = reference.fair(session).code
    return f"{code}-{place.identity.point}-{number:03d}{SUFFIX}"


def _packed(place: Workplace, number: int, everything: bool) -> Packed:
    identity = place.identity
    recipients = _recipients(place)
    sender = Sender(identity.journal, identity.private_key, number, moment(place.clock.now_ms()))
    try:
        return pack(
            StoreReplica(place.store), recipients, sender, server=identity.server, everything=everything
        )
    except BundleFailed as failed:
        _refuse(failed.code)


def _recipients(place: Workplace) -> tuple[str, ...]:
    """The fair's keys, and those of its supervisors: a stick may first go to another laptop of the tent.

    Where the fair has no key of a centre, nobody's is taken: such a bundle could never be acknowledged.
    """
    with place.store.read() as session:
        fair = reference.fair(session)
        keys, today = fair.age_recipients, place.clock.today(fair.time_zone)
        known = operator_keys.believed(session.connection())
        people = [
            operator
            for operator, person in reference.operators(session)
            if "supervisor" in person.roles and access_holds(person, today)
        ]
    if not keys:
        return ()
    theirs = [key.age_recipient for operator in people for key in known[operator]]
    supervisors = [one for one in theirs if one and sealing.is_recipient(one)]
    return tuple(dict.fromkeys((*keys, *supervisors)))


def _stations(place: Workplace, packed: Packed) -> tuple[OnBoard, ...]:
    """Whose entries are on board, our own first."""
    counts: Counter[str] = Counter()
    for piece in packed.manifest.batches:
        counts[JournalId.parse(piece.journal).station] += piece.last - piece.first + 1
    with place.store.read() as session:
        known = dict(reference.stations(session))
    own = place.identity.station
    found = [
        OnBoard(station, *_name(known, station), count, station == own) for station, count in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.own, one.point)))


def _name(known: dict[str, Station], station: str) -> tuple[str, str]:
    return (known[station].name, known[station].point) if station in known else ("", "")


def _refuse(code: str) -> NoReturn:
    what, do = {
        "practice": (
            _("Esta es una feria de práctica: no tiene una central a la que llevar nada."),
            _("Para una feria de verdad, inscriba un equipo con el código de la central."),
        ),
        "no-recipient": (
            _("La central de esta feria no tiene llave para paquetes, y sin ella nadie podría abrirlo."),
            _("Pida a la persona de soporte que actualice la central; luego sincronice una vez."),
        ),
        "bad-recipient": (
            _("Una llave para paquetes de esta feria está mal escrita."),
            _("Avise a la persona de soporte de la central."),
        ),
        "nothing": (
            _("No hay nada que guardar: la central tiene todo lo de este equipo, con su acuse."),
            "",
        ),
    }[code]
    raise BadInput(what, _("Lo guardado en este equipo sigue aquí, completo."), do, code=code)


def _not_saved(error: DiskFull | HomeNotWritable, folder: Path) -> DiskFull | HomeNotWritable:
    safe = _(
        "No quedó ningún archivo a medias y el anterior está como estaba. "
        "Los registros siguen en este equipo, completos."
    )
    if isinstance(error, DiskFull):
        return DiskFull(
            _("En {folder} no queda espacio para el paquete.").format(folder=folder),
            safe,
            _("Libere espacio o use otra memoria."),
        )
    return HomeNotWritable(
        _("No se puede escribir en {folder}: ¿se retiró la memoria, o está protegida?").format(folder=folder),
        safe,
        _("Conéctela otra vez, o elija otra carpeta."),
        code="stick-not-writable",
    )
