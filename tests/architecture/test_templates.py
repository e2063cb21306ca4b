import re
from pathlib import Path

import pytest
from django.template import engines

from paritrana.templatetags import components

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static" / "icons.svg").read_text()))
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline event handler": r"<[^>]*\son[a-z]+\s*=",
    "an evaluated htmx attribute": r"\bhx-(?:on\b|on:|vals=.js:|vars)",
    "a script of its own": r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)",
    "a javascript address": r"""(?:href|src|action)\s*=\s*["']?\s*javascript:""",
    "another host": r"""(?:src|href)\s*=\s*["'](?:https?:)?//""",
    "unescaped text": r"\|\s*safe\b|autoescape\s+off",
    "a fault without its act": r"{{[^}]*\.errors\b|message in [\w.]+\.errors\s*%}",
}


def words(path: Path) -> str:
    return re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    found = {(path.name, what) for path in TEMPLATES if pattern.search(words(path))}

    assert found == set()


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("a style attribute", '<p style="color:red">'),
        ("an inline event handler", '<a href="#" onclick="go()">'),
        ("a script of its own", "<script>go()</script>"),
        ("another host", '<script src="https://cdn.example/x.js">'),
        ("unescaped text", "{{ note|safe }}"),
        ("a fault without its act", "{{ form.code.errors.0 }}"),
    ],
)
def test_the_patterns_find_what_they_look_for(what, sample):
    assert re.search(FORBIDDEN[what], sample, re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_every_template_compiles(path):
    engines["django"].from_string(path.read_text())


def test_no_script_evaluates_text_or_writes_markup():
    forbidden = re.compile(r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|https?://")

    assert [path.name for path in SCRIPTS if forbidden.search(path.read_text())] == []


def icons_named() -> set[str]:
    named = {picture for _tone, picture in components.STATES.values()} | set(components.TONES.values())
    for path in TEMPLATES:
        named |= set(re.findall(r"{% (?:icon|empty) ['\"]([a-z0-9-]+)['\"]", path.read_text()))
    for app in ["paritrana", "regions", "awards", "scoring"]:
        for path in (ROOT / app).rglob("*.py"):
            named |= set(re.findall(r"""["']?icon["']?(?::|=) ?["']([a-z0-9-]+)["']""", path.read_text()))
    return named


def test_every_icon_named_is_in_the_sprite():
    assert len(icons_named()) > 40
    assert icons_named() - SPRITE == set()


def test_every_last_look_says_what_will_be_recorded():
    """The panel of the facts is never empty, unless the page has contents of its own."""
    reviews = [path for path in TEMPLATES if '{% extends "review.html" %}' in path.read_text()]
    bare = {path.name for path in reviews if not re.search(r"{% block (facts|content) %}", path.read_text())}

    assert (len(reviews) > 20, bare) == (True, set())
