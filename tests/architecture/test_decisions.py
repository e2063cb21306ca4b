from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "adr"


def test_every_decision_has_a_number_of_its_own_which_its_heading_repeats():
    numbers = {path.name: int(path.name[:4]) for path in FOLDER.glob("[0-9]*.md")}

    assert [number for number, times in Counter(numbers.values()).items() if times > 1] == []
    headings = {name: (FOLDER / name).read_text().splitlines()[0] for name in numbers}
    assert {name: line for name, line in headings.items() if not line.startswith(f"# {numbers[name]}. ")} == {}
