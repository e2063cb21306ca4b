import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ["paritrana", "regions", "awards", "scoring", "tests", "benchmarks"]
TOP_LEVEL = {
    *["manage.py", "paritrana", "awards", "regions", "scoring", "templates", "static", "fixtures", "tests"],
    *["pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "requirements.txt", "requirements-test.txt"],
    *["CONTRIBUTING.md", "SECURITY.md"],
    *["locale", "docs", "benchmarks"],
}
IGNORED = {"var", "build", "paritrana.egg-info", "htmlcov"}


def own_python() -> list[Path]:
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    return [ROOT / "manage.py", *found]


def too_long(paths: list[Path], limit: int) -> list[str]:
    counted = [(path, len(path.read_text().splitlines())) for path in paths]
    return [f"{path.relative_to(ROOT)}: {lines} lines" for path, lines in counted if lines > limit]


def test_the_search_finds_the_house():
    names = {str(path.relative_to(ROOT)) for path in own_python()}

    assert names >= {"manage.py", "paritrana/settings.py", "scoring/ranking/__init__.py", "tests/settings.py"}


def test_no_python_file_passes_300_lines():
    assert too_long(own_python(), 300) == []


def test_no_function_passes_40_lines():
    found = []
    for path in own_python():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.lineno + 1
                if lines > 40:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {lines} lines")

    assert found == []


def test_no_template_passes_150_lines():
    assert too_long(sorted((ROOT / "templates").rglob("*.html")), 150) == []


def test_no_script_of_our_own_passes_300_lines():
    assert too_long(sorted((ROOT / "static" / "js").rglob("*.js")), 300) == []


def test_the_readme_stays_within_a_screen_and_a_half():
    assert too_long([ROOT / "README.md"], 90) == []


def test_the_top_level_holds_nothing_new():
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert names - IGNORED - TOP_LEVEL == set()
