"""The award is computed in ``scoring.ranking`` alone: nobody else rounds, averages or weighs."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("paritrana", "regions", "awards", "scoring")
KERNEL = "scoring/ranking"
ROUNDING = {"ROUND_HALF_UP", "ROUND_HALF_EVEN", "quantize", "to_integral_value", "rint", "fmean"}
AVERAGES = {"mean", "average", "Avg", "nanmean"}
MODULES = {"statistics", "fractions"}

ALLOWED = {
    "regions/places/search.py _distance": "how unlike two spellings are",
    "scoring/verify_seal.py": "runs by itself, without the portal: a second computation to compare the first with",
    "scoring/ranking/agreement/": "statistics of the jurors beside the result; no score or total",
    "regions/plausibility/": "statistics that doubt figures; no score or total",
    "paritrana/display/formats.py quotient": "percentages of the floors below; tested to equal the kernel's",
    "paritrana/display/numbers.py <module>": "imports what the next two use",
    "paritrana/display/numbers.py _count_refusal": "asks whether a number that was refused is whole",
    "paritrana/display/numbers.py _hundredths_refusal": "proposes how to write a figure that was refused",
    "awards/criteria/kinds/amount.py read_cells": "reads money from a cell, and refuses it unless it has two decimals",
    "scoring/plenary/flags.py <module>": "the median, to ask which mark lies far from the others; shows no figure",
    "scoring/sheets/own_ranking.py _summed": "adds in the database, whole numbers; the kernel rounds",
    "awards/criteria/written_steps.py total": "writes the exact sum before rounding, for a pocket calculator",
    "scoring/public/pictures.py": "pixels and colours of a picture",
    "scoring/ranking/robustness/contest.py shown_totals": "many weightings in one product; the kernel rounds",
    "scoring/ranking/robustness/marks.py": "halves an interval in a search; the kernel makes every score",
    "scoring/ranking/robustness/needed.py": "solves for a score or a mark; the kernel makes every score",
    "scoring/ranking/robustness/weights.py": "solves for a weight; the kernel makes every total",
    "scoring/plenary/consistency.py _all_hundredths": "brings a statistic to whole millionths; the kernel rounds",
    "scoring/plenary/consistency_text.py": "coordinates of a picture of statistics",
}
"""A folder, a file, or a file and one of its functions -> why it may."""


def called(node: ast.AST) -> str:
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def weighs(node: ast.AST) -> bool:
    """Whether anything in it is multiplied with a weight."""
    products = (one for one in ast.walk(node) if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Mult))
    names = (each for one in products for side in (one.left, one.right) for each in ast.walk(side))
    return any("weight" in called(each) or "weight" in str(getattr(each, "value", "")) for each in names)


def is_sum(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and called(node) in {"sum", "Sum"}


def computes(node: ast.AST) -> str:
    """What this node does that only the kernel may; empty when nothing."""
    match node:
        case ast.Import(names=names) if MODULES & {one.name for one in names}:
            return "imports"
        case ast.ImportFrom(module=module, names=names) if module in MODULES or ROUNDING & {one.name for one in names}:
            return "imports"
        case ast.Call() if called(node) in ROUNDING | {"round"}:
            return "rounds"
        case ast.Call(func=ast.Attribute(value=ast.Name(id="ranking" | "kernel" | "written_steps"))):
            return ""  # the kernel, also as kinds of criteria get it, and what writes a calculation down in words
        case ast.Call(func=ast.Attribute()) if called(node) in AVERAGES:
            return "averages"
        case ast.BinOp(op=ast.FloorDiv(), left=ast.BinOp(op=ast.Add() | ast.Sub())):
            return "rounds"
        case (
            ast.BinOp(op=ast.Add(), right=ast.Constant(value=0.5))
            | ast.BinOp(op=ast.Add(), left=ast.Constant(value=0.5))
        ):
            return "rounds"
        case ast.BinOp(op=ast.Div() | ast.FloorDiv(), left=left) if is_sum(left):
            return "averages"
        case ast.BinOp(op=ast.MatMult()):
            return "weighs"
        case ast.Call() if is_sum(node) and any(weighs(each) for each in node.args):
            return "weighs"
    return ""


def found_in(source: str) -> Iterator[tuple[str, int, str]]:
    """(function, line, what it does); ``<module>`` outside of functions."""

    def inside(node: ast.AST, function: str) -> Iterator[tuple[str, int, str]]:
        for child in ast.iter_child_nodes(node):
            name = child.name if isinstance(child, ast.FunctionDef) else function
            if what := computes(child):
                yield name, child.lineno, what
            yield from inside(child, name)

    return inside(ast.parse(source), "<module>")


@cache
def places() -> list[tuple[str, str, int, str]]:
    files = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    names = [path.relative_to(ROOT).as_posix() for path in files]
    return [
        (name, *one)
        for name, path in zip(names, files, strict=True)
        if path.parent != ROOT / KERNEL and "/migrations/" not in name
        for one in found_in(path.read_text())
    ]


def allowance(name: str, function: str) -> str:
    """The entry that allows it; empty when none does."""
    return next((each for each in ALLOWED if each in {name, f"{name} {function}"} or _holds(each, name)), "")


def _holds(entry: str, name: str) -> bool:
    return entry.endswith("/") and name.startswith(entry)


def test_nobody_but_the_kernel_computes_the_award():
    assert [one for one in places() if not allowance(one[0], one[1])] == []


def test_scoring_takes_its_percentages_from_the_kernel():
    banned = {"formats.quotient", "paritrana.display.formats.quotient", "regions.rules.share"}
    borrowed = [name for name in imports_of("scoring") if name in banned]

    assert borrowed == []


def imports_of(package: str) -> Iterator[str]:
    """What its modules import, and the attributes they use, both with the module's name."""
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{one.name}" for one in node.names)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                yield f"{node.value.id}.{node.attr}"


def test_what_is_allowed_is_still_needed():
    assert {allowance(name, function) for name, function, _line, _what in places()} >= set(ALLOWED)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("def shown(a, b):\n    return (2 * a + b) // (2 * b)", "rounds"),
        ("def shown(a):\n    return (a + 5_000) // 10_000", "rounds"),
        ("def shown(a):\n    return int(floor(a + 0.5))", "rounds"),
        ("def shown(a):\n    return round(a, 2)", "rounds"),
        ("def shown(a):\n    return a.quantize(CENT)", "rounds"),
        ("def shown(a):\n    return sum(a) / len(a)", "averages"),
        ("def shown(a):\n    return np.mean(a)", "averages"),
        ("def shown(a):\n    return a.aggregate(models.Avg('value'))", "averages"),
        ("def shown(a):\n    return sum(one.score * one.weight for one in a)", "weighs"),
        ("def shown(a):\n    return Sum(F('value') * F('criterion__weight'))", "weighs"),
        ("def shown(a, weights):\n    return a @ weights", "weighs"),
        ("def shown():\n    import statistics", "imports"),
        ("def shown():\n    from decimal import ROUND_HALF_UP", "imports"),
    ],
)
def test_arithmetic_elsewhere_is_found(source, what):
    assert {(function, does) for function, _line, does in found_in(source)} == {("shown", what)}


def test_calls_of_the_kernel_are_no_arithmetic():
    source = "def shown(a):\n    return ranking.mean(a, a), ranking.quotient(sum(a), len(a)), a // 100"

    assert list(found_in(source)) == []
