"""Make a laptop a station of a fair, with a single-use code from the centre."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.clock import Clock
from fairclient.base.errors import BadInput
from fairclient.base.home import Home
from fairclient.base.words import _
from fairclient.store import vault
from fairclient.store.database import open_store
from fairclient.store.identity import StationIdentity
from fairclient.store.sealing import recipient_of
from fairclient.store.slots import Cost
from fairclient.usecases.read_enrolment_code import read_enrolment_code
from fairclient.usecases.sync_words import refusal
from fairclient.usecases.synchronise import synchronise
from fairclient.usecases.unlock import workplace
from fairclient.usecases.workplace import Workplace
from sync.client.enrol import EnrolFailed
from sync.client.enrol import enrol as ask
from sync.client.report import SyncReport
from sync.wire.messages import EnrolReply

SHORTEST_PASSPHRASE = 8


@dataclass(frozen=True)
class Enrolment:
    """What the person at the laptop gives: the server's address, the code, a name and a passphrase.

    The code may be letters, twelve words, or the text of a QR; with a QR the address may be left out, and
    the server must have the key that it names. `authority` is the certificate (PEM) of the centre's own
    authority, where it has one; a QR brings it along.
    """

    server_url: str
    code: str
    passphrase: str
    operator_name: str
    station_name: str = ""
    authority: str = ""


def enrol(
    home: Home, given: Enrolment, clock: Clock, cost: Cost | None = None
) -> tuple[Workplace, SyncReport]:
    """Enrol this laptop and bring the fair's services, desks and stations.

    Raises BadInput, HomeNotWritable, CodeRefused, ServerUnreachable or ServerRefused; nothing is left
    half-done: there are keys and a store only after the server's answer.
    """
    check_new(home, given.passphrase)
    code = read_enrolment_code(given.code)
    home.create()
    url, authority = code.address or given.server_url, code.authority or given.authority
    station_key, operator_key = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    try:
        reply = ask(
            url,
            code.code,
            station_key,
            operator_key,
            given.operator_name,
            given.station_name,
            operator_age_recipient=recipient_of(operator_key),
            expected_server_key=code.server_key,
            authority=authority,
        )
    except EnrolFailed as failed:
        raise refusal(failed.problem) from failed
    identity = replace(identity_from(reply, station_key, url), authority=authority)
    place = settle(
        home, identity, (reply.operator, given.operator_name, operator_key), given.passphrase, clock, cost
    )
    return place, synchronise(place)


def check_new(home: Home, passphrase: str) -> None:
    """Refuse a home that is taken and a passphrase that is too short.

    Raises BadInput.
    """
    if home.exists():
        raise BadInput(
            _("En {folder} ya hay una feria.").format(folder=home.dir),
            _("Sus datos siguen ahí, no se tocó nada."),
            _("Ábrala con su contraseña, o elija otra carpeta para la feria nueva."),
            code="home-taken",
        )
    check_passphrase(passphrase)


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too short. Raises BadInput."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput(
            _("La contraseña es muy corta: use {n} caracteres o más.").format(n=SHORTEST_PASSPHRASE),
            do=_("Sirve una frase de cuatro palabras que recuerde sin anotarla."),
            code="short-passphrase",
        )


def settle(
    home: Home,
    identity: StationIdentity,
    who: tuple[str, str, Ed25519PrivateKey],
    passphrase: str,
    clock: Clock,
    cost: Cost | None = None,
) -> Workplace:
    """Make the vault and the store of a new station and open them for its first operator (id, name, key)."""
    operator, name, key = who
    opened = vault.create(home, operator, name, passphrase, operator_key=key, cost=cost)
    store = open_store(home, opened.data_key, clock)
    store.save_identity(identity)
    return workplace(home, store, clock, who)


def identity_from(reply: EnrolReply, key: Ed25519PrivateKey, server_url: str) -> StationIdentity:
    """Return who this station is, from what the server answered."""
    return StationIdentity(
        station=reply.station,
        incarnation=reply.incarnation,
        fair=reply.fair,
        name=reply.name,
        point=reply.point,
        scope=reply.scope,
        roles_at_enrolment=frozenset(reply.roles),
        server=reply.server,
        server_url=server_url,
        server_public_key=bytes.fromhex(reply.server_public_key),
        private_key=key,
    )
