"""Paths that a document names, as ``file``, ``folder/`` or ``file:name``, and whether the tree has them."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_TOP = "paritrana|regions|awards|scoring|templates|static|tests|docs|fixtures|locale|benchmarks"
_PATH = re.compile(rf"`((?:{_TOP})/[\w./]*(?::\w+)?)`")


def paths_in(text: str) -> list[str]:
    return _PATH.findall(text)


def table_under(page: Path, heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, cell by cell, without its head."""
    section = page.read_text().partition(f"\n{heading}\n")[2]
    table = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    lines = table[0].splitlines()[2:] if table else []
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def absent(paths: Iterable[str], root: Path = ROOT) -> list[str]:
    """Those that do not exist, or whose file does not define the name at its top level."""
    return [path for path in paths if not _exists(path, root)]


def _exists(path: str, root: Path) -> bool:
    file, _, name = path.partition(":")
    if not name:
        return (root / file).is_dir() if file.endswith("/") else (root / file).is_file()
    return (root / file).is_file() and name in _defined((root / file).read_text())


def _defined(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names
