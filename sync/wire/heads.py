"""Heads: how far each journal is known, and with which digest."""

from __future__ import annotations

from typing import TypeAlias

Heads: TypeAlias = dict[str, tuple[int, str]]
"""`{"station/incarnation/fair": (seq, digest in hex)}`; a journal with no entry is left out."""
