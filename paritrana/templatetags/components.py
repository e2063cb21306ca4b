"""``{% load components %}``: the components every page is made of; /gaya/ shows each in every state.

Pages pass what they mean (a state, a share, a conflict); the templates ``_*.html`` decide how it looks.
"""

from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import HttpRequest
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from paritrana.display import formats
from paritrana.display.faults import faults_of
from paritrana.display.fragments import around, filled
from paritrana.display.theme import theme_of
from paritrana.display.tones import STATES, TONES

register = template.Library()

_MESSAGE_TONES = {"success": "positive", "error": "critical", "warning": "caution", "info": "info", "debug": "neutral"}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A decorative picture from the sprite; always used with a word."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def appearance(context: Context) -> str:
    return theme_of(context.get("request"))


@register.simple_tag(takes_context=True)
def again(context: Context, block: str) -> SafeString:
    """What the page put into this block, once more: most pages are headed by their title."""
    found = context.render_context[BLOCK_CONTEXT_KEY].get_block(block)
    return found.render(context) if found else SafeString("")


@register.simple_tag
def badge(code: str, label: str) -> SafeString:
    """``code`` is a state of STATES or a tone of TONES; anything else is shown neutral."""
    tone, picture = STATES.get(code) or ((code, TONES[code]) if code in TONES else ("neutral", "point"))
    return filled("_badge.html", {}, code=str(code), label=str(label), tone=tone, icon=picture)


@register.inclusion_tag("_notice.html")
def notice(level: str, text: str) -> dict:
    tone = _MESSAGE_TONES.get((level or "info").split()[-1], level if level in TONES else "info")
    return {"level": level, "tone": tone, "icon": TONES[tone], "text": text}


@register.simple_block_tag
def callout(content: str, level: str = "info", title: str = "") -> SafeString:
    tone = _MESSAGE_TONES.get(level, level)
    context = {"level": level, "tone": tone, "icon": TONES[tone], "title": title, "content": content}
    return template.loader.render_to_string("_notice.html", context)


_EXPLAINED = (
    '<span class="explained" tabindex="0" data-explained>{}<span class="explained-tip">'
    '<span class="visually-hidden">: </span>{}</span></span>'
)


@register.simple_tag
def explained(value: str, explanation: str) -> SafeString:
    """A figure with its explanation on hover and focus; without a template, as tables have hundreds of them."""
    return format_html(_EXPLAINED, value, explanation)


@register.simple_tag
def share(part: int | None, whole: int | None) -> SafeString:
    """The percentage, with its computation on hover and focus; a dash and the reason when there is none."""
    return explained(*share_in_words(part, whole))


def share_in_words(part: int | None, whole: int | None) -> tuple[str, str]:
    """The figure and its computation, or why there is none, as text."""
    if part is None or whole is None:
        return formats.DASH, _("Not reported")
    values = {"part": formats.count(part), "whole": formats.count(whole)}
    if whole <= 0:
        return formats.DASH, _("%(part)s of %(whole)s cannot be a percentage") % values
    return formats.percent(formats.quotient(part, whole)), _("%(part)s of %(whole)s") % values


@register.inclusion_tag("_stat.html")
def stat(label: str, value: str, note: str = "", url: str = "", tone: str = "") -> dict:
    return {"label": label, "value": value, "note": note, "url": url, "tone": tone}


@register.inclusion_tag("_meter.html")
def meter(done: int, total: int, label: str) -> dict:
    return {"done": done, "total": total, "label": label, "is_full": total and done >= total}


@register.inclusion_tag("_stages.html")
def stages(items: list) -> dict:
    return {"items": items}


@register.inclusion_tag("_tasks.html")
def tasks(items: list) -> dict:
    return {"items": items}


@register.inclusion_tag("_facts.html")
def facts(pairs: list) -> dict:
    return {"pairs": pairs}


@register.inclusion_tag("_trail.html")
def trail_list(events: list) -> dict:
    return {"events": events}


@register.inclusion_tag("_empty.html")
def empty(picture: str, title: str, text: str = "", url: str = "", action: str = "") -> dict:
    return {"icon": picture, "title": title, "text": text, "url": url, "action": action}


register.filter("faults", faults_of)


@register.inclusion_tag("_errors.html")
def errors(form: BaseForm | BaseFormSet) -> dict:
    """Every error of a form or formset, each a link to its field."""
    faults: list[tuple[Any, Any]] = []
    if isinstance(form, BaseFormSet):
        faults += [("", message) for message in form.non_form_errors()]
    for one in form.forms if isinstance(form, BaseFormSet) else [form]:
        faults += [("", message) for message in one.non_field_errors()]
        faults += [(bound, message) for bound in one for message in faults_of(bound)]
    return {"faults": faults if form.is_bound else []}


_CLASSES = {
    "checkbox": "form-check-input",
    "select": "form-select",
    "selectmultiple": "form-select",
    "radioselect": "",
    "checkboxselectmultiple": "",
}


def _drawn(bound: BoundField, extra: str = "", **attributes: str) -> SafeString:
    kind = bound.widget_type
    if bound.field.widget.attrs.get("placeholder") == bound.label:  # it would only repeat the label
        del bound.field.widget.attrs["placeholder"]
    classes = [bound.field.widget.attrs.get("class", ""), _CLASSES.get(kind, "form-control"), extra]
    if bound.errors:
        classes.append("is-invalid")
    return bound.as_widget(attrs={"class": " ".join(filter(None, classes)), **attributes})


@register.simple_tag
def field(bound: BoundField, unit: str = "") -> SafeString:
    return around(
        _drawn(bound, "has-unit" if unit else ""),
        "_field.html",
        faults_of(bound),
        **_field_values(bound),
        unit=unit,
        is_optional=not bound.field.required and not getattr(bound.field, "is_asked", False),
        is_check=bound.widget_type == "checkbox",
        group_words=bound.aria_describedby if bound.use_fieldset else None,
        is_group=bound.use_fieldset,
    )


def _field_values(bound: BoundField) -> dict[str, str]:
    """The attributes of each field as plain text."""
    named = {"id": bound.id_for_label, "auto_id": bound.auto_id}
    return named | {"label": conditional_escape(bound.label), "help_text": conditional_escape(bound.help_text)}


@register.inclusion_tag("_fields.html")
def fields(form: BaseForm) -> dict:
    return {"form": form}


@register.simple_tag
def score(bound: BoundField, label: str = "", hint: str = "", weight: int | None = None) -> SafeString:
    """One criterion of a juror's sheet: ``weight`` in basis points."""
    control = _drawn(bound, "score-input", inputmode="decimal", autocomplete="off")
    values = _field_values(bound) | ({"label": conditional_escape(label)} if label else {})
    return around(control, "_score.html", faults_of(bound), **values, hint=hint, weight=weight)


@register.inclusion_tag("_saved.html")
def saved(moment=None, zone: str = "WIB") -> dict:
    return {"moment": moment, "at": formats.clock(moment, zone), "day": formats.moment(moment, zone)}


@register.inclusion_tag("_conflict.html")
def conflict(rows: list, by: str = "", at: str = "") -> dict:
    return {"rows": rows, "by": by, "at": at}


def _address(request: HttpRequest, changes: dict[str, str | None]) -> str:
    """The same page with some parameters changed (None removes one); a new filter begins at page one."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


@register.inclusion_tag("_page_links.html", takes_context=True)
def page_links(context: Context, page: Page, parameter: str = "page") -> dict:
    """``page`` is one page of a Paginator; ``parameter`` names it in the address."""

    def address(number: int) -> str:
        return _address(context["request"], {parameter: str(number)})

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [(number, address(number) if isinstance(number, int) else "") for number in numbers],
        "earlier": address(page.number - 1) if page.has_previous() else "",
        "later": address(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("_sort_link.html", takes_context=True)
def sort_link(context: Context, name: str, label: str) -> dict:
    """A column heading that sorts: first rising, then falling."""
    request = context["request"]
    now = request.GET.get("sort", "")
    turned = f"-{name}" if now == name else name
    order = {name: "ascending", f"-{name}": "descending"}.get(now, "none")
    return {"label": label, "url": _address(request, {"sort": turned}), "order": order}


def _shown_value(bound: BoundField, value: str) -> str:
    choices = getattr(bound.field, "choices", ())
    return next((str(label) for key, label in choices if str(key) == value), value)


@register.inclusion_tag("_filters.html", takes_context=True)
def filters(context: Context, form: BaseForm) -> dict:
    """A filter form as one row, and a chip for each active filter with the link that removes it."""
    request = context["request"]
    chips = [
        {"label": bound.label, "value": _shown_value(bound, value), "url": _address(request, {bound.html_name: None})}
        for bound in form
        for value in request.GET.getlist(bound.html_name)
        if value
    ]
    controls = [(bound, _drawn(bound)) for bound in form.visible_fields()]
    return {"controls": controls, "chips": chips, "form": form, "sort": request.GET.get("sort", "")}


@register.inclusion_tag("_chart.html")
def chart(name: str, option: dict, caption: str, header: list, rows: list, source: str = "", size: str = "") -> dict:
    """``option`` is plain ECharts JSON; a string "--token" in it becomes that colour of the theme."""
    return locals()


@register.inclusion_tag("_chart_script.html")
def chart_script() -> dict:
    return {}


@register.simple_block_tag
def datatable(content: str, name: str, label: str, export_url: str = "", kind: str = "") -> SafeString:
    """A table with the tools of its columns; ``content`` is its head and body, ``kind`` further classes."""
    context = {"name": name, "label": label, "export_url": export_url, "kind": kind, "content": content}
    return template.loader.render_to_string("_datatable.html", context)


@register.simple_block_tag
def bulk_bar(content: str) -> SafeString:
    return template.loader.render_to_string("_bulk_bar.html", {"content": content})
