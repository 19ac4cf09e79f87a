"""What docs/protocol.md must say word for word, made from the code: tables and worked examples."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.wire import batch as wire_batch
from sync.wire import body, canonical, receipt, signing
from sync.wire.attendee import Attendee, Document, Phone
from sync.wire.batch import Batch
from sync.wire.catalogue import KINDS, PERSONAL, REFERENCE
from sync.wire.entry import GENESIS, Entry, Header, body_digest, chain
from sync.wire.fact import PLAIN
from sync.wire.household import Household
from sync.wire.invitation import Invitation
from sync.wire.journal import JournalId
from sync.wire.merge import RESTRICTIVE
from sync.wire.messages import EnrolReply, Hello
from sync.wire.problem import CODES
from sync.wire.receipt import Receipt, Verdict
from sync.wire.state import state_digest
from sync.wire.version import HISTORY

STATION_KEY: Final = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SERVER_KEY: Final = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
STATION, FAIR, SUBJECT, OPERATOR, SERVER = (f"0195a000-0000-7000-8000-{n:012x}" for n in range(1, 6))
ECHO: Final = "00112233445566778899aabbccddeeff"
JOURNAL: Final = JournalId(STATION, 1, FAIR)

_TEXTS: Final = {
    f"^{PLAIN}*$": "plain text",
    f"^({PLAIN}|\\n)*$": "plain text with line ends",
    "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$": "id",
    "^([0-9a-f]{2})*$": "hex",
    "^[A-Za-z0-9_.-]*$": "code",
}


def kinds() -> Iterator[tuple[str, str]]:
    """Yield each kind and the table of its fields."""
    for kind, fact in KINDS.items():
        schema = fact.model_json_schema()
        yield kind, _table(schema, schema)
    for owner in (Household, Attendee):
        for name, part in owner.model_json_schema()["$defs"].items():
            yield name, _table(part, part)


def _table(schema: dict[str, Any], root: dict[str, Any]) -> str:
    rows = ["| field | value | default |", "|---|---|---|"]
    for name, field in schema["properties"].items():
        default = f"`{json.dumps(field['default'])}`" if "default" in field else "required"
        rows.append(f"| `{name}` | {_value(field)} | {default} |")
    return "\n".join(rows)


def _value(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_value(choice) for choice in field["anyOf"])
    if "$ref" in field:
        return f"{field['$ref'].rpartition('/')[2]}"
    if "enum" in field:
        return "one of " + " ".join(f"`{json.dumps(choice)}`" for choice in field["enum"])
    if "const" in field:
        return f"`{json.dumps(field['const'])}`"
    kind = str(field["type"])
    described = {"array": _array, "object": _object, "string": _text, "integer": _integer}.get(kind)
    return described(field) if described else kind


def _array(field: dict[str, Any]) -> str:
    if "prefixItems" in field:
        return "[" + ", ".join(_value(item) for item in field["prefixItems"]) + "]"
    return f"array of {_value(field['items'])}, at most {field['maxItems']}"


def _object(field: dict[str, Any]) -> str:
    (kept,) = field.get("patternProperties", {"": field.get("additionalProperties")}).values()
    return f"object of {_value(kept)}, at most {field['maxProperties']}"


def _integer(field: dict[str, Any]) -> str:
    if "minimum" not in field:
        return "integer"
    return f"integer, {field['minimum']} to {field['maximum']}"


def _text(field: dict[str, Any]) -> str:
    if field.get("format") == "date":
        return "date"
    pattern = str(field.get("pattern", ""))
    if not pattern:
        return "text"
    if pattern not in _TEXTS:
        return "`" + pattern.replace("|", "\\|") + "`"
    named = _TEXTS[pattern]
    if "maxLength" not in field or named == "id":
        return named
    return f"{named}, {field.get('minLength', 0)} to {field['maxLength']} characters"


def problems() -> str:
    """Return the table of problem codes."""
    rows = [f"| `{code}` | {status} | {title} |" for code, (status, title) in CODES.items()]
    return "\n".join(["| code | status | meaning |", "|---|---|---|", *rows])


def restrictive() -> str:
    """Return the table of safety fields."""
    rows = [
        f"| `{kind}` | `{field}` | {' '.join(f'`{json.dumps(value)}`' for value in values)} |"
        for (kind, field), values in RESTRICTIVE.items()
    ]
    return "\n".join(["| kind | field | from the loosest to the strictest |", "|---|---|---|", *rows])


def versions() -> str:
    """Return the table of versions."""
    rows = [f"| {number} | {day} | {told} |" for number, (day, told) in HISTORY.items()]
    return "\n".join(["| version | date | what |", "|---|---|---|", *rows])


def lists() -> Iterator[tuple[str, str]]:
    """Yield the small lists of kinds."""
    yield "reference kinds", ", ".join(f"`{kind}`" for kind in KINDS if kind in REFERENCE)
    yield "personal kinds", ", ".join(f"`{kind}`" for kind in KINDS if kind in PERSONAL)


def _entries() -> tuple[Entry, Entry]:
    fact = Attendee(
        given_names="Persona Ñ. Ficticia",
        first_surname="Prueba",
        sex="F",
        profile="VP",
        documents=(Document(type="PPT", number="0000001"),),
    )
    first = body.encode_fact(fact, bytes.fromhex("0102030405060708"))
    phones = {"phones": (Phone(number="3000000000"),)}
    change = body.encode_change(
        "attendee", phones, body.revision_id(first), bytes.fromhex("1112131415161718")
    )
    return _entry(1, "019cf0a1b2c30000", first), _entry(2, "019cf0a1b2c40001", change)


def _entry(seq: int, hlc: str, raw: bytes) -> Entry:
    return Entry(Header(JOURNAL, seq, hlc, OPERATOR, "attendee", SUBJECT, 1), raw, body_digest(raw))


def sample_batch() -> Batch:
    """Return the batch of the worked example."""
    entries = _entries()
    after = chain(GENESIS, entries)[-1]
    return Batch(JOURNAL, 1, 2, GENESIS, after, signing.seal(STATION_KEY, JOURNAL, 2, after), entries)


def sample_receipt() -> Receipt:
    """Return the receipt of the worked example."""
    plain = Receipt(
        number=42,
        server=SERVER,
        tier="centre",
        journal=str(JOURNAL),
        seq=2,
        digest=sample_batch().after.hex(),
        at=datetime(2026, 3, 14, 15, 0, 0, 250_000, tzinfo=UTC),
        verdicts=(Verdict(seq=2, verdict="quarantined", code="unknown-author"),),
    )
    return receipt.sign(plain, SERVER_KEY)


def sample_hello() -> Hello:
    """Return the greeting of the worked example."""
    plain = Hello(
        server=SERVER,
        name="Central",
        tier="centre",
        wire_min=1,
        wire_max=1,
        public_key=signing.public_bytes(SERVER_KEY).hex(),
        challenge="challenge",
    )
    return plain.proved(SERVER_KEY, ECHO)


def sample_invitation() -> str:
    """Return the text of the invitation of the worked example, without the compression's freedom."""
    return canonical.encode(
        Invitation(
            hub=SERVER,
            name="Concentrador ficticio",
            fair=FAIR,
            key=signing.public_bytes(SERVER_KEY).hex(),
            certificate="00" * 32,
            addresses=("https://192.168.8.10:8734",),
            code="0123456789abcdef0123456789abcdef",
        ).model_dump(mode="json")
    ).decode()


def _sample_enrolment() -> EnrolReply:
    reply = EnrolReply(
        station=STATION,
        incarnation=1,
        fair=FAIR,
        name="Punto A",
        point="A",
        operator=OPERATOR,
        roles=("registrar", "supervisor"),
        scope="fair",
        server=SERVER,
        server_public_key=signing.public_bytes(SERVER_KEY).hex(),
    )
    return reply.signed(SERVER_KEY, signing.public_bytes(STATION_KEY).hex())


def examples() -> Iterator[tuple[str, str]]:
    """Yield the worked example step by step: a name and the exact text."""
    station = signing.public_bytes(STATION_KEY).hex()
    yield "station key", f"seed   {STATION_KEY.private_bytes_raw().hex()}\npublic {station}"
    server = signing.public_bytes(SERVER_KEY).hex()
    yield "server key", f"seed   {SERVER_KEY.private_bytes_raw().hex()}\npublic {server}"
    batch = sample_batch()
    digests = chain(GENESIS, batch.entries)
    for number, (entry, digest) in enumerate(zip(batch.entries, digests, strict=True), 1):
        yield f"body {number}", (entry.body or b"").decode()
        yield f"body digest {number}", entry.body_digest.hex()
        yield f"header {number}", entry.header.encoded().decode()
        yield f"digest {number}", digest.hex()
    yield "seal message", signing._seal_message(JOURNAL, 2, batch.after).decode()
    yield "seal", batch.signature.hex()
    encoded = wire_batch.encode(batch)
    yield "batch", encoded.decode().removesuffix("\n")
    yield "batch digest", hashlib.sha256(encoded).hexdigest()
    proof = sample_receipt()
    yield "receipt message", proof.signed_part().decode()
    yield "receipt", proof.model_dump_json()
    hello = sample_hello()
    yield "hello message", hello.signed_part(ECHO).decode()
    yield "hello proof", hello.proof
    yield "session message", signing.challenge_message(SERVER, STATION, "challenge").decode()
    yield "session signature", STATION_KEY.sign(signing.challenge_message(SERVER, STATION, "challenge")).hex()
    enrolment = signing.enrolment_message("AB12C-DEFGH", station, server)
    yield "enrolment message", enrolment.decode()
    yield "enrolment proof", STATION_KEY.sign(enrolment).hex()
    reply = _sample_enrolment()
    yield "enrolment reply message", reply.signed_part(station).decode()
    yield "enrolment reply signature", reply.signature
    yield "invitation", sample_invitation()
    fact = body.decode("attendee", batch.entries[0].body or b"").fact
    assert fact is not None
    yield "state digest", state_digest([("attendee", SUBJECT, fact)])
