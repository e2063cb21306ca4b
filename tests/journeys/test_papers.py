"""The papers of a result on a laptop and a phone: certificates, and an addendum of two people."""

import pytest
from django.urls import reverse

from awards.models import Role
from scoring.models import Addendum, Document
from tests import builders
from tests.journeys import bali
from tests.journeys.test_look import SIZES, TOO_WIDE
from tests.scoring.documents import documents

pytestmark = pytest.mark.django_db(transaction=True)

TOUCHING = """() => [...document.querySelectorAll('main .row-actions, main .button-row')].flatMap((row) => {
    const boxes = [...row.querySelectorAll('.btn')].map((one) => one.getBoundingClientRect());
    const near = (one, other) => one.right + 3 > other.left && one.bottom + 3 > other.top;
    return boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) => near(one, other) && near(other, one)));
}).length"""
"""Pairs of buttons with less than three pixels between them."""


@pytest.mark.parametrize("size", SIZES)
def test_an_issued_paper_is_corrected_by_one_who_asks_and_one_who_confirms(sign_in, photograph, size):
    made, by = documents.sealed()
    documents.minutes(made, by)
    documents.certificates(made, by)
    slug, chair = made.selection.slug, builders.appointed(Role.CHAIR, made.selection)
    asker, second = (sign_in(user, viewport=SIZES[size]) for user in (by, chair))

    def look(page, name):
        assert (name, page.evaluate(TOO_WIDE), page.evaluate(TOUCHING)) == (name, 0, 0)
        photograph(page, f"{name}-{size}")

    asker.goto(reverse("certificates-make", args=[slug]))
    look(asker, "certificates-make")
    asker.goto(reverse("documents", args=[slug]))
    look(asker, "documents")
    asker.click(f"a[href='{reverse('addendum-ask', args=[slug])}']")
    asker.check("[name=paper][value=minutes]")
    for name, text in {"written": "Ruang Salah", "instead": "Ruang Benar", "reason": "Salah ketik"}.items():
        asker.fill(f"[name={name}]", text)
    look(asker, "addendum-ask")
    bali.confirm(asker)
    look(asker, "documents-waiting")

    second.goto(reverse("documents", args=[slug]))
    second.click(f"a[href='{reverse('addendum-second', args=[slug, Addendum.objects.get().pk])}']")
    assert "Ruang Salah" in second.inner_text("main")
    look(second, "addendum-second")
    bali.confirm(second)
    look(second, "documents-corrected")
    assert second.locator("[data-document='addendumminutes1-a4']").count() == 1
    assert Document.objects.filter(kind="addendum").count() == 4
