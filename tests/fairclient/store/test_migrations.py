"""Every earlier version of the file becomes today's; a newer one is refused; a copy stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from fairclient.base.clock import FixedClock
from fairclient.base.errors import DamagedStore, NewerStore
from fairclient.base.home import Home
from fairclient.store import migrations, schema
from fairclient.store.connection import connect, engine
from fairclient.store.migrations.naming import revision
from fairclient.store.migrations.upgrade import downgrade, upgrade
from fairclient.store.replay import replay
from fairclient.store.tables.row import Row
from tests.fairclient.store.making import AUTHOR, KEY, Fair, arrive, enrol, open_here


def _declared(connection: Connection) -> dict[str, str]:
    """The file's tables and indexes as SQL, without differences of white space."""
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    )
    return {name: re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")") for name, sql in rows}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    made = engine(tmp_path / "old.db", KEY, begin="BEGIN IMMEDIATE", size=1)
    with made.connect() as opened:
        yield opened
    made.dispose()


def test_the_newest_migration_is_the_current_version() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_current_head() == revision(schema.CURRENT)
    assert len(list(scripts.walk_revisions())) == schema.CURRENT


@pytest.mark.parametrize("old", range(schema.CURRENT))
def test_from_each_earlier_version_the_declared_tables_come_out(
    connection: Connection, tmp_path: Path, old: int
) -> None:
    if old:
        upgrade(connection, old)
    upgrade(connection, schema.CURRENT)
    assert schema.version(connection) == schema.CURRENT
    with connection.begin():
        assert compare_metadata(MigrationContext.configure(connection), Row.metadata) == []
        migrated = _declared(connection)
    new = engine(tmp_path / "new.db", KEY, begin="BEGIN IMMEDIATE", size=1)
    with new.connect() as opened, opened.begin():
        schema.make(opened)
        assert _declared(opened) == migrated
    new.dispose()


@pytest.mark.parametrize("to", range(schema.CURRENT))
def test_each_migration_can_be_taken_back(connection: Connection, to: int) -> None:
    upgrade(connection, schema.CURRENT)
    downgrade(connection, to)
    assert schema.version(connection) == to
    upgrade(connection, schema.CURRENT)
    assert schema.version(connection) == schema.CURRENT


def test_an_older_file_is_migrated_after_a_copy_was_kept(
    home: Home, clock: FixedClock, fair: Fair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with open_here(home, KEY, clock) as store:
        enrol(store, fair, "A")
        with store.write(AUTHOR) as work:
            arrived = arrive(work, clock)
    _as_if_a_version_later(monkeypatch, tmp_path)
    with open_here(home, KEY, clock) as store, store.read() as session:
        rows = session.connection().exec_driver_sql("SELECT subject, added FROM attendee").all()
        assert [tuple(row) for row in rows] == [(arrived.attendee, "")]
    copy = home.backups / f"before-migration-from-{schema.CURRENT - 1:04d}.db"
    opened = connect(copy, KEY)
    assert opened.execute("PRAGMA user_version").fetchone() == (schema.CURRENT - 1,)
    assert opened.execute("SELECT subject FROM attendee").fetchall() == [(arrived.attendee,)]
    opened.close()


def _as_if_a_version_later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pretend that one more migration exists, which adds a column."""
    folder = tmp_path / "migrations"
    source = Path(migrations.__file__).parent
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text((source / "env.py").read_text(encoding="utf-8"), encoding="utf-8")
    for file in (source / "versions").glob("*.py"):
        (folder / "versions" / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    new, old = revision(schema.CURRENT + 1), revision(schema.CURRENT)
    (folder / "versions" / f"{new}_test.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '{new}'\ndown_revision = '{old}'\n"
        "def upgrade():\n    op.add_column('attendee', sa.Column('added', sa.String(), server_default=''))\n",
        encoding="utf-8",
    )
    from fairclient.store.migrations import upgrade as upgrade_module

    monkeypatch.setattr(schema, "CURRENT", schema.CURRENT + 1)
    monkeypatch.setattr(upgrade_module, "__file__", str(folder / "upgrade.py"))


def test_a_migration_that_fails_leaves_the_old_file(
    home: Home, clock: FixedClock, fair: Fair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with open_here(home, KEY, clock) as store:
        enrol(store, fair, "A")
    with monkeypatch.context() as patch:
        _as_if_a_version_later(patch, tmp_path)
        broken = next((tmp_path / "migrations" / "versions").glob("*_test.py"))
        text = broken.read_text(encoding="utf-8")
        broken.write_text(text + "    raise ZeroDivisionError\n", encoding="utf-8")
        with pytest.raises(ZeroDivisionError):
            open_here(home, KEY, clock)
    with open_here(home, KEY, clock) as store:
        assert replay(store).identical


def test_a_newer_file_is_refused_in_words_and_left_alone(home: Home, clock: FixedClock, fair: Fair) -> None:
    with open_here(home, KEY, clock) as store:
        enrol(store, fair, "A")
    raw = connect(home.database, KEY)
    raw.execute(f"PRAGMA user_version = {schema.CURRENT + 1}")
    raw.close()
    before = home.database.read_bytes()
    with pytest.raises(NewerStore) as told:
        open_here(home, KEY, clock)
    assert told.value.what and told.value.safe and told.value.do
    assert home.database.read_bytes() == before


def test_a_file_with_our_key_that_is_not_ours_is_refused(home: Home, clock: FixedClock) -> None:
    raw = connect(home.database, KEY)
    raw.execute("CREATE TABLE something (x)")
    raw.close()
    with pytest.raises(DamagedStore):
        open_here(home, KEY, clock)
