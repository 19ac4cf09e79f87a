"""What is read out: whole in every language, never edited once it was read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fairclient.base import resources
from fairclient.domain import demo_fair
from fairclient.domain.authorisation_texts import (
    PURPOSES,
    AuthorisationText,
    current_text,
    languages,
    text_of,
)
from sync.wire.authorisation import Authorisation

DIGESTS = {
    "es-v1": "102c67990d1150fb440fca3d7c979d89e0b5614b4b02885879f13a2d63726463",
    "en-v1": "1458622a32098c9d0b30d9ac6cd196d386f841dec7ed999a96be7ce3fd260139",
    "pt-v1": "bf770d783261c290e3ec63faca0b79f2eac404b65f0e54091d9676a2123db71d",
    "fr-v1": "1978005b10c733ca09b0e89cc635a338e0642cb2de01de2878a82d400007e65a",
}
"""A text that was ever read out stays as it is: a new wording is a new version, and a new line here."""

ATTENDEE = "01900000-0000-7000-8000-000000000001"


def aloud(text: AuthorisationText, *parts: str) -> str:
    """Some parts of a text, one after the other."""
    return "\n".join(text.parts[part] for part in parts)


def test_every_version_is_the_one_that_was_read_out() -> None:
    files = {file.stem for file in resources.path("authorisation").glob("*.txt")}
    assert {version: text_of(version).digest for version in files} == DIGESTS


def test_it_can_be_read_in_the_four_languages_spanish_first() -> None:
    assert languages()[0] == "es"
    assert set(languages()) == {"es", "en", "pt", "fr"}


@pytest.mark.parametrize("language", ["es", "en", "pt", "fr"])
def test_every_part_is_there_and_filled_in_from_the_fair(language: str) -> None:
    spanish = current_text("es")
    text = current_text(language)
    assert list(text.parts) == list(spanish.parts)
    assert all(text.parts.values())
    fair = demo_fair.load().fair
    filled = text.for_fair(fair)
    beginning = aloud(filled, "intro", "general")
    assert fair.organiser in beginning and fair.name in beginning
    assert fair.help_line in filled.parts["rights"]
    assert not any(re.search(r"[{}]", words) for words in filled.parts.values())
    assert (filled.digest, filled.version) == (text.digest, text.version)


@pytest.mark.parametrize("language", ["es", "en", "pt", "fr"])
def test_each_purpose_has_a_question_of_its_own(language: str) -> None:
    text = current_text(language)
    questions = [text.question(purpose) for purpose in PURPOSES]
    assert len(set(questions)) == len(PURPOSES)
    assert all("?" in question for question in questions)
    assert set(PURPOSES) <= set(Authorisation.model_fields)


@pytest.mark.parametrize(
    ("language", "free", "no_service", "never", "law"),
    [
        ("es", "No tiene obligación", "ningún servicio depende", "Nunca se usa para sancionarle", "Ley 1581"),
        ("en", "do not have to answer", "no service depends", "never used to punish", "Law 1581"),
        ("pt", "não é obrigado", "nenhum serviço depende", "Nunca se usa para punir", "Lei 1581"),
        ("fr", "n’êtes obligé", "aucun service ne dépend", "jamais à vous punir", "colombienne 1581"),
    ],
)  # fmt: skip
def test_what_the_law_wants_said_is_said(
    language: str, free: str, no_service: str, never: str, law: str
) -> None:
    text = current_text(language)
    assert free in text.parts["sensitive"] and no_service in text.parts["sensitive"]
    assert never in aloud(text, "intro", "general")
    assert law in text.parts["rights"]


def test_it_can_be_read_out_without_running_out_of_breath() -> None:
    for language in languages():
        text = current_text(language)
        assert (
            len(aloud(text, "intro", "general", "general.question").split()) < 190
        )  # about a minute and a quarter
        assert len(aloud(text, "sensitive", "sensitive.question").split()) < 130


def test_a_fair_that_says_little_is_still_spoken_of() -> None:
    fair = demo_fair.load().fair.model_copy(update={"organiser": "", "help_line": "", "name": "{channel}"})
    filled = current_text("es").for_fair(fair)
    assert "la organización de esta feria" in aloud(filled, "intro", "general")
    assert "la mesa de información" in filled.parts["rights"]
    assert "{channel}" in aloud(filled, "intro", "general")  # a name is not filled in again


def test_an_unknown_language_is_spanish_and_an_unknown_version_is_none() -> None:
    assert current_text("ht").version == "es-v1"
    for version in ("es-v9", "../es-v1", "es-v1.txt", ""):
        with pytest.raises(KeyError):
            text_of(version)


def test_the_proof_of_it_fits_the_contract() -> None:
    text = current_text("pt")
    kept = Authorisation(
        attendee=ATTENDEE, text_version=text.version, text_digest=text.digest, language=text.language
    )
    assert kept.text_version == "pt-v1" and len(kept.text_digest) == 64


def test_the_digest_is_of_the_words_whatever_the_line_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = resources.path("authorisation/es-v1.txt").read_text("utf-8")
    (tmp_path / "authorisation").mkdir()
    (tmp_path / "authorisation" / "es-v1.txt").write_bytes(words.replace("\n", "\r\n").encode())
    before = text_of("es-v1").digest
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    text_of.cache_clear()
    try:
        assert text_of("es-v1").digest == before
    finally:
        text_of.cache_clear()
