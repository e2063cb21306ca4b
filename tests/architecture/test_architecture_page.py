"""The page that teaches the rooms says what is true."""

import re
import tomllib

import pytest

from tests.named_paths import ROOT, absent, paths_in, table_under

PAGE = ROOT / "docs" / "architecture.md"
APPS = ["scoring", "awards", "regions"]
GROUND = {"models", "management", "migrations", "templatetags"}
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def rooms_of(app: str) -> set[str]:
    return {path.parent.name for path in (ROOT / app).glob("*/__init__.py")} - GROUND


def layers_on_the_page(app: str) -> dict[str, int]:
    """Room -> its layer, from 1."""
    return {paths_in(room)[0].split("/")[1]: int(layer) for layer, room, _ in table_under(PAGE, f"### {app}")}


def layers_in_the_contract(app: str) -> dict[str, int]:
    """The same from ``pyproject.toml``; layers without a room do not count."""
    layers = next(contract["layers"] for contract in CONTRACTS if contract["id"] == f"{app}-rooms")
    rooms = [set(re.findall(r"\w+", layer)) & rooms_of(app) for layer in layers]
    return {room: number for number, layer in enumerate(filter(None, rooms), start=1) for room in layer}


def test_each_of_the_twenty_questions_is_answered_by_one_path():
    answers = {question: paths_in(answer) for question, answer in table_under(PAGE, "## Where is ...")}

    assert len(answers) == 20
    assert {question for question, paths in answers.items() if len(paths) != 1} == set()


def test_every_path_the_page_names_exists_and_defines_the_name():
    assert absent(paths_in(PAGE.read_text())) == []


@pytest.mark.parametrize(
    "path",
    [
        "scoring/sealing/nothing.py",
        "scoring/sealing",
        "scoring/nothing/",
        "scoring/sealing/actions.py:nothing",
        "scoring/sealing/actions.py:hashlib",
        "scoring/nothing.py:second",
    ],
)
def test_a_path_that_is_wrong_is_found(path):
    assert absent(paths_in(f"| a question | `{path}` |")) == [path]


@pytest.mark.parametrize("app", APPS)
def test_the_rooms_on_the_page_are_the_packages_of_the_app(app):
    assert set(layers_on_the_page(app)) == rooms_of(app)


@pytest.mark.parametrize("app", APPS)
def test_the_rooms_stand_on_the_page_in_the_order_of_the_contract(app):
    assert layers_on_the_page(app) == layers_in_the_contract(app)


def test_the_rooms_of_the_portal_are_all_on_the_page():
    named = {paths_in(room)[0].split("/")[1] for room, _ in table_under(PAGE, "### paritrana")}

    assert named == rooms_of("paritrana")
