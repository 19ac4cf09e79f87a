"""A fair as a file: the fair itself, its services and its desks, in JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pyrage
from pydantic import BaseModel, ConfigDict, ValidationError
from pyrage import x25519
from sqlalchemy import Connection, text
from uuid_utils import uuid7

from sync.server import reference
from sync.server.node import Node
from sync.server.reference import Statement
from sync.server.words import Refusal
from sync.wire.desk import Desk
from sync.wire.fact import Fact
from sync.wire.fair import Fair
from sync.wire.service import Service

MAX_FILE: Final = 4 * 1024 * 1024
_CODES = text("SELECT code FROM fair")


class FairFile(BaseModel):
    """What such a file holds. A misspelt name of a field is refused rather than left aside."""

    model_config = ConfigDict(extra="forbid")

    fair: Fair
    services: tuple[Service, ...] = ()
    desks: tuple[Desk, ...] = ()


def demo_file() -> Path:
    """Return the file of the fictional fair that comes with the program.

    Raises:
        Refusal: when the installation lacks it.
    """
    package = Path(__file__).resolve().parents[2]
    frozen = getattr(sys, "_MEIPASS", None)  # PyInstaller's folder, set only in a frozen program
    places = [Path(frozen)] if frozen else []
    for place in [*places, package / "fairclient", package]:
        path = place / "resources" / "demo" / "fair.json"
        if path.is_file():
            return path
    raise Refusal("The demo fair is missing from this installation. Use --empty, or name a file with --fair.")


def read(path: Path) -> FairFile:
    """Read and check a fair's file.

    Raises:
        Refusal: saying which field of which part is wrong.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise Refusal(f"{path} is too large to be a fair's file.")
        content = path.read_bytes()
    except OSError as error:
        raise Refusal(f"{path} can't be read: {error.strerror}.") from error
    try:
        found = FairFile.model_validate_json(content)
    except ValidationError as error:
        wrong = "; ".join(_told(item["loc"], item["msg"]) for item in error.errors()[:5])
        raise Refusal(f"{path} is not a fair's file that can be used. {wrong}.") from error
    _check_codes(path, found)
    _check_recipients(path, found.fair)
    return found


def _told(place: tuple[int | str, ...], words: str) -> str:
    where = ".".join(str(part) for part in place) or "the file"
    return f"{where}: {words}"


def _check_codes(path: Path, found: FairFile) -> None:
    codes = [service.code for service in found.services]
    twice = {code for code in codes if codes.count(code) > 1}
    unknown = {code for desk in found.desks for code in desk.services} - set(codes)
    letters = [desk.letter for desk in found.desks]
    if twice or len(set(letters)) < len(letters):
        raise Refusal(f"{path} names a service or the letter of a desk twice.")
    if unknown:
        raise Refusal(
            f"{path} gives a desk services that the fair does not offer: {', '.join(sorted(unknown))}."
        )


def _check_recipients(path: Path, fair: Fair) -> None:
    for recipient in fair.age_recipients:
        try:
            x25519.Recipient.from_str(recipient)
        except pyrage.RecipientError as error:
            raise Refusal(
                f"{path} names an age recipient that is mistyped: {recipient[:12]}…. Copy it again whole."
            ) from error


def add(connection: Connection, node: Node, content: FairFile) -> str:
    """Publish a new fair; return its id. The caller commits.

    This server's age key comes first among those that bundles of the fair are sealed for; what the file names
    besides (a recovery key) stays.

    Raises:
        Refusal: when a fair with that code is here already.
    """
    if content.fair.code in set(connection.execute(_CODES).scalars()):
        raise Refusal(f"There is already a fair with the code {content.fair.code}.")
    fair = _new_id(node)
    facts: list[Fact] = [*content.services, *content.desks]
    statements = [Statement("fair", fair, _openable(content.fair, node.keys.age_recipient))]
    statements += [Statement(fact.KIND, _new_id(node), fact) for fact in facts]
    reference.publish(connection, node, fair, statements)
    return fair


def _openable(fair: Fair, own: str) -> Fair:
    others = tuple(one for one in fair.age_recipients if one != own)
    return fair.model_copy(update={"age_recipients": (own, *others)})


def _new_id(node: Node) -> str:
    return str(uuid7(nanoseconds=node.now_ms() * 1_000_000))
