"""A hub (concentrador): the same server on an encrypted file, for one fair, believing its centre."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, Row, insert, select
from uuid_utils import uuid7

from sync.server import keys, opening, schema
from sync.server.certificate import Certificate, prepared
from sync.server.database import engine as database
from sync.server.database.engine import Database
from sync.server.database.tables.base import table_of
from sync.server.database.tables.server import ServerRow
from sync.server.node import Authority, Host, Node
from sync.server.words import Refusal
from sync.wire.fact import Hex64, Id, Name

DATABASE: Final = "hub.db"
CERTIFICATE: Final = "hub.pem"
_SERVER: Final = table_of(ServerRow)


class Setting(BaseModel):
    """What whoever starts a hub tells it on its standard input: never on the command line.

    `key` is the secret that opens its file and from which its own keys come. `centre` and `centre_key` are
    whom it believes; `station` and `station_key` are the laptop that it runs on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Hex64
    name: Name
    fair: Id
    centre: Id
    centre_key: Hex64
    station: Id
    station_key: Hex64


def read_setting(line: str) -> Setting:
    """Read the first line of the standard input.

    Raises:
        Refusal: when it is not that; nothing of it is repeated, since it holds a key.
    """
    try:
        return Setting.model_validate_json(line)
    except ValidationError as error:
        wrong = sorted({str(item["loc"][0]) if item["loc"] else "the line" for item in error.errors()})
    raise Refusal(f"The hub's setting on the standard input can't be used: {', '.join(wrong)}.")


def open_hub(folder: Path, setting: Setting) -> Node:
    """Open the hub of a folder, or set it up there.

    Raises:
        Refusal: when the folder can't be used, or its hub has another key or collects for another centre.
    """
    root = bytes.fromhex(setting.key)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"The hub's folder {folder} can't be made: {error.strerror}.") from error
    place = database.connect_encrypted(folder / DATABASE, keys.derive(root, "database"))
    with opening.in_words(place):
        with place.write() as connection:
            row = _own_row(connection, setting, root)
        return _node(place, row, setting, root)


def certificate(folder: Path, setting: Setting) -> tuple[Certificate, str]:
    """Return the hub's certificate and the password of its key.

    Raises:
        Refusal: when it can't be written.
    """
    password = keys.derive(bytes.fromhex(setting.key), "certificate").hex()
    return prepared(folder / CERTIFICATE, password), password


def _own_row(connection: Connection, setting: Setting, root: bytes) -> Row[Any]:
    if schema.version(connection) is None:
        schema.upgrade(connection)
        connection.execute(insert(_SERVER), _new_row(setting, root))
    opening.check_version(connection)
    row = connection.execute(select(_SERVER)).one()
    if (row.tier, row.centre, row.centre_key) != ("hub", setting.centre, setting.centre_key):
        raise Refusal(
            "The hub in this folder collects for another centre. Nothing was changed. "
            "Use another folder for this fair."
        )
    return row


def _new_row(setting: Setting, root: bytes) -> dict[str, str]:
    held = keys.derived(str(uuid7()), root)
    return {
        "id": held.server,
        "name": setting.name,
        "tier": "hub",
        "public_key": held.public_key,
        "centre": setting.centre,
        "centre_key": setting.centre_key,
    }


def _node(place: Database, row: Row[Any], setting: Setting, root: bytes) -> Node:
    return Node(
        place,
        keys.derived(row.id, root),
        setting.name,
        "hub",
        centre=Authority(setting.centre, bytes.fromhex(setting.centre_key)),
        host=Host(setting.station, setting.fair, bytes.fromhex(setting.station_key)),
    )
