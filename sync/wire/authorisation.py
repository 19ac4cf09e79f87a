"""The proof that a person allowed, or did not allow, the treatment of her data (Ley 1581 de 2012)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from sync.wire.attendee import Document
from sync.wire.fact import Code, Fact, Hex, Id, Short


class Authorisation(Fact):
    """What was read out, in which words, and what was answered.

    The proof must be retrievable later (Ley 1581 art. 8; Decreto 1377 de 2013): the text's version and
    digest, the channel and the language are kept; author and time are the entry's own. Silence is never
    consent, so every part defaults to False; the sensitive part is asked apart (Decreto 1377 art. 6). Who
    answers for a minor is named: the attendee who is the `representative`, or somebody who is not registered
    by name and document.
    """

    KIND: ClassVar[str] = "authorisation"

    attendee: Id
    text_version: Code
    text_digest: Hex
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "es"
    channel: Literal["verbal", "signature", "fingerprint"] = "verbal"
    general: bool = False
    sensitive: bool = False
    sharing: bool = False
    follow_up: bool = False
    image: bool = False
    statistics: bool = False
    representative: Id | None = None
    relation: Code = ""
    witness: Short = ""
    representative_name: Short = ""
    representative_documents: Annotated[tuple[Document, ...], Field(max_length=2)] = ()
