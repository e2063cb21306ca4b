import re
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
LISTED = {
    path: digest
    for digest, path in re.findall(r"\| `([0-9a-f]{64})` \| `([^`]+)` \|", (VENDOR / "README.md").read_text())
}


def test_every_vendored_file_has_the_sum_it_is_listed_with():
    files = [path for path in VENDOR.rglob("*") if path.is_file() and path.name != "README.md"]

    assert {str(path.relative_to(VENDOR)): sha256(path.read_bytes()).hexdigest() for path in files} == LISTED


def test_every_vendored_folder_names_its_version_and_brings_its_licence():
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]

    assert [path.name for path in folders if not re.search(r"-\d+\.\d+\.\d+$", path.name)] == []
    assert [path.name for path in folders if not (path / "LICENSE").is_file()] == []


def test_what_the_pages_ask_for_is_there():
    wanted = set()
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "css").glob("*.css")]:
        wanted |= set(re.findall(r"vendor/([\w./-]+)", path.read_text()))

    assert wanted
    assert wanted - set(LISTED) == set()
