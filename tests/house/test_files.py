"""Nothing of one machine, of one registry or of a real person's computer is in the repository."""

from __future__ import annotations

import re

from tests.house.checkout import ROOT, tracked

# In pieces, so that this file doesn't find itself.
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "deb" + ".debian.org")
OPTIONS = ("index" + "-url", "find" + "-links", "trusted" + "-host")
HOMES = r"(?<![\w.])/(?:ro" + r"ot|wo" + r"rk|ho" + r"me/[a-z]+|Us" + r"ers/[A-Za-z]+)/"
MACHINE = re.compile(HOMES + r"|[A-Z]:\\Us" + r"ers\\[A-Za-z]+\\")
BINARY = {".mo", ".png", ".ico", ".icns", ".ttf", ".otf", ".pdf", ".wav", ".zst", ".gz", ".bin", ".jpg"}
UNWANTED = {"uv.lock", "package-lock.json", ".DS_Store"}


def _texts() -> list[tuple[str, str]]:
    return [
        (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix not in BINARY and path.is_file()
    ]


def test_no_file_names_a_registry() -> None:
    # The option that keeps the address out of the pinned files has to be named once.
    texts = [(name, text.replace("--no-emit-" + OPTIONS[0], "")) for name, text in _texts()]
    assert [(name, word) for name, text in texts for word in (*HOSTS, *OPTIONS) if word in text] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [(name, match.group()) for name, text in _texts() for match in MACHINE.finditer(text)]
    assert found == []


def test_what_is_made_is_not_kept() -> None:
    assert [path.name for path in tracked() if path.name in UNWANTED or path.suffix == ".pyc"] == []


def test_every_text_is_utf8_with_unix_lines_and_no_invisible_marks() -> None:
    bidi = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
    # A byte-order mark and carriage returns are what some CSV files of the tests are about.
    texts = [(name, text) for name, text in _texts() if not name.startswith("tests/")]
    assert [name for name, text in texts if "\r" in text or bidi.search(text)] == []
