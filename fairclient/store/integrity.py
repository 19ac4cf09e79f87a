"""Whether what is held is whole: every page of the file, and every link of every journal's chain."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from fairclient.base.words import _
from fairclient.store import journal
from fairclient.store.database import Store
from fairclient.store.journal import Head
from fairclient.store.refusals import in_words
from sync.wire.entry import GENESIS, body_digest, digest
from sync.wire.journal import JournalId


def check(store: Store) -> list[str]:
    """What is wrong, a sentence each; an empty list when all is well. It reads everything there is."""
    with in_words(store.home), store.read() as session:
        connection = session.connection()
        wrong = list(_file(connection))
        for row in connection.exec_driver_sql("SELECT station, incarnation, fair FROM journal").all():
            at = journal.head(connection, JournalId(*row))
            if at is not None:
                wrong += _chain(connection, at)
    return wrong


def _file(connection: Connection) -> Iterator[str]:
    seals = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
    if seals:
        yield _("El archivo tiene páginas dañadas: {n}.").format(n=len(seals))
        return
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    if list(found) != ["ok"]:
        yield _("El orden interno del archivo está dañado en {n} puntos.").format(n=len(found))


def _chain(connection: Connection, at: Head) -> Iterator[str]:
    """Recompute a journal from its beginning to its head; stops at the first link that doesn't hold."""
    name = str(at.journal)
    previous, seq = GENESIS, 0
    while pairs := journal.between(connection, at, seq, at.seq + 1):
        for entry, kept in pairs:
            seq += 1
            previous = digest(previous, entry.header, entry.body_digest)
            altered = entry.body is not None and body_digest(entry.body) != entry.body_digest
            if entry.header.seq != seq or previous != kept or altered:
                yield _("La bitácora {journal} no cuadra en el asiento {seq}.").format(journal=name, seq=seq)
                return
    if (seq, previous) != (at.seq, at.digest):
        yield _("La bitácora {journal} termina en el asiento {seq} y debería llegar al {end}.").format(
            journal=name, seq=seq, end=at.seq
        )
