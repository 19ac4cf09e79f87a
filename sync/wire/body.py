"""The body of an entry: a whole fact, or the fields that change and the revision that they were based on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model

from sync.wire import canonical
from sync.wire.catalogue import KINDS
from sync.wire.entry import body_digest
from sync.wire.fact import Fact, Hex
from sync.wire.problem import WireError

MAX_BODY = 64 * 1024
"""Bytes; a larger body is quarantined unread."""

SALT_BYTES = 8


class Body(NamedTuple):
    """What a body says: either `fact`, or `change` with the revision `base` that its author saw."""

    fact: Fact | None
    change: dict[str, Any] | None
    base: str


class _Envelope(BaseModel):
    model_config = ConfigDict(extra="ignore")
    change: dict[str, Any] | None = None
    base: Annotated[str, Field(max_length=340, pattern=r"^([0-9a-f]{16}(\.[0-9a-f]{16})*)?$")] = ""
    salt: Hex = ""


def encode_fact(fact: Fact, salt: bytes) -> bytes:
    """Return the body of an entry that states a fact. Fields at their default are left out.

    The salt (eight random bytes) keeps whoever holds only the header from guessing the body by its digest.
    """
    dumped = fact.model_dump(mode="json", exclude_defaults=True)
    return canonical.encode({"fact": dumped, "salt": salt.hex()})


def encode_change(kind: str, change: Mapping[str, Any], base: str, salt: bytes) -> bytes:
    """Return the body of an entry that changes some fields of a subject seen at revision `base`.

    Raises:
        WireError: `bad-field` for a field that the kind does not have or a value that it does not allow.
    """
    unknown = set(change) - set(KINDS[kind].model_fields)
    if unknown:
        raise WireError("bad-field", f"{kind} has no field {min(unknown)}.")
    values = {name: _dump_field(kind, name, value) for name, value in change.items()}
    check_change(kind, values)
    return canonical.encode({"base": base, "change": values, "salt": salt.hex()})


def decode(kind: str, body: bytes) -> Body:
    """Read and validate a body.

    Raises:
        WireError: `unknown-kind`, `too-large`, or `bad-field` (the detail names fields, never values).
    """
    if kind not in KINDS:
        raise WireError("unknown-kind", f"Entries of kind {kind[:40]!r} are not known to this version.")
    if len(body) > MAX_BODY:
        raise WireError("too-large", "The body of an entry is larger than 64 KiB.")
    try:
        envelope = _envelope(kind).model_validate_json(body)
    except ValidationError as error:
        raise WireError("bad-field", _told(error)) from error
    fact = getattr(envelope, "fact", None)
    if (fact is None) == (envelope.change is None):
        raise WireError("bad-field", "A body holds either a fact or a change.")
    if envelope.change is not None:
        check_change(kind, envelope.change)
    return Body(fact, envelope.change, envelope.base)


def check_change(kind: str, change: Mapping[str, Any]) -> None:
    """Validate changed fields; fields unknown to this version pass, they are kept and not shown.

    Raises:
        WireError: `bad-field`.
    """
    for name, value in change.items():
        if name in KINDS[kind].model_fields:
            _field_value(kind, name, value)
    try:
        KINDS[kind].check_change(change)
    except ValueError as error:
        raise WireError("bad-field", f"Such a change of this {kind} is not allowed.") from error


def apply_change(fact: Fact, values: Mapping[str, Any]) -> Fact:
    """Return the fact with some fields replaced by JSON values that were validated before."""
    known = {
        name: _field_value(fact.KIND, name, value)
        for name, value in values.items()
        if name in type(fact).model_fields and fact.takes(name)
    }
    return fact.model_copy(update=known)


def revision_id(body: bytes) -> str:
    """Return the name of the revision that an entry makes: 16 hex digits of its body's digest."""
    return body_digest(body)[:8].hex()


@cache
def _envelope(kind: str) -> type[_Envelope]:
    optional: Any = KINDS[kind] | None
    return create_model(f"{kind}_body", __base__=_Envelope, fact=(optional, None))


@cache
def _field_adapter(kind: str, name: str) -> TypeAdapter[Any]:
    info = KINDS[kind].model_fields[name]
    annotation: Any = info.annotation
    for piece in info.metadata:
        annotation = Annotated[annotation, piece]
    return TypeAdapter(annotation)


def _field_value(kind: str, name: str, value: Any) -> Any:
    try:
        return _field_adapter(kind, name).validate_python(value)
    except ValidationError as error:
        raise WireError("bad-field", f"The field {name} has a value that is not allowed.") from error


def _dump_field(kind: str, name: str, value: Any) -> Any:
    return _field_adapter(kind, name).dump_python(_field_value(kind, name, value), mode="json")


def _told(error: ValidationError) -> str:
    """Name the fields that are wrong, without their values: details may end in a log."""
    places = sorted(
        {".".join(str(part) for part in item["loc"])[:60] for item in error.errors(include_input=False)}
    )
    return f"Not allowed: {', '.join(places[:5]) or 'the body as a whole'}."
