"""Each lock holds everything that is installed from it, on every Python and system the portal runs on.

What a distribution asks for is read where it is installed. Of a pin meant for another Python (numpy has two) the
installed version speaks instead; pins for Windows are never installed and ask for nothing here.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from itertools import product
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PORTAL = PROJECT["dependencies"]
ASKED = {"requirements.txt": PORTAL, "requirements-test.txt": PORTAL + PROJECT["optional-dependencies"]["test"]}

PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {"linux": ("Linux", ["x86_64", "aarch64"]), "darwin": ("Darwin", ["x86_64", "arm64"])}
Environment = dict[str, str]
ENVIRONMENTS: list[Environment] = [
    {
        **default_environment(),
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": system,
        "platform_system": SYSTEMS[system][0],
        "platform_machine": machine,
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for python, system in product(PYTHONS, SYSTEMS)
    for machine in SYSTEMS[system][1]
]

everywhere = pytest.mark.parametrize(
    "environment", ENVIRONMENTS, ids="{python_version}-{sys_platform}-{platform_machine}".format_map
)
in_each_lock = pytest.mark.parametrize("lock", sorted(ASKED))


def lines_of(lock: str) -> list[str]:
    """One line for each pin, with its marker and hashes."""
    joined = (ROOT / lock).read_text().replace("\\\n", " ").splitlines()
    return [line for line in map(str.strip, joined) if line and not line.startswith("#")]


def pin_of(line: str) -> Requirement:
    return Requirement(line.partition(" --hash=")[0])


def without(lost: str, lock: str) -> list[str]:
    return [line for line in lines_of(lock) if pin_of(line).name != lost]


def pins(lines: list[str], environment: Environment) -> dict[str, str]:
    """The version of every distribution that is installed there, by its normal name."""
    chosen = [pin for pin in map(pin_of, lines) if pin.marker is None or pin.marker.evaluate(environment)]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in chosen}


def wants(requirement: Requirement, environment: Environment, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({**environment, "extra": extra}) for extra in extras)


def missing(lines: list[str], asked: list[str], environment: Environment) -> Iterator[str]:
    """What the portal or a pinned distribution asks for there, and the lock does not hold."""
    pinned = pins(lines, environment)
    waiting = [("paritrana", Requirement(each), {""}) for each in asked]
    seen: set[tuple[str, str]] = set()

    def requirements_of(name: str, extras: set[str]) -> None:
        new = {extra for extra in extras if (name, extra) not in seen}
        seen.update((name, extra) for extra in new)
        if new:
            waiting.extend((name, Requirement(each), new) for each in metadata.requires(name) or [])

    for name in pinned:
        requirements_of(name, {""})
    while waiting:
        by, requirement, extras = waiting.pop()
        if not wants(requirement, environment, extras):
            continue
        name = canonicalize_name(requirement.name)
        version = pinned.get(name)
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            yield f"{by} asks for {requirement}; pinned is {version}"
        else:
            requirements_of(name, {"", *requirement.extras})


def test_what_is_read_here_are_the_versions_the_locks_pin():
    """Pins of another Python are left to that Python: the same test runs there."""
    here = pins(lines_of("requirements-test.txt"), default_environment())
    if any(Path(sys.prefix).glob("lib/python*/site-packages/paritrana-*.dist-info")):
        pytest.skip("somebody installed the portal by hand, in versions of their own")

    assert {name: metadata.version(name) for name in here} == here


@in_each_lock
@everywhere
def test_a_lock_holds_everything_its_distributions_ask_for(lock, environment):
    assert sorted(missing(lines_of(lock), ASKED[lock], environment)) == []


@pytest.mark.parametrize("lost", ["sqlparse", "coverage", "fido2", "cffi", "pytest", "django"])
def test_a_line_that_is_taken_away_is_found(lost):
    lines = without(lost, "requirements-test.txt")

    found = [list(missing(lines, ASKED["requirements-test.txt"], environment)) for environment in ENVIRONMENTS]

    assert [any(f"asks for {lost}" in each.lower() for each in of_one) for of_one in found] == [True] * len(found)


def test_an_extra_of_the_portal_counts():
    found = list(missing(without("qrcode", "requirements.txt"), PORTAL, ENVIRONMENTS[0]))

    assert ["qrcode" in each for each in found] == [True]


@everywhere
def test_the_second_lock_changes_nothing_the_first_installed(environment):
    portal, tests = (pins(lines_of(lock), environment) for lock in ("requirements.txt", "requirements-test.txt"))

    assert {name: tests.get(name) for name in portal} == portal


@in_each_lock
def test_every_pin_has_its_version_and_its_hashes_and_names_no_index(lock):
    shape = re.compile(r"[a-z0-9-]+(\[[a-z0-9, -]+\])?==\S+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+")

    assert [line for line in lines_of(lock) if not shape.fullmatch(line)] == []
    assert "://" not in (ROOT / lock).read_text()
