"""What is drawn once shows its inputs and nothing else, and never one reader's part to another."""

from functools import partial

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import mark_safe

from paritrana.accounts.models import User
from paritrana.accounts.request_cache import remembered
from paritrana.display.fragments import filled

SHOWN = Template("{% load once %}{% once name=name %}{{ name }}{{ secret }}{% endonce %}")


def test_a_part_drawn_once_sees_its_inputs_and_nothing_else():
    assert SHOWN.render(Context({"name": "Bali", "secret": "85,50"})) == "Bali"


def test_other_inputs_are_drawn_anew():
    assert [SHOWN.render(Context({"name": name})) for name in ("Bali", "Riau", "Bali")] == ["Bali", "Riau", "Bali"]


def test_a_text_that_is_marked_as_safe_lends_its_drawing_to_no_other():
    shown = [SHOWN.render(Context({"name": name})) for name in (mark_safe("<b>"), "<b>")]

    assert shown == ["<b>", "&lt;b&gt;"]


def test_what_is_drawn_once_is_drawn_for_each_language():
    page = Template("{% load once i18n %}{% once %}{% get_current_language as code %}{{ code }}{% endonce %}")
    shown = []
    for code in ("id", "en", "id"):
        with translation.override(code):
            shown.append(page.render(Context()))

    assert shown == ["id", "en", "id"]


def test_inputs_are_given_by_name():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load once %}{% once name %}{% endonce %}")


def test_slots_differ_from_visit_to_visit_and_what_is_told_is_escaped():
    drawn = [filled("_badge.html", {}, code="x", label=label, tone="info", icon="point") for label in ("<i>", "Dua")]

    assert ["&lt;i&gt;" in drawn[0], "Dua" in drawn[1], "Dua" in drawn[0]] == [True, True, False]


def test_only_a_reading_request_remembers_what_it_asked():
    asked = []
    reader, actor = User(email="a@contoh.example"), User(email="b@contoh.example")
    reader.memory = {}

    for user in (reader, reader, actor, actor):
        remembered(user, "postings", partial(asked.append, user))

    assert asked == [reader, actor, actor]
