"""One name, one idea: whoever searches for a class finds one definition.

Counted are the classes of a module, also those made inside a function. A class nested in another one is read with its
owner's name (``Letter.State``, ``CategoryForm.Meta``), so it may share its own. Django looks for ``Command`` and
``Migration`` by these very names.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("paritrana", "regions", "awards", "scoring")
NAMED_BY_DJANGO = {"Command", "Migration"}


def classes_in(source: str) -> Iterator[str]:
    """The names of its classes, but for those nested in another class."""

    def inside(node: ast.AST) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                yield child.name
            else:
                yield from inside(child)

    return inside(ast.parse(source))


def own_sources() -> dict[str, str]:
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths}


def defined_twice(sources: dict[str, str]) -> dict[str, list[str]]:
    """Class -> the modules that define it, where there is more than one definition."""
    modules: dict[str, list[str]] = defaultdict(list)
    for module, source in sources.items():
        for name in classes_in(source):
            modules[name].append(module)
    return {name: where for name, where in modules.items() if len(where) > 1 and name not in NAMED_BY_DJANGO}


def test_no_class_name_is_defined_twice():
    assert defined_twice(own_sources()) == {}


def test_the_search_reads_every_package():
    names = {name for source in own_sources().values() for name in classes_in(source)}

    assert names >= {"User", "Region", "Nomination", "Seal"}


@pytest.mark.parametrize(
    "second",
    [
        "class Row:\n    pass",
        "if True:\n    class Row:\n        pass",
        "def rows():\n    class Row:\n        pass",
    ],
)
def test_a_second_definition_is_found(second):
    sources = {"awards/one.py": "class Row:\n    pass", "scoring/two.py": second}

    assert defined_twice(sources) == {"Row": ["awards/one.py", "scoring/two.py"]}


def test_two_definitions_in_one_module_are_found():
    assert defined_twice({"awards/one.py": "class Row:\n    pass\nclass Row:\n    pass"}) == {
        "Row": ["awards/one.py", "awards/one.py"]
    }


@pytest.mark.parametrize(
    "source",
    [
        "class %s:\n    class Meta:\n        pass",
        "class %s:\n    class State:\n        pass",
        "class %s:\n    pass\nclass Command:\n    pass",
        "class %s:\n    pass\nclass Migration:\n    pass",
    ],
)
def test_nested_classes_and_names_given_by_django_may_repeat(source):
    assert defined_twice({"awards/one.py": source % "One", "awards/two.py": source % "Two"}) == {}
