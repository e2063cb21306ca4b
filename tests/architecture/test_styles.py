import re
from pathlib import Path

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TOKENS = {"tokens.css", "tokens-dark.css"}
LITERAL = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch|hwb|color)a?\(|\b[0-9.]+px\b", re.IGNORECASE)
NAMED = re.compile(r":[^;{]*\b(?:white|black|red|green|blue|gray|grey|orange|yellow)\b", re.IGNORECASE)


def own_styles() -> list[Path]:
    return sorted(path for path in CSS.glob("*.css") if path.name not in TOKENS and not path.name.startswith("brand-"))


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def declared() -> set[str]:
    return set(re.findall(r"--([a-z0-9-]+):", "".join(path.read_text() for path in CSS.glob("*.css"))))


def test_colours_and_pixels_stand_only_in_the_tokens():
    found = [
        f"{path.name}: {literal}"
        for path in own_styles()
        for pattern in (LITERAL, NAMED)
        for literal in pattern.findall(without_comments(path))
    ]

    assert len(own_styles()) > 10
    assert found == []


def test_every_variable_used_is_declared():
    set_by_script = {"tip-top", "tip-left"}
    used = {name for path in own_styles() for name in re.findall(r"var\(--([a-z0-9-]+)", without_comments(path))}

    assert used - declared() - set_by_script == set()


def test_no_stylesheet_passes_300_lines():
    assert [path.name for path in CSS.glob("*.css") if len(path.read_text().splitlines()) > 300] == []


def test_what_is_drawn_as_a_box_to_tick_is_one():
    """A rule for every box of a group once made the boxes for text 20 pixels wide, without an edge."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", "".join(map(without_comments, own_styles())))
    drawn = [
        one.strip() for names, body in rules if "appearance: auto" in body for one in re.split(r",(?![^(]*\))", names)
    ]

    assert drawn
    assert [one for one in drawn if not re.search("check|radio|pick", one)] == []
