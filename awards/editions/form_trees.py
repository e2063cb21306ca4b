"""Nested rows as a flat form: the name ``rubric-0-criteria-1-levels-2-label`` is the path in the tree.

A tree is lists of objects of texts. Rows are added, removed and moved in the tree, with everything typed in them.
"""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict

from awards.criteria.kinds import KINDS

Tree = dict[str, Any]

MANY = frozenset({"segments"})
"""Fields with several choices; kinds of criteria add theirs."""
ROWS = frozenset({"rubric", "criteria", "titles", "weights", "ties"})
"""Names of lists of rows; all other names are fields. Kinds of criteria add theirs."""
ALONE = frozenset({"trims"})
"""Fields outside of rows."""
MOST_DIGITS = 4


def grown(data: QueryDict, root: str) -> Tree:
    """The tree under ``root`` of submitted data, and its single fields; numbers only order rows, gaps are ignored."""
    tree: Tree = {}
    rows, many = ROWS.union(kind.rows for kind in KINDS.values() if kind.rows), _many()
    for name in data:
        *path, box = name.split("-")
        if path[:1] != [root] or len(path) % 2 or not _leads(path, rows) or box in rows:
            continue
        here = tree
        for key, number in zip(path[::2], path[1::2], strict=True):
            here = here.setdefault(key, {}).setdefault(int(number), {})
        here[box] = data.getlist(name) if box in many else data[name]
    return {root: [], **_listed(tree), **{name: data[name] for name in data if name in ALONE}}


def _many() -> frozenset[str]:
    return MANY.union(*(kind.several for kind in KINDS.values()))


def _leads(path: list[str], rows: frozenset[str]) -> bool:
    """Whether the path is rows, number, rows, number ..."""
    numbers = path[1::2]
    return rows.issuperset(path[::2]) and all(each.isdecimal() and len(each) <= MOST_DIGITS for each in numbers)


def _listed(node: Any) -> Any:
    """Turns rows by number into a list of rows in order."""
    if not isinstance(node, dict):
        return node
    if node and all(isinstance(key, int) for key in node):
        return [_listed(node[key]) for key in sorted(node)]
    return {key: _listed(value) for key, value in node.items()}


def flat(node: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Pairs (field name, value)."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from flat(value, f"{name}-{key}" if name else key)
    elif isinstance(node, list) and name.rpartition("-")[2] not in _many():
        for number, row in enumerate(node):
            yield from flat(row, f"{name}-{number}")
    else:
        yield name, node


def alter(tree: Tree, act: str) -> str | None:
    """``add:rubric-0-criteria``, ``remove:``, ``up:`` or ``down:`` of a row; returns the name of the changed row."""
    verb, _colon, name = act.partition(":")
    if verb not in {"add", "remove", "up", "down"} or not name:
        return None
    try:
        return _altered(tree, verb, name)
    except (ValueError, TypeError, LookupError, AttributeError):  # the name of a row that does not exist
        return None


def _altered(tree: Tree, verb: str, name: str) -> str | None:
    *path, last = name.split("-")
    if verb == "add":
        rows = _at(tree, path).setdefault(last, [])
        rows.append({})
        return f"{name}-{len(rows) - 1}"
    rows, number = _at(tree, path), int(last)
    if verb == "remove":
        rows.pop(number)
        return "-".join(path[:-1]) or None
    return _moved(tree, path, rows, number, -1 if verb == "up" else 1)


def _moved(tree: Tree, path: list[str], rows: list[Any], number: int, step: int) -> str | None:
    """Move by one; the last criterion of an aspect moves down into the next aspect."""
    target = number + step
    if 0 <= target < len(rows):
        rows[number], rows[target] = rows[target], rows[number]
        return "-".join([*path, str(target)])
    if path[-1] == "criteria":
        aspects, neighbour = _at(tree, path[:-2]), int(path[-2]) + step
        if 0 <= neighbour < len(aspects):
            neighbours = aspects[neighbour].setdefault("criteria", [])
            place = len(neighbours) if step < 0 else 0
            neighbours.insert(place, rows.pop(number))
            return "-".join([*path[:-2], str(neighbour), "criteria", str(place)])
    return None


def _at(tree: Tree, path: list[str]) -> Any:
    here: Any = tree
    for part in path:
        here = here[int(part)] if isinstance(here, list) else here.setdefault(part, [])
    return here
