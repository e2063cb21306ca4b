"""Typing rubrics in tests as the page sends them; selections that use one."""

import json

from django.urls import reverse

from awards.editions import rubric_forms as rubric_form
from awards.editions.export import spelled
from awards.editions.form_trees import flat
from awards.editions.rubric_documents import present
from awards.models import Answer, Criterion, Evidence, Rubric
from awards.stages import NominationState, Stage
from tests import builders as b

CATEGORY = ["2025", "usaha"]


def typed(document, form=rubric_form) -> dict:
    return dict(flat(form.tree_of(document)))


def post(page, data, name="rubric-edit", **more):
    return page.post(reverse(name, args=CATEGORY), data | {"seen": present_key(), **more})


def sent(document) -> dict:
    """What a browser sends of it: nothing where no box is ticked."""
    return {name: value for name, value in typed(document).items() if value != []}


def present_key() -> object:
    rubric = Rubric.objects.filter(category__slug="usaha").order_by("-version").first()
    return rubric.pk if rubric else ""


def save(page, answer, name="rubric-edit", **more):
    context = answer.context
    data = {"act": "save", "document": context["document"], "seen": context["seen"], "reason": "", **more}
    return page.post(reverse(name, args=CATEGORY), data)


def box(document, slug, what="weight") -> str:
    """The name of a box of a criterion."""
    for n, aspect in enumerate(document["rubric"]):
        for m, criterion in enumerate(aspect["criteria"]):
            if criterion["slug"] == slug:
                return f"rubric-{n}-criteria-{m}-{what}"
    raise LookupError(slug)


def in_use(category, stage=Stage.NOMINATION, at="51"):
    """A selection with one nomination that answers two criteria and has a document for one of them."""
    selection = b.selection(stage, category.edition, b.province(at, f"Provinsi {at}"))
    selection.categories.set([category])
    nomination = b.nomination(selection, b.regency(f"{at}.01", f"Kabupaten {at}"), NominationState.SENT)
    rubric = present(category)
    slugs = {one.slug: one for one in Criterion.objects.filter(aspect__rubric=rubric)}
    Answer.objects.create(nomination=nomination, criterion=slugs["iuran"], value={"part": 11, "whole": 12})
    Answer.objects.create(nomination=nomination, criterion=slugs["penegakan"], value={"level": "tidak-ada"})
    Evidence.objects.create(
        nomination=nomination,
        criterion=slugs["iuran"],
        name="bukti.pdf",
        kind="pdf",
        size=1,
        sha256="0" * 64,
        key=f"k{at}",
        uploaded_by=nomination.nominated_by,
    )
    return selection, nomination


def changed(document, slug, **fields):
    """The document with one criterion changed, spelled out."""
    copy = json.loads(json.dumps(spelled(document)))
    for aspect in copy["rubric"]:
        for criterion in aspect["criteria"]:
            if criterion["slug"] == slug:
                criterion.update(fields)
    return copy
