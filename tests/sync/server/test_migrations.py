"""The steps give exactly the schema that is declared, and can be undone; on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from sync.server import schema
from sync.server.database import engine as database
from sync.server.database.engine import Database
from sync.server.migrations import HEAD
from sync.server.projections.base import Projected
from sync.server.projections.catalogue import RECORDS, SHAPES
from sync.wire.catalogue import KINDS


@pytest.fixture
def empty(empty_address: str) -> Iterator[Database]:
    """An open database with nothing in it."""
    opened = database.connect(empty_address)
    yield opened
    opened.close()


def test_the_migrated_schema_is_the_declared_one(empty: Database) -> None:
    with empty.write() as connection:
        schema.upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.METADATA) == []


def test_a_column_too_few_would_be_seen(empty: Database) -> None:
    with empty.write() as connection:
        schema.upgrade(connection)
        connection.execute(text("ALTER TABLE visit DROP COLUMN point"))
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert len(compare_metadata(context, schema.METADATA)) == 1


def test_every_step_can_be_undone(empty: Database) -> None:
    with empty.write() as connection:
        schema.upgrade(connection)
        assert schema.version(connection) == HEAD
        schema.downgrade(connection, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        schema.upgrade(connection)
        assert schema.version(connection) == HEAD


def test_a_step_that_fails_leaves_nothing(empty: Database) -> None:
    def interrupted() -> None:
        with empty.write() as connection:
            schema.upgrade(connection)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        interrupted()
    with empty.read() as connection:
        assert inspect(connection).get_table_names() == []


def test_the_newest_step_is_the_one_that_start_up_compares_with(empty: Database) -> None:
    with empty.read() as connection:
        script = ScriptDirectory.from_config(schema.alembic_config(connection))
    assert script.get_current_head() == HEAD
    assert schema.known_versions()[-1] == HEAD


def test_every_kind_of_fact_has_a_table_and_no_field_hides_another() -> None:
    assert set(RECORDS) == set(KINDS)
    for kind, fact in KINDS.items():
        assert SHAPES[kind].table.name == kind
        assert not set(fact.model_fields) & set(Projected.model_fields), kind
        assert set(SHAPES[kind].table.columns.keys()) == set(fact.model_fields) | set(Projected.model_fields)
