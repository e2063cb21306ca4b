"""Small faults planted one by one in the rules of the award, to see whether the tests notice each of them.

``python benchmarks/mutants.py [kernel|awards] [--sample N]``: changes one operator, comparison, number, condition or
returned value in a copy of the code, runs the tests of that part on the copy, and names every fault that survives.
Runs for many minutes; the sample, by a fixed seed, for fewer. The checkout itself is never touched.
"""

import ast
import copy
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django  # noqa: F401  (loaded once, for all children)
import hypothesis  # noqa: F401
import numpy as np  # noqa: F401
import pytest

ROOT = Path(__file__).resolve().parents[1]
STAGES_AND_RIGHTS = (
    *("test_permission_tables", "test_permissions", "nominations/test_transitions", "test_deadlines"),
    *("test_refusals", "doors/test_doors", "doors/test_taking_over"),
)
PARTS = {
    "kernel": (
        ["scoring/ranking"],
        [
            f"tests/scoring/ranking/test_{name}.py"
            for name in ("checks", "standings", "totals", "arithmetic", "panels", "single")
        ]
        + ["--noconftest", "-p", "no:django", "-c", os.devnull, "--rootdir", "."],
    ),
    "awards": (
        ["awards/stages.py", "awards/permissions.py"],
        [f"tests/awards/{name}.py" for name in STAGES_AND_RIGHTS] + ["--reuse-db"],
    ),
}
"""part -> the code that is changed, the tests that should notice, quick ones first; the kernel's need no Django."""
PATIENT = "from hypothesis import Phase, settings\n" + (
    "settings.register_profile('patient', deadline=None, phases=[Phase.explicit, Phase.generate])\n"
    "settings.load_profile('patient')\n"
)
"""Hypothesis neither hurries on a busy machine nor looks for the smallest example of a fault."""
SECONDS = 1_200
OTHER = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.Lt: ast.LtE, ast.LtE: ast.Lt,
    ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def mutants(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """(line, what was changed, the changed tree), one for every place and way."""
    for annotation in (part for node in ast.walk(tree) for part in _annotations(node)):
        annotation.said = True  # what is said of a type is never carried out
    for number, node in enumerate(ast.walk(tree)):
        for way in range(0 if hasattr(node, "said") else _ways(node)):
            changed = copy.deepcopy(tree)
            twin = next(other for place, other in enumerate(ast.walk(changed)) if place == number)
            before = ast.unparse(twin)
            _change(twin, way)
            yield node.lineno, f"{before} -> {ast.unparse(twin)}", changed


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        if getattr(node, name, None):
            yield from ast.walk(getattr(node, name))


def _ways(node: ast.AST) -> int:
    if isinstance(node, ast.Compare):
        return sum(type(each) in OTHER for each in node.ops)
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp):
        return int(type(node.op) in OTHER)
    if isinstance(node, ast.Constant):
        return int(type(node.value) in (int, bool))
    return int(isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert | ast.USub))


def _change(node: ast.AST, way: int) -> None:
    if isinstance(node, ast.Compare):
        node.ops[way] = OTHER[type(node.ops[way])]()
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp):
        node.op = OTHER[type(node.op)]()
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
    else:
        node.operand = ast.UnaryOp(type(node.op)(), node.operand)  # twice is not at all


def survives(copied: Path, tests: list[str]) -> bool:
    """Whether all tests pass on the copy in time, asked of a child that has the libraries loaded already."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    signal.alarm(SECONDS)
    os.chdir(copied)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.environ["PARITRANA_TEST_DATA"] = str(copied / "var")
    sys.path[:0] = [str(copied)]
    sys.dont_write_bytecode = True  # two faults within a second would be taken for one
    code = 1
    try:
        code = int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "patient", *tests]))
    finally:  # whatever a fault does to the tests' own runner: the child must not go on as its parent
        os._exit(code)


def main(arguments: list[str]) -> int:
    part = arguments[0] if arguments and arguments[0] in PARTS else "kernel"
    most = int(arguments[arguments.index("--sample") + 1]) if "--sample" in arguments else None
    sources, tests = PARTS[part]
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "copy"
        shutil.copytree(ROOT, copied, ignore=shutil.ignore_patterns(".venv", ".git", "var", "node_modules"))
        (copied / "patient.py").write_text(PATIENT)
        if not survives(copied, tests):
            print("the tests fail without any fault, or are not through in time")
            return 2
        files = [
            file for one in sources for file in ([ROOT / one] if one.endswith(".py") else (ROOT / one).glob("*.py"))
        ]
        planned = [(file, *fault) for file in sorted(files) for fault in mutants(ast.parse(file.read_text()))]
        chosen = planned if most is None else random.Random(1).sample(planned, min(most, len(planned)))
        left = 0
        for file, line, told, tree in chosen:
            place = copied / file.relative_to(ROOT)
            place.write_text(ast.unparse(tree))
            if survives(copied, tests):
                left += 1
                print(f"survives: {file.relative_to(ROOT)}:{line}: {told}", flush=True)
            place.write_text(file.read_text())
    print(f"{part}: {len(chosen)} of {len(planned)} faults planted, {len(chosen) - left} noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
