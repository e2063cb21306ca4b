import re
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["accounts", "regions", "awards", "scoring"]


def test_no_row_points_up():
    """An import linter cannot see a relation written as a string."""
    upwards = []
    for label in FLOORS:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields(include_hidden=True):
                target = field.related_model if field.is_relation and not field.auto_created else None
                if target and target._meta.app_label in FLOORS[FLOORS.index(label) + 1 :]:
                    upwards.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")

    assert upwards == []


def test_every_app_of_ours_has_a_floor():
    own = {
        app.label for app in apps.get_app_configs() if Path(app.path).is_relative_to(ROOT / "paritrana" / "accounts")
    }
    own |= {app.label for app in apps.get_app_configs() if Path(app.path).parent == ROOT}

    assert own - {"paritrana"} == set(FLOORS)


def test_every_module_of_paritrana_has_a_floor():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    placed = set(re.findall(r"paritrana\.(\w+)", " ".join(layers)))
    present = {
        path.stem for path in (ROOT / "paritrana").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert present - placed == {"__init__"}


def test_first_migrations_are_one_file_each():
    counts = {}
    for label in FLOORS:
        folder = Path(apps.get_app_config(label).path) / "migrations"
        counts[label] = len(list(folder.glob("0001_*.py")))

    assert counts == dict.fromkeys(FLOORS, 1)
