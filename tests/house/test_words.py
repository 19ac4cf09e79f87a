"""Every sentence of the program is there in every language, filled with the same things, and compiled."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from fairclient.base import resources, words
from tests.house.checkout import ROOT, modules


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """packaging/words.py, which is a script and in no package."""
    spec = importlib.util.spec_from_file_location("words_tool", ROOT / "packaging" / "words.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# --- the catalogues ---------------------------------------------------------------------------------------


def test_every_language_says_everything(tool: ModuleType) -> None:
    assert tool.check() == []


def test_english_is_there(tool: ModuleType) -> None:
    assert "en" in [file.stem for file in tool.catalogues()]
    assert len(tool.extract()) > 100


def test_only_plain_sentences_are_marked() -> None:
    """What is built before it is looked up (an f-string, a sum, a ``format``) would never be found."""
    built = [
        f"{name}:{node.lineno}"
        for name, tree in modules("fairclient")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "N_", "ngettext"}
        for argument in node.args[:2]
        if isinstance(argument, ast.JoinedStr | ast.BinOp)
        or (isinstance(argument, ast.Call) and getattr(argument.func, "attr", "") == "format")
    ]
    assert built == []


def test_nothing_is_looked_up_while_a_module_is_read() -> None:
    """``_()`` outside a function would stay in the language of the start; ``N_()`` is meant for there."""
    early = [
        f"{name}:{node.lineno}"
        for name, tree in modules("fairclient")
        for node in _outside_functions(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext"}
    ]
    assert early == []


def _outside_functions(node: ast.AST) -> list[ast.AST]:
    inside = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    found: list[ast.AST] = []
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, inside):
            found += [child, *_outside_functions(child)]
    return found


# --- the tool ---------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A program of three sentences, with a catalogue that is to be filled."""
    (tmp_path / "fairclient").mkdir()
    (tmp_path / "fairclient" / "page.py").write_text(
        "_('Guardar')\nN_('Hola, {name}')\nngettext('Queda una', 'Quedan {n}', 3)\n", encoding="utf-8"
    )
    (tmp_path / "words" / "parts").mkdir(parents=True)
    (tmp_path / "words" / "en.po").touch()
    return tmp_path


def _part(small: Path, text: str) -> None:
    (small / "words" / "parts" / "en-page.po").write_text(text, encoding="utf-8")


WHOLE = """
msgid "Guardar"
msgstr "Save"

msgid "Hola, {name}"
msgstr "Hello, {name}"

msgid "Queda una"
msgid_plural "Quedan {n}"
msgstr[0] "One left"
msgstr[1] "{n} left"
"""


def test_a_part_is_taken_in_and_removed(tool: ModuleType, small: Path) -> None:
    _part(small, WHOLE)
    folder = small / "words"
    assert tool.check(folder, small) != []
    assert tool.bring_up_to_date(False, folder, small) == []
    assert not list((folder / "parts").iterdir())
    assert tool.check(folder, small) == []
    again = (folder / "en.po").read_bytes(), (folder / "en.mo").read_bytes()
    tool.bring_up_to_date(False, folder, small)
    assert again == ((folder / "en.po").read_bytes(), (folder / "en.mo").read_bytes())


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('"Save"', '""', "has no translation"),
        ('"Hello, {name}"', '"Hello, {nombre}"', "fills ['name']"),
        ('"Hello, {name}"', '"Hello"', "fills ['name']"),
        ('"{n} left"', '"{m} left"', "fills ['n']"),
        ('"Hello, {name}"', '"Hello, {name"', "stray brace"),
    ],
)
def test_a_fault_is_told(tool: ModuleType, small: Path, good: str, bad: str, said: str) -> None:
    _part(small, WHOLE.replace(good, bad))
    found = tool.bring_up_to_date(False, small / "words", small)
    assert len(found) == 1 and said in found[0]
    assert tool.check(small / "words", small) == found


def test_a_sentence_that_is_gone_and_a_stale_compilation_are_told(tool: ModuleType, small: Path) -> None:
    _part(small, WHOLE)
    tool.bring_up_to_date(False, small / "words", small)
    (small / "fairclient" / "page.py").write_text("_('Guardar')\n", encoding="utf-8")
    found = tool.check(small / "words", small)
    assert [line.rpartition("» ")[2] for line in found[:2]] == ["is said nowhere any more"] * 2
    assert found[2] == "en.mo is not what en.po says"


# --- what the program reads -------------------------------------------------------------------------------


@pytest.fixture
def compiled(tool: ModuleType, small: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The small program's English, where the program looks for its own."""
    _part(small, WHOLE)
    tool.bring_up_to_date(False, small / "words", small)
    (small / "words").rename(small / "translations")
    monkeypatch.setattr(resources, "path", lambda relative: small.joinpath(*relative.split("/")))
    words._load.cache_clear()
    yield
    words._load.cache_clear()


@pytest.mark.usefixtures("compiled")
class TestLanguages:
    """What ``_()``, ``ngettext()`` and ``translator()`` give."""

    def test_spanish_is_the_sentence_itself(self) -> None:
        assert words.language() == "es"
        assert words._("Guardar") == words.N_("Guardar") == "Guardar"
        assert [words.ngettext("Queda una", "Quedan {n}", n) for n in (1, 2)] == ["Queda una", "Quedan {n}"]

    @pytest.mark.parametrize("code", ["en", "en_GB", "en-US", "EN", "en_US.UTF-8"])
    def test_english_by_any_of_its_codes(self, code: str) -> None:
        assert words.set_language(code) == words.language() == "en"
        assert words._("Guardar") == "Save"
        assert [words.ngettext("Queda una", "Quedan {n}", n) for n in (1, 2)] == ["One left", "{n} left"]

    @pytest.mark.parametrize("code", ["", "fr", "C", "../en", "es_CO"])
    def test_an_unknown_language_is_spanish(self, code: str) -> None:
        assert words.set_language(code) == "es"
        assert words._("Guardar") == "Guardar"

    def test_a_sentence_without_words_stays_in_spanish_and_nothing_is_nothing(self) -> None:
        words.set_language("en")
        assert words._("Frase nueva") == "Frase nueva"
        assert words._("") == ""

    def test_a_slip_speaks_its_own_language(self) -> None:
        english = words.translator("en")
        assert (english("Guardar"), english.language, words._("Guardar")) == ("Save", "en", "Guardar")
        assert english.ngettext("Queda una", "Quedan {n}", 5) == "{n} left"

    def test_threads_share_the_language(self) -> None:
        words.set_language("en")
        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(words._, ["Guardar"] * 40)) == {"Save"}

    def test_the_machine_is_asked_in_order(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        assert words.language_of_the_machine() == "es"
        monkeypatch.setenv("LANG", "en_US.UTF-8")
        assert words.language_of_the_machine() == "en"
        monkeypatch.setenv("FAIRCLIENT_LANGUAGE", "es")
        assert words.language_of_the_machine() == "es"

    def test_what_can_be_chosen(self) -> None:
        assert words.languages() == ("es", "en")


def test_a_language_of_slips_has_what_slips_say_and_is_not_the_window_s(
    tool: ModuleType, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small / "fairclient" / "slips").mkdir()
    (small / "fairclient" / "slips" / "layout.py").write_text("_('Su turno')\n", encoding="utf-8")
    (small / "words" / "slips").mkdir()
    (small / "words" / "slips" / "pt.po").touch()
    part = small / "words" / "parts" / "pt-paper.po"
    part.write_text('msgid "Su turno"\nmsgstr "Sua vez"\n', encoding="utf-8")
    assert [line for line in tool.bring_up_to_date(False, small / "words", small) if "pt" in line] == []
    (small / "words").rename(small / "translations")
    monkeypatch.setattr(resources, "path", lambda relative: small.joinpath(*relative.split("/")))
    words._load.cache_clear()
    assert words.translator("pt")("Su turno") == "Sua vez"
    assert words.languages() == ("es", "en")
    assert words.set_language("pt") == "es"
    words._load.cache_clear()
