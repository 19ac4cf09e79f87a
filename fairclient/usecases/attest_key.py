"""Say, signed, that somebody of the roster has a key on this laptop, or has it no more."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from fairclient.base.errors import Unauthorised
from fairclient.base.words import _
from fairclient.store import operator_keys
from fairclient.store.sealing import recipient_of
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.workplace import Workplace
from sync.wire import signing
from sync.wire.operator_key import OperatorKey


def attest(work: UnitOfWork, place: Workplace, operator: str, key: Ed25519PrivateKey) -> None:
    """Publish a key of ``operator`` on this laptop; it travels like all else, and needs no network."""
    fact = OperatorKey(
        operator=operator,
        public_key=signing.public_bytes(key).hex(),
        age_recipient=recipient_of(key),
    )
    proof = key.sign(fact.signed_part(place.identity.journal)).hex()
    work.create(_signed(place, fact.model_copy(update={"proof": proof})))


def withdraw(work: UnitOfWork, place: Workplace, operator: str, known: str) -> None:
    """Say that the keys of ``operator`` on this laptop are over; ``known`` is that of her slot, or "".

    Where none is known it is written down all the same who took her off this laptop.
    """
    keys = (_on_this_laptop(work.session.connection(), place, operator) | {known}) - {""}
    for public_key in sorted(keys) or [""]:
        fact = OperatorKey(operator=operator, public_key=public_key, withdrawn=True)
        work.create(_signed(place, fact))


def is_published(connection: Connection, place: Workplace) -> bool:
    """Whether others know the key with which the operator at work signs here.

    While the roster has no key of hers at all it has not come yet: then nothing is wrong.
    """
    known = operator_keys.believed(connection).get(place.operator.id, ())
    own = signing.public_bytes(place.operator.key).hex()
    return not known or own in {key.public_key for key in known}


def refuse_unpublished(connection: Connection, place: Workplace) -> None:
    """Stop a signature that everybody would refuse: an older copy of this laptop's data lost the key's entry.

    Raises Unauthorised.
    """
    if not is_published(connection, place):
        raise Unauthorised(
            _("La firma de {operator} en este equipo no está publicada: nadie la reconocería.").format(
                operator=place.operator.name
            ),
            _("No se cambió nada. Lo registrado está guardado."),
            _("Pida a otra persona que supervisa que le dé una contraseña nueva en este equipo."),
            code="key-not-published",
        )


def _on_this_laptop(connection: Connection, place: Workplace, operator: str) -> set[str]:
    known = operator_keys.believed(connection).get(operator, ())
    return {key.public_key for key in known if key.station == place.identity.station}


def _signed(place: Workplace, fact: OperatorKey) -> OperatorKey:
    signature = place.operator.key.sign(fact.signed_part(place.identity.journal)).hex()
    return fact.model_copy(update={"signature": signature})
