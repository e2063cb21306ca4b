"""The award's arithmetic has one home: nobody else rounds half up or takes the mean of marks."""

import ast
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from paritrana import formats
from scoring import ranking

ROOT = Path(__file__).resolve().parents[2]
APPS = ["paritrana", "regions", "awards", "scoring"]
HOME = ("scoring/ranking/", "scoring/robustness/")
ELSEWHERE = {
    "paritrana/formats.py:quotient": "regions show percentages and stand below the kernel; held equal to it below",
    "paritrana/numbers.py:_count_refusal": "proposes what was meant by a number that was typed",
    "paritrana/numbers.py:_hundredths_refusal": "proposes what was meant by a number that was typed",
    "scoring/uniformity.py:_shown": "an estimate of the statistical model, no figure of the award",
    "scoring/verify_seal.py:half_up": "the verifier that stands alone computes everything a second time",
}
ROUNDING = {"ROUND_HALF_UP", "quantize", "to_integral_value"}


def rounds(node: ast.AST) -> bool:
    """``(a + b // 2) // b``, ``(2 * a + b) // (2 * b)``, ``floor(x + 0.5)``, and decimal's own rounding."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
        return isinstance(node.left, ast.BinOp) and isinstance(node.left.op, ast.Add)
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("floor"):
        return any(isinstance(each, ast.Constant) and each.value == 0.5 for each in ast.walk(node))
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in ROUNDING and name != "quantize"


def found_in(tree: ast.AST) -> set[str]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {one.name for one in functions if any(rounds(node) for node in ast.walk(one))}


def test_figures_are_rounded_in_the_kernel_alone():
    found = set()
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(HOME) and "/migrations/" not in name:
            found |= {f"{name}:{function}" for function in found_in(ast.parse(path.read_text()))}

    assert found - set(ELSEWHERE) == set()


def test_the_search_finds_each_way_to_round():
    ways = ["(a + b // 2) // b", "(2 * a + b) // (2 * b)", "math.floor(a + 0.5)", "a.to_integral_value(ROUND_HALF_UP)"]

    assert [found_in(ast.parse(f"def f(a, b):\n    return {way}")) for way in ways] == [{"f"}] * 4


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_percentage_shown_is_the_kernels(part, whole):
    shares, _known = ranking.share(np.array([part]), np.array([whole]))

    assert formats.quotient(part, whole) == shares[0]


@given(st.lists(st.integers(0, 10_000), max_size=12), st.booleans())
def test_the_mean_of_one_candidate_is_the_mean_of_many(marks, trim):
    row = np.array([marks], dtype=np.int64)
    values, known = ranking.mean(row, np.ones(row.shape, dtype=bool), trim=trim)

    assert ranking.mean_given(marks, trim=trim) == (values[0] if known[0] else None)
