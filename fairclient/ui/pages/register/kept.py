"""What is kept of the registration page while it is half-filled, and how it is written down."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from fairclient.ui.pages.register.draft import Draft

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptForm:
    """A draft, and where the registrar was: see ``RegisterForm.whereabouts``."""

    draft: Draft
    focus: str = ""


_ADAPTER = TypeAdapter(KeptForm)


def write(kept: KeptForm) -> str:
    """A kept form as text, "" for one on which there is nothing; who is known already is read anew later."""
    if kept.draft.blank and kept.draft.family is None:
        return ""
    # Who refuses leaves nothing behind that says who she is, not even in what is kept against a power cut.
    draft = kept.draft.allowed()
    return _ADAPTER.dump_json(replace(kept, draft=replace(draft, known=None))).decode()


def read(text: str) -> KeptForm | None:
    """A kept form, or None for nothing and for what another version of the program wrote otherwise."""
    if not text:
        return None
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        _log.warning("a kept form can't be read (%d problems); it is left aside", error.error_count())
        return None
