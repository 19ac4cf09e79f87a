"""The interface keeps what its description promises, whatever a program generates from it (schemathesis)."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from sync.server.web.app import create_app
from sync.server.web.limits import Limits, Rate
from sync.wire import routes
from tests.sync.server.command import Commands
from tests.sync.server.conftest import Place
from tests.sync.server.web import Web

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

EXAMPLES = 12


@schemathesis.serializer(routes.BATCH)
def as_bytes(_context: Any, value: Any) -> bytes:
    """Send as a batch what is no batch."""
    return value if isinstance(value, bytes) else str(value).encode()


CHECKS: list[Any] = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("signed_in", [False, True], ids=["stranger", "station"])
def test_whatever_is_sent_the_answer_is_as_described(place: Place, signed_in: bool) -> None:
    plenty = Rate(1e9, 1e9)
    app = create_app(place.node, limits=Limits(lambda: 0.0, plenty, plenty))
    web = Web(place.node, place.laptop())
    web.app = app
    token = {"Authorization": f"Bearer {web.sign_in().token}"} if signed_in else {}
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    tried = set()
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]
        if operation.path == routes.WAIT:
            continue  # it waits for news: tried where time is at hand

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def answered(case: Any) -> None:
            case.call_and_validate(headers=token, checks=CHECKS)

        answered()
        tried.add((operation.method.upper(), operation.path))
    assert {("POST", routes.BATCHES), ("POST", routes.HEADS), ("GET", routes.BATCH_OF)} <= tried


def test_the_description_can_be_printed(place: Place, fairserver: Commands) -> None:
    printed = fairserver("openapi").json()
    assert printed == Web(place.node).ask("GET", "/openapi.json").json()
    send = printed["paths"][routes.BATCHES]["post"]
    assert set(send["requestBody"]["content"]) == {routes.BATCH}
    assert set(send["responses"]["200"]["content"]) == {routes.JSON}
    assert set(send["responses"]["4XX"]["content"]) == {routes.PROBLEM}
    assert send["security"] and "security" not in printed["paths"][routes.HELLO]["get"]
    assert {one["name"] for one in send["parameters"]} == {routes.H_WIRE, routes.H_ECHO, routes.H_COMPRESSION}
