import re

from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from paritrana.display import formats
from paritrana.templatetags import components


def drawn(source: str, address: str = "/", **context) -> str:
    request = RequestFactory().get(address)
    return Template("{% load components %}" + source).render(Context({"request": request, **context}))


class Two(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the decree")
    state = forms.ChoiceField(label="State", choices=[("a", "Alpha"), ("b", "Beta")], required=False)


def test_every_state_has_a_tone_and_an_icon_no_other_state_of_that_tone_has():
    shapes = list(components.STATES.values())

    assert {tone for tone, _icon in shapes} <= set(components.TONES)
    for code in ["draf", "terkirim", "dikembalikan", "terverifikasi", "wawancara", "tidak-lolos", "gugur", "mundur"]:
        assert [other for other in shapes[:8] if other[1] == components.STATES[code][1]] == [components.STATES[code]]


def test_every_state_of_a_nomination_and_every_stage_is_known():
    from awards.stages import NominationState, Stage

    assert {*NominationState.values, *Stage.values} - set(components.STATES) == set()


def test_an_unknown_state_is_shown_neutral_with_its_words():
    shown = components.badge("surprise", "Surprise <b>")

    assert 'class="badge tone-neutral" data-state="surprise"' in shown
    assert "Surprise &lt;b&gt;</span>" in shown


def test_a_share_shows_what_it_was_computed_from():
    with translation.override("en"):
        shown = components.share_in_words(935079, 1873899)

    assert shown == ("49.90\N{NO-BREAK SPACE}%", "935,079 of 1,873,899")


def test_a_share_that_cannot_be_computed_is_a_dash_with_the_reason_never_zero():
    shown = [components.share_in_words(*pair) for pair in [(12, 0), (None, 10), (10, None)]]

    assert [figure for figure, _reason in shown] == [formats.DASH] * 3
    assert all(reason for _figure, reason in shown)


def test_the_error_summary_links_every_fault_to_its_field():
    html = drawn("{% errors form %}", form=Two({"state": "z"}))

    assert [html.count(f'href="#id_{name}" data-field="{name}"') for name in ("name", "state")] == [1, 1]


def test_a_form_nobody_has_sent_shows_no_error_summary():
    assert drawn("{% errors form %}", form=Two()).strip() == ""


def test_the_faults_of_a_formset_name_the_row():
    rows = forms.formset_factory(Two)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "x", "form-1-state": "b"}
    )

    assert [bound.html_name for bound, _message in components.errors(rows)["faults"]] == ["form-1-name"]


def test_a_field_keeps_what_was_typed_and_ties_help_and_fault_to_the_control():
    html = drawn("{% field form.name %}{% field form.state %}", form=Two({"name": "", "state": "z"}))

    assert html.count('aria-describedby="id_name_helptext id_name_error"') == 1
    assert (
        html.count('id="id_name_helptext"')
        == html.count('id="id_name_error"')
        == html.count('id="id_state_error"')
        == 1
    )
    assert html.count('aria-invalid="true"') == 2


def test_a_chip_takes_away_its_own_filter_and_keeps_the_rest():
    form = Two({"name": "bali", "state": "b"})
    shown = components.filters({"request": RequestFactory().get("/?name=bali&state=b&sort=-name&page=3")}, form)

    assert [(str(chip["label"]), chip["value"], chip["url"]) for chip in shown["chips"]] == [
        ("Name", "bali", "?state=b&sort=-name"),
        ("State", "Beta", "?name=bali&sort=-name"),
    ]


def test_a_heading_sorts_rising_first_and_then_falling():
    def link(address):
        shown = components.sort_link({"request": RequestFactory().get(address)}, "name", "Name")
        return shown["url"], shown["order"]

    assert link("/?q=x&page=2") == ("?q=x&sort=name", "none")
    assert link("/?sort=name") == ("?sort=-name", "ascending")
    assert link("/?sort=-name") == ("?sort=name", "descending")


def test_page_links_keep_the_filters():
    page = Paginator(range(95), 10).page(2)
    shown = components.page_links({"request": RequestFactory().get("/?q=x&page=2")}, page)

    assert (shown["earlier"], shown["later"]) == ("?q=x&page=1", "?q=x&page=3")
    assert [number for number, url in shown["links"] if url] == [1, 2, 3, 10]


def test_what_people_typed_is_never_markup():
    hostile = "<b onclick=x>"
    sources = [
        "{% badge 'draf' text %}",
        "{% notice 'info' text %}",
        "{% stat text text text %}",
        "{% explained text text %}",
    ]
    sources += ["{% facts pairs %}", "{% empty 'inbox' text text %}", "{% conflict rows text text %}"]
    sources += ["{% callout 'info' title=text %}{{ text }}{% endcallout %}"]
    sources += [
        "{% chart 'c' option text header rows2 text %}",
        "{% datatable 'n' label=text %}{{ text }}{% enddatatable %}",
    ]
    context = {
        "text": hostile,
        "pairs": [(hostile, hostile)],
        "rows": [{"label": hostile, "mine": hostile, "theirs": hostile}],
    }
    context |= {"option": {"series": [{"name": hostile}]}, "header": [hostile], "rows2": [[hostile]]}

    assert [source for source in sources if "<b " in drawn(source, **context)] == []


def test_a_moment_saved_is_told_with_its_zone():
    shown = components.saved(None)

    assert (shown["moment"], shown["at"]) == (None, formats.DASH)


def test_an_empty_choice_says_what_to_do_and_own_words_stay():
    class Choices(forms.Form):
        plain = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])
        own = forms.ChoiceField(choices=[("", "Semua"), ("a", "A")])

    with translation.override("en"):
        shown = [re.findall(r"<option[^>]*>([^<]*)", str(box)) for box in Choices()]

    assert shown == [["Choose …", "A"], ["Semua", "A"]]
