"""The OpenAPI description as it really is: our media types, headers, problems, and who needs a session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from fastapi import FastAPI

from sync.wire import routes
from sync.wire.messages import Problem
from sync.wire.version import MAX

_OPEN: Final = (routes.HELLO, routes.ENROL, routes.SESSION, routes.HEALTH, routes.METRICS)
_SCHEME: Final = "session"
_PLAIN: Final = "application/json"
_HEADERS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    (routes.H_WIRE, "The version of the protocol that the message is written in.", {"type": "integer"}),
    (routes.H_ECHO, "A fresh random text; the reply repeats it.", {"type": "string", "maxLength": 128}),
)


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the description of an application's addresses."""
    found: dict[str, Any] = FastAPI.openapi(app)
    parts = found.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = Problem.model_json_schema(mode="serialization")
    for unused in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(unused, None)
    parts["securitySchemes"] = {_SCHEME: {"type": "http", "scheme": "bearer"}}
    for path, operation in _operations(found):
        _correct(path, operation)
    return found


def _operations(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in found["paths"].items():
        for operation in item.values():
            yield path, operation


def _correct(path: str, operation: dict[str, Any]) -> None:
    if path not in _OPEN:
        operation["security"] = [{_SCHEME: []}]
    given = operation.setdefault("parameters", [])
    headers = [*_HEADERS, *(_packing() if "/batches" in path else ())]
    given += [_parameter(*header) for header in headers if header[0] not in {one["name"] for one in given}]
    if "requestBody" in operation:
        _rename(operation["requestBody"])
    responses = operation["responses"]
    responses.pop("422", None)
    for status, response in responses.items():
        _rename(response)
        response["headers"] = {name: {"schema": schema} for name, _, schema in _HEADERS}
        if status in ("4XX", "5XX"):
            schema = {"$ref": "#/components/schemas/Problem"}
            response["content"] = {routes.PROBLEM: {"schema": schema}}


def _packing() -> tuple[tuple[str, str, dict[str, Any]], ...]:
    schema = {"type": "string", "enum": ["zstd", "gzip", "identity"]}
    return ((routes.H_COMPRESSION, "How the batch is packed, or shall be.", schema),)


def _parameter(name: str, told: str, schema: dict[str, Any]) -> dict[str, Any]:
    example = {"example": MAX} if schema["type"] == "integer" else {}
    return {"name": name, "in": "header", "required": False, "description": told, "schema": schema | example}


def _rename(message: dict[str, Any]) -> None:
    content = message.get("content", {})
    if _PLAIN in content:
        content[routes.JSON] = content.pop(_PLAIN)
