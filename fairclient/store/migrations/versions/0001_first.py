"""The first tables: facts, journals with their proofs, and the program's own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A column is "name:type", text where no type is named; "?" lets it be empty, "!" makes it part of the key.
TYPES: dict[str, Any] = {
    "": sa.String,
    "bool": sa.Boolean,
    "bytes": sa.LargeBinary,
    "date": sa.Date,
    "int": sa.Integer,
    "json": sa.JSON,
}
PROJECTED = "subject! fair station author created updated revision conflicted:bool "
FACTS = {
    "attendee": (
        "given_names first_surname second_surname sex birth_date:date? birth_estimated:bool profile "
        "nationality documents:json phones:json municipality neighbourhood household? household_role "
        "language migration_status ethnicity gender_identity functioning:json disability education "
        "health_regime eps sisben pregnant specific_needs:json safe_contact notes anonymous:bool "
        "age_band unaccompanied:bool"
    ),
    "household": "name address municipality neighbourhood phone representative? absent:json merged_into?",
    "authorisation": (
        "attendee text_version text_digest language channel general:bool sensitive:bool sharing:bool "
        "follow_up:bool image:bool statistics:bool representative? relation witness "
        "representative_name representative_documents:json"
    ),
    "visit": "attendee day:date point",
    "referral": "attendee visit service desk? slip? priority origin? note",
    "outcome": "service result token_id slip? referral? attendee? desk reason undoes?",
    "slip": (
        "attendee visit token_id code turn display_name day:date desks:json services:json referrals:json "
        "language replaces? void_reason"
    ),
    "fair": (
        "code name starts:date ends:date organiser municipality place help_line time_zone languages:json "
        "purge_days:int fictional:bool age_recipients:json known_people:json hold_until_closed:bool"
    ),
    "service": "code name_es name_en sector sensitive:bool shortcut order:int",
    "desk": "letter name services:json order:int capacity:int quota:int",
    "operator": "name roles:json public_key valid_until:date? revoked:bool age_recipient?",
    "station": "name point public_key scope revoked:bool valid_until:date?",
    "day_closed": "day:date heads:json totals:json four_eyes:bool note signature",
    "distinction": "attendee other same:bool reason",
    "draft": "token_id code day:date point form:json services:json ended attendee?",
    "sealed": "about recipients:json content",
    "erasure": "attendee subjects:json ground day:date signature",
    "operator_key": "operator public_key age_recipient? withdrawn:bool proof signature",
    "ruling": "journal seq:int digest verdict",
}
OTHERS = {
    "journal": (
        "number:int! station incarnation:int fair own:bool seq:int digest:bytes hlc at_hub:int at_centre:int"
    ),
    "entry": "place:int! hlc author kind subject wire_version:int body:bytes? body_digest:bytes digest:bytes",
    "verdict": "place:int! tier! verdict code",
    "likeness": "person:int! subject:bytes profile",
    "likeness_key": "place:int! people:bytes",
    "receipt": "server! number:int! journal:int! seq:int! tier at:int content",
    "stick": "number:int! at:int place digest",
    "reserved_read": "number:int! at:int operator attendee section",
    "purged": "number:int! journal:int last:int digest:bytes server receipt:int entries:int at:int",
    "print_job": "number:int! slip again:bool state reason printer ref tries:int made:int at:int",
}
KEYED = {
    "seal": "journal:int! seq:int! signature:bytes",
    "stick_range": "journal:int! stick:int! first:int last:int",
    "meta": "key! value",
    "erased": "subject!",
    "known_before": "digest:bytes!",
    "card": "subject! content",
    "open_form": "operator! page! content at:int",
    "search_key": "key! subject!",
    "conflict": "kind! subject! field! choices:json",
    "paper_block": "token_id! code turn day:date state slip at:int",
}
INDEXES = {
    "attendee": ("household",),
    "household": ("merged_into",),
    "authorisation": ("attendee",),
    "visit": ("attendee", "day"),
    "referral": ("visit",),
    "outcome": ("token_id", "referral"),
    "slip": ("attendee", "day turn", "token_id", "code"),
    "day_closed": ("day",),
    "distinction": ("attendee", "other"),
    "draft": ("token_id", "code"),
    "sealed": ("about",),
    "erasure": ("attendee",),
    "entry": ("subject",),
    "reserved_read": ("attendee",),
    "print_job": ("state", "slip"),
    "paper_block": ("day turn",),
}


def upgrade() -> None:
    """Make every table."""
    for table, columns in FACTS.items():
        op.create_table(table, *_columns(PROJECTED + columns), sqlite_with_rowid=False)
    for table, columns in OTHERS.items():
        unique = [sa.UniqueConstraint("station", "incarnation", "fair", name="journal_name")]
        op.create_table(table, *_columns(columns), *(unique if table == "journal" else []))
    for table, columns in KEYED.items():
        op.create_table(table, *_columns(columns), sqlite_with_rowid=False)
    for table, indexed in INDEXES.items():
        for names in indexed:
            op.create_index(f"{table}_by_{names.replace(' ', '_')}", table, names.split())
    op.create_index("receipt_by_journal", "receipt", ["journal", "tier", "seq"])
    once = sa.text("NOT again")
    op.create_index("print_job_once", "print_job", ["slip"], unique=True, sqlite_where=once)


def downgrade() -> None:
    """Drop every table; for tests of the migrations."""
    for table in (*KEYED, *OTHERS, *FACTS):
        op.drop_table(table)


def _columns(written: str) -> list[sa.Column[Any]]:
    return [_column(column) for column in written.split()]


def _column(written: str) -> sa.Column[Any]:
    name, _, kind = written.rstrip("?!").partition(":")
    return sa.Column(name, TYPES[kind](), primary_key=written.endswith("!"), nullable=written.endswith("?"))
