"""The vault: a random data key and each operator's signing key, wrapped for her by her passphrase."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.clock import Clock, SystemClock
from fairclient.base.errors import BadInput, DamagedStore, Unauthorised, WrongPassphrase
from fairclient.base.files import write_whole
from fairclient.base.home import Home
from fairclient.base.ids import random_bytes
from fairclient.base.words import _
from fairclient.store import device_secret
from fairclient.store.slots import KEY_BYTES, Cost, Slot
from fairclient.store.tries import Tries, wait_after

FORMAT: Final = 1
SHORTEST: Final = 6
MAX_BYTES: Final = 256 * 1024


class OperatorSlot(NamedTuple):
    """Somebody who may enter on this laptop, and her public key here (hex; "" from an older program)."""

    operator: str
    name: str
    public_key: str = ""


@dataclass(frozen=True)
class Unlocked:
    """What the right passphrase gives."""

    data_key: bytes = field(repr=False)
    operator: str
    operator_name: str
    operator_key: Ed25519PrivateKey = field(repr=False)


class _File(NamedTuple):
    place: str
    slots: tuple[Slot, ...]


def create(
    home: Home,
    operator_id: str,
    operator_name: str,
    passphrase: str,
    cost: Cost | None = None,
    operator_key: Ed25519PrivateKey | None = None,
) -> Unlocked:
    """Set up a home with a new data key and its first operator (with a new signing key unless one is given).

    Raises HomeNotWritable, DiskFull, or BadInput for a home that has keys already or a short passphrase.
    """
    _refuse_short(passphrase)
    home.create()
    if home.exists():
        raise BadInput(
            _("En la carpeta {folder} ya hay una feria.").format(folder=home.dir),
            _("No se cambió nada."),
            _("Entre con su contraseña o elija otra carpeta."),
            code="already-set-up",
        )
    place, device = device_secret.keep_new(home)
    unlocked = Unlocked(
        random_bytes(KEY_BYTES), operator_id, operator_name, operator_key or Ed25519PrivateKey.generate()
    )
    _write(home, _File(place, (_seal(unlocked, passphrase, device, cost),)))
    return unlocked


def unlock(
    home: Home, passphrase: str, operator_id: str | None = None, clock: Clock | None = None
) -> Unlocked:
    """Open the vault as ``operator_id``, or as whoever's passphrase it is.

    Raises HomeMissing, WrongPassphrase, TooManyTries, Unauthorised for an operator who has no slot here, or
    DamagedStore for damaged keys.
    """
    file = _read(home.require())
    slots = [slot for slot in file.slots if operator_id in (None, slot.operator)]
    if not slots:
        raise Unauthorised(
            _("Esa persona no tiene acceso en este equipo."),
            do=_("Pida a quien supervisa que le dé acceso."),
        )
    tries = Tries(home.tries, clock or SystemClock())
    tries.check()
    device = device_secret.load(home, file.place)
    tries.begin()
    for slot in slots:
        secrets = slot.open(passphrase, device)
        if secrets is not None and len(secrets) == 2 * KEY_BYTES:
            tries.succeeded()
            return _unlocked(slot, secrets)
    raise _wrong(wait_after(tries.count))


def add_operator(
    home: Home,
    unlocked: Unlocked,
    operator_id: str,
    operator_name: str,
    passphrase: str,
    cost: Cost | None = None,
    operator_key: Ed25519PrivateKey | None = None,
) -> Unlocked:
    """Give somebody a slot of her own, instead of the one that she may have, with a signing key of hers.

    Without ``operator_key`` whoever is in keeps her own and anybody else gets a new one.

    Raises BadInput for a short passphrase, HomeNotWritable, DiskFull or DamagedStore.
    """
    _refuse_short(passphrase)
    file = _read(home.require())
    device = device_secret.load(home, file.place)
    own = unlocked.operator_key if operator_id == unlocked.operator else Ed25519PrivateKey.generate()
    added = Unlocked(unlocked.data_key, operator_id, operator_name, operator_key or own)
    slot = _seal(added, passphrase, device, cost)
    kept = [slot if one.operator == operator_id else one for one in file.slots]
    _write(home, _File(file.place, tuple(kept if slot in kept else [*kept, slot])))
    return added


def remove_operator(home: Home, operator_id: str) -> None:
    """Take somebody's slot away: her passphrase opens nothing here any more. The last one stays.

    Raises HomeMissing, HomeNotWritable, DiskFull or DamagedStore.
    """
    file = _read(home.require())
    others = tuple(slot for slot in file.slots if slot.operator != operator_id)
    if others:
        _write(home, _File(file.place, others))


def operators(home: Home) -> tuple[OperatorSlot, ...]:
    """Who may enter on this laptop. Raises HomeMissing or DamagedStore."""
    slots = _read(home.require()).slots
    return tuple(OperatorSlot(slot.operator, slot.name, slot.public_key) for slot in slots)


def _seal(unlocked: Unlocked, passphrase: str, device: bytes, cost: Cost | None) -> Slot:
    secrets = unlocked.data_key + unlocked.operator_key.private_bytes_raw()
    name = unlocked.operator_name
    return Slot.seal(unlocked.operator, name, secrets, passphrase, device, cost or Cost())


def _unlocked(slot: Slot, secrets: bytes) -> Unlocked:
    key = Ed25519PrivateKey.from_private_bytes(secrets[KEY_BYTES:])
    return Unlocked(secrets[:KEY_BYTES], slot.operator, slot.name, key)


def _write(home: Home, file: _File) -> None:
    content = {"format": FORMAT, "device": file.place, "slots": [slot.to_json() for slot in file.slots]}
    write_whole(home.keys, json.dumps(content, ensure_ascii=False, indent=1).encode())


def _read(home: Home) -> _File:
    try:
        with home.keys.open("rb") as opened:
            content = json.loads(opened.read(MAX_BYTES))
        if content["format"] != FORMAT:
            raise ValueError("another format")
        return _File(str(content["device"]), tuple(Slot.from_json(slot) for slot in content["slots"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamagedStore(
            _("El archivo de llaves {file} está dañado o es de otra versión.").format(file=home.keys.name),
            _("Los datos siguen guardados y cifrados."),
            _("Recupere ese archivo de una copia de la carpeta, o pida ayuda a la central."),
            code="damaged-keys",
        ) from error


def _refuse_short(passphrase: str) -> None:
    if len(passphrase) < SHORTEST:
        raise BadInput(
            _("La contraseña es muy corta."),
            do=_("Escriba al menos {n} caracteres; una frase es mejor.").format(n=SHORTEST),
            code="short-passphrase",
        )


def _wrong(seconds: int) -> WrongPassphrase:
    again = _("Revise las mayúsculas y el idioma del teclado, y vuelva a intentarlo.")
    if seconds:
        again = _("Espere {seconds} segundos y vuelva a intentarlo.").format(seconds=seconds)
    return WrongPassphrase(
        _("La contraseña no es correcta."), _("Los datos siguen guardados y cifrados."), again
    )
