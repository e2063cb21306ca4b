import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
BRANDS = sorted(path.name for path in CSS.glob("brand-*.css"))
THEMES = {"light": ["tokens.css"], "dark": ["tokens.css", "tokens-dark.css"]}
STEPS = ["50", *[str(step) for step in range(100, 1000, 100)], "950"]

GROUNDS = ["canvas", "surface", "surface-sunken", "surface-raised"]
LETTERS = ["ink", "ink-muted", "link", "link-hover"]
# What stands on the page without a surface of its own.
WRITTEN = [("critical", "surface"), ("critical", "canvas"), ("positive", "surface")]
# Shapes that carry meaning need 3:1 (WCAG 1.4.11): borders of controls, focus, bars, marks of a state.
SHAPES = ["line-strong", "focus", "primary", "positive-line", "caution-line", "critical-line", "info-line"]
SHAPES += [f"chart-{n}" for n in range(1, 7)]


def declarations(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", text))


def tokens(brand: str, theme: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in [brand, *THEMES[theme]]:
        found |= declarations((CSS / name).read_text())
    return found


def colour(name: str, known: dict[str, str]) -> tuple[int, ...]:
    value = known[name]
    if reference := re.fullmatch(r"var\(--([a-z0-9-]+)\)", value):
        return colour(reference[1], known)
    return tuple(int(value[at : at + 2], 16) for at in (1, 3, 5))


def luminance(rgb: tuple[int, ...]) -> float:
    shares = [channel / 255 for channel in rgb]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, known: dict[str, str]) -> float:
    high, low = sorted([luminance(colour(one, known)), luminance(colour(other, known))], reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs(known: dict[str, str]) -> list[tuple[str, str]]:
    named = [(name, name.removeprefix("on-")) for name in known if name.startswith("on-")]
    return [*named, *product(LETTERS, GROUNDS), *WRITTEN]


def weak(found: list[tuple[str, str]], least: float, known: dict[str, str]) -> list[str]:
    measured = [(one, other, contrast(one, other, known)) for one, other in found]
    return [f"{one} on {other}: {ratio:.2f}" for one, other, ratio in measured if ratio < least]


def test_the_measure_is_that_of_wcag():
    known = {"a": "#ffffff", "b": "#000000", "c": "#767676"}

    assert round(contrast("a", "b", known), 2) == 21.00
    assert round(contrast("a", "c", known), 2) == 4.54


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("brand", BRANDS)
def test_every_label_is_readable_on_its_ground(brand, theme):
    known = tokens(brand, theme)

    assert len(pairs(known)) > 30
    assert weak(pairs(known), 4.5, known) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("brand", BRANDS)
def test_every_shape_that_means_something_can_be_seen(brand, theme):
    known = tokens(brand, theme)

    assert weak(list(product(SHAPES, ["surface", "canvas"])), 3.0, known) == []


@pytest.mark.parametrize("brand", BRANDS)
def test_a_brand_is_eleven_steps_from_light_to_dark(brand):
    known = declarations((CSS / brand).read_text())
    brightness = [luminance(colour(f"brand-{step}", known)) for step in STEPS]

    assert list(known) == [f"brand-{step}" for step in STEPS]
    assert brightness == sorted(brightness, reverse=True)


def test_there_is_a_second_brand():
    assert len(BRANDS) >= 2


def test_the_dark_theme_renames_nothing():
    light, dark = (declarations((CSS / name).read_text()) for name in ["tokens.css", "tokens-dark.css"])

    assert set(dark) - set(light) == set()
    assert {name for name in light if name.startswith("on-")} - set(dark) == set()
