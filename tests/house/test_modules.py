"""Modules say what they are and stay small enough to live in."""

from __future__ import annotations

import ast
import statistics

import pytest

from tests.house.checkout import ROOT, modules

FOLDERS = ("fairclient", "sync", "tests", "packaging", "benchmarks")
PRODUCT = ("fairclient", "sync")
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common", "stuff", "tools"}


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        name for name, tree in modules(*FOLDERS) if tree.body and not (ast.get_docstring(tree) or "").strip()
    ]
    assert silent == []


def test_no_module_is_a_drawer() -> None:
    named = [name for name, _tree in modules(*FOLDERS) if DRAWERS.intersection(name[:-3].split("/"))]
    assert named == []


def test_every_package_folder_has_its_opener() -> None:
    folders = {ROOT.joinpath(name).parent for name, _tree in modules(*PRODUCT)}
    # Alembic reads the steps of a migration as files, under names that no import could say.
    folders = {folder for folder in folders if folder.name != "versions"}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def _lines(node: ast.AST) -> int:
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize(("what", "median", "ninetieth"), [("modules", 120, 300), ("functions", 8, 25)])
def test_the_house_keeps_its_measure(what: str, median: int, ninetieth: int) -> None:
    """Lines of a module and of a function, as CONTRIBUTING.md promises."""
    trees = [tree for name, tree in modules(*PRODUCT) if not name.endswith("__init__.py")]
    if what == "modules":
        sizes = [max(getattr(node, "end_lineno", 0) or 0 for node in tree.body) for tree in trees]
    else:
        sizes = [
            _lines(node)
            for tree in trees
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
    assert statistics.median(sizes) <= median
    assert statistics.quantiles(sizes, n=10)[-1] <= ninetieth
