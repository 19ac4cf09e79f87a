"""Gathers the program's sentences, brings every language's catalogue up to date and compiles it.

    python packaging/words.py            gather, take in parts/, compile, and say what lacks a translation
    python packaging/words.py --check    change nothing; exit 1 when a catalogue isn't complete and compiled
    python packaging/words.py --new fr   start a catalogue for a language

A language in ``slips/`` is spoken by slips only: it has what they say, and the window doesn't offer it.
Whoever adds sentences may put their translations into ``parts/en-anything.po``: they are taken into ``en.po``
and the part is removed (``--keep-parts`` leaves it), so that two people seldom touch the same lines.
"""

from __future__ import annotations

import argparse
import csv
import io
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "resources" / "translations"
SOURCES = ("fairclient",)
THINGS = "resources/slips/bring.csv"
ON_SLIPS = {"fairclient/slips/layout.py", "fairclient/base/dates.py", THINGS}
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext": (1, 2)}


class PlainCatalogue(Catalog):
    """A catalogue whose header has no dates or tool versions, so that the same words give the same file."""

    def _plain_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "fairclient"),
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]

    mime_headers = property(_plain_headers)


class Sentence(NamedTuple):
    """One sentence of the code: its singular and, where it counts things, its plural."""

    forms: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def key(self) -> str:
        """What gettext looks it up by."""
        return self.forms[0]

    @property
    def entry(self) -> str | tuple[str, ...]:
        """What a catalogue keeps it under."""
        return self.forms if len(self.forms) > 1 else self.key


def extract(root: Path = ROOT, sources: Iterable[str] = SOURCES) -> dict[str, Sentence]:
    """Every sentence that the code says, by its key."""
    found: dict[str, Sentence] = {}
    for source in sources:
        folder = root / source
        for file, _line, text, _comments, _context in extract_from_dir(
            folder, method_map=[("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True
        ):
            forms = text if isinstance(text, tuple) else (text,)
            name = f"{source}/{Path(file).as_posix()}"
            known = found.get(forms[0])
            files = {*known.files, name} if known else {name}
            widest = max(forms, known.forms if known else (), key=len)
            found[forms[0]] = Sentence(widest, tuple(sorted(files)))
    for thing in _things(root / THINGS):
        said_by = found[thing].files if thing in found else ()
        found[thing] = Sentence((thing,), tuple(sorted({*said_by, THINGS})))
    return found


def _things(listed: Path) -> list[str]:
    """What slips ask people to bring: sentences that stand in a list and not in the code."""
    if not listed.is_file():
        return []
    with listed.open(encoding="utf-8", newline="") as file:
        return [row["bring"] for row in csv.DictReader(file)]


def load(file: Path, language: str) -> Catalog:
    """The catalogue in ``file``."""
    with file.open("rb") as opened:
        return read_po(opened, locale=language, abort_invalid=True)


def translated(message: Message | None) -> bool:
    """Whether every form of ``message`` has words."""
    if message is None or message.fuzzy:
        return False
    return all(_strings(message))


def _strings(message: Message) -> tuple[str, ...]:
    words = message.string
    return tuple(words) if isinstance(words, (tuple, list)) else (words or "",)


def gather(language: str, sentences: dict[str, Sentence], old: Iterable[Catalog]) -> Catalog:
    """A catalogue of exactly ``sentences``; of the catalogues in ``old``, the last that has words counts."""
    known = list(old)
    fresh = PlainCatalogue(locale=language, charset="utf-8", fuzzy=False, header_comment="")
    for sentence in sorted(sentences.values(), key=lambda one: (one.files[0], one.key)):
        words: object = ""
        for catalogue in known:
            message = catalogue.get(sentence.key)
            if message is None or not translated(message):
                continue
            if message.pluralizable == (len(sentence.forms) > 1):
                words = message.string
        fresh.add(
            sentence.entry,
            string=words,  # type: ignore[arg-type]
            locations=[(file, 0) for file in sentence.files],
        )
    return fresh


def po_text(catalogue: Catalog) -> bytes:
    """What stands in the ``.po``: no line numbers, so that moving code changes nothing here."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, include_lineno=False)
    return out.getvalue().lstrip(b"#\n ")


def mo_bytes(catalogue: Catalog) -> bytes:
    """What stands in the ``.mo`` that the program reads."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def placeholders(text: str) -> set[str]:
    """The names in braces that ``text`` wants filled."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def problems(language: str, sentences: dict[str, Sentence], catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a language, one line each."""
    for sentence in sentences.values():
        message = catalogue.get(sentence.key)
        where = f"{language}: {sentence.files[0]}: «{sentence.key}»"
        if message is None or not translated(message):
            yield f"{where} has no translation"
            continue
        # A singular may say "one" and leave the number out; nobody may ask for a name that isn't given.
        allowed = set[str]().union(*map(placeholders, sentence.forms))
        needed = set[str]() if len(sentence.forms) > 1 else allowed
        for form in _strings(message):
            try:
                names = placeholders(form)
            except ValueError as error:
                yield f"{where} has a stray brace in «{form}» ({error})"
                continue
            if not needed <= names <= allowed:
                yield f"{where} fills {sorted(allowed)} but the translation has {sorted(names)}"
    for stale in sorted(str(one.id) for one in catalogue if one.id and _key(one) not in sentences):
        yield f"{language}: «{stale}» is said nowhere any more"


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else str(message.id)


def catalogues(folder: Path = TRANSLATIONS) -> list[Path]:
    """The ``.po`` of each language, the whole ones first."""
    return [*sorted(folder.glob("*.po")), *sorted(folder.glob("slips/*.po"))]


def wanted(file: Path, sentences: dict[str, Sentence]) -> dict[str, Sentence]:
    """Those of ``sentences`` that the catalogue ``file`` is to have."""
    if file.parent.name != "slips":
        return sentences
    return {key: one for key, one in sentences.items() if ON_SLIPS.intersection(one.files)}


def check(folder: Path = TRANSLATIONS, root: Path = ROOT) -> list[str]:
    """Everything that keeps the catalogues of ``folder`` from being complete and compiled."""
    sentences = extract(root)
    waiting = sorted((folder / "parts").glob("*.po"))
    found: list[str] = [f"{part.name} waits to be taken in" for part in waiting]
    for file in catalogues(folder):
        language, needed = file.stem, wanted(file, sentences)
        catalogue = load(file, language)
        found += problems(language, needed, catalogue)
        compiled = file.with_suffix(".mo")
        tidy = gather(language, needed, [catalogue])
        if not compiled.is_file() or compiled.read_bytes() != mo_bytes(tidy):
            found.append(f"{compiled.name} is not what {file.name} says")
    return found


def bring_up_to_date(keep_parts: bool, folder: Path = TRANSLATIONS, root: Path = ROOT) -> list[str]:
    """Rewrite each language's ``.po`` and ``.mo`` from the code and the parts; gives what is still wrong."""
    sentences = extract(root)
    found: list[str] = []
    for file in catalogues(folder):
        language, needed = file.stem, wanted(file, sentences)
        parts = sorted((folder / "parts").glob(f"{language}-*.po"))
        fresh = gather(language, needed, [load(source, language) for source in [file, *parts]])
        file.write_bytes(po_text(fresh))
        file.with_suffix(".mo").write_bytes(mo_bytes(fresh))
        found += problems(language, needed, fresh)
        if not keep_parts:
            for part in parts:
                part.unlink()
    return found


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; gives the exit code."""
    parser = argparse.ArgumentParser(description="Keep the translations complete and compiled.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when one is missing")
    parser.add_argument("--keep-parts", action="store_true", help="leave the files of parts/ where they are")
    parser.add_argument("--new", metavar="CODE", help="start a catalogue for this language")
    options = parser.parse_args(arguments)
    if options.new:
        (TRANSLATIONS / f"{options.new}.po").touch()
    found = check() if options.check else bring_up_to_date(options.keep_parts)
    for line in found:
        print(line, file=sys.stderr)
    spoken = " ".join(["es", *(one.stem for one in catalogues())])
    print(f"words: {len(extract())} sentences; languages: {spoken}; {len(found)} to mend")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
