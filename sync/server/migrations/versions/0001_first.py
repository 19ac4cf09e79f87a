"""The first schema: journals, seals, receipts, quarantine, enrolment codes, a table for each kind."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_FACTS: Final = {
    "attendee": "given_names first_surname second_surname sex birth_date:date? birth_estimated:flag "
    "profile nationality documents:json phones:json municipality neighbourhood household? household_role "
    "language migration_status ethnicity gender_identity functioning:json disability education health_regime "
    "eps sisben pregnant specific_needs:json safe_contact notes anonymous:flag "
    "age_band unaccompanied:flag",
    "household": "name address municipality neighbourhood phone representative? absent:json merged_into?",
    "authorisation": "attendee text_version text_digest language channel general:flag sensitive:flag "
    "sharing:flag follow_up:flag image:flag statistics:flag representative? relation witness "
    "representative_name representative_documents:json",
    "visit": "attendee day:date point",
    "referral": "attendee visit service desk? slip? priority origin? note",
    "outcome": "service result token_id slip? referral? attendee? desk reason undoes?",
    "slip": "attendee visit token_id code turn display_name day:date desks:json services:json "
    "referrals:json language replaces? void_reason",
    "fair": "code name starts:date ends:date organiser municipality place help_line time_zone languages:json "
    "purge_days:int fictional:flag age_recipients:json known_people:json hold_until_closed:flag",
    "service": "code name_es name_en sector sensitive:flag shortcut order:int",
    "desk": "letter name services:json order:int capacity:int quota:int",
    "operator": "name roles:json public_key valid_until:date? revoked:flag age_recipient?",
    "station": "name point public_key scope revoked:flag valid_until:date?",
    "day_closed": "day:date heads:json totals:json four_eyes:flag note signature",
    "distinction": "attendee other same:flag reason",
    "draft": "token_id code day:date point form:json services:json ended attendee?",
    "sealed": "about recipients:json content",
    "erasure": "attendee subjects:json ground day:date signature",
    "operator_key": "operator public_key age_recipient? withdrawn:flag proof signature",
    "ruling": "journal seq:int digest verdict",
}
"""The columns of each kind's table: text unless said otherwise, `?` where NULL is allowed."""

_OWN: Final = "station created updated revision:long author conflicted:flag"
_TYPES: Final[dict[str, type[sa.types.TypeEngine[Any]]]] = {
    "": sa.String,
    "long": sa.Text,
    "date": sa.Date,
    "flag": sa.Boolean,
    "int": sa.Integer,
    "big": sa.BigInteger,
    "json": sa.JSON,
    "bytes": sa.LargeBinary,
}


def _columns(words: str) -> list[sa.Column[Any]]:
    made = []
    for word in words.split():
        name, _, kind = word.rstrip("?").partition(":")
        made.append(sa.Column(name, _TYPES[kind](), nullable=word.endswith("?"), autoincrement=False))
    return made


def _table(name: str, key: str, words: str, *, references: bool = False) -> None:
    """Create a table; `key` lists the columns of its primary key, which come first."""
    keys = [word.partition(":")[0] for word in key.split()]
    constraints: list[sa.schema.SchemaItem] = [sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}")]
    if references:
        constraints.append(sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=f"fk_{name}_journal"))
    op.create_table(name, *_columns(f"{key} {words}"), *constraints)


def _numbered_table(name: str, words: str, *constraints: sa.schema.SchemaItem) -> None:
    number: sa.Column[Any] = sa.Column("id", sa.Integer(), nullable=False)
    op.create_table(
        name, number, *_columns(words), sa.PrimaryKeyConstraint("id", name=f"pk_{name}"), *constraints
    )


def upgrade() -> None:
    """Create everything."""
    _table("server", "id", "name tier public_key centre centre_key incarnation:int")
    _table("admitted", "station", "at_ms:big")
    _table("erased", "fair subject", "")
    _table("fixed_term", "fair subject", "")
    _table("handed_receipt", "name seq:big", "fair document:long")
    op.create_index("ix_handed_receipt_fair", "handed_receipt", ["fair"])
    _numbered_table("journal", "station incarnation:big fair seq:big digest:bytes")
    op.create_index("ix_journal_fair", "journal", ["fair"])
    op.create_index("uq_journal_name", "journal", ["station", "incarnation", "fair"], unique=True)
    header = "hlc author kind subject wire_version:int quarantined:flag"
    _table("entry", "journal:int seq:big", f"{header} body_digest:bytes digest:bytes body:bytes?")
    op.create_index("ix_entry_subject", "entry", ["subject"])
    _table("seal", "journal:int seq:big", "signature:bytes", references=True)
    _table("receipt", "number:big", "journal:int seq:big document:long", references=True)
    op.create_index("uq_receipt_journal_seq", "receipt", ["journal", "seq"], unique=True)
    _table("receipt_floor", "number:big", "")
    _table("quarantined_entry", "journal:int seq:big", "code detail at_ms:big", references=True)
    _numbered_table(
        "forked_batch",
        "name journal:int first:big last:big carrier at_ms:big raw:bytes",
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name="fk_forked_batch_journal"),
        sa.UniqueConstraint("name", name="uq_forked_batch_name"),
    )
    _table("enrolment_code", "digest", "fair name point roles scope expires_ms:big public_key? reply:long?")
    for kind, words in _FACTS.items():
        _table(kind, "fair subject", f"{_OWN} {words}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE receipt_number")


def downgrade() -> None:
    """Drop everything."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SEQUENCE receipt_number")
    for kind in _FACTS:
        op.drop_table(kind)
    for name in (
        "enrolment_code",
        "forked_batch",
        "quarantined_entry",
        "receipt",
        "receipt_floor",
        "seal",
        "entry",
        "journal",
        "handed_receipt",
        "fixed_term",
        "erased",
        "admitted",
        "server",
    ):
        op.drop_table(name)
