"""A company, a micro enterprise, a university and a village: from nothing to verified, each with evidence."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter

from awards.editions.documents import load_edition
from awards.models import Appointment, Nomination, Role, Selection
from awards.models.selections import Level
from awards.stages import NominationState, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Branch, Posting, Region
from tests.journeys.bali import confirm
from tests.journeys.candidates import answer_everything, enter_and_nominate

pytestmark = pytest.mark.django_db(transaction=True)

CANDIDATES = {
    "badan-usaha": ("company", {"name": "PT Contoh Rekaan", "npp": "AA00001", "nib": "1234567890123", "kbli": "55110",
                                "scale_basis": "penjualan", "scale_amount": "60.000.000.000"}),
    "usaha-kecil-mikro": ("small", {"name": "Warung Contoh", "npp": "BB00002", "scale_basis": "modal",
                                    "scale_amount": "900.000.000"}),
    "perguruan-tinggi": ("university", {"name": "Universitas Contoh Rekaan"}),
    "pemerintah-desa": ("village", {"name": "Desa Contoh"}),
}  # fmt: skip
"""category -> kind, and what is typed; all of it invented."""


@pytest.fixture
def cast(db):
    call_command("load_reference", verbosity=0)
    document = json.loads((settings.BASE_DIR / "fixtures/editions/2023.json").read_text())
    shipped = json.loads((settings.BASE_DIR / "fixtures/editions/default.json").read_text())
    document["categories"] += [one for one in shipped["categories"] if one["slug"] == "perguruan-tinggi"]
    edition, bali = load_edition(document), Region.objects.get(code="51")
    selection = Selection.objects.create(
        edition=edition, slug="2023-bali", level=Level.PROVINCIAL, province=bali, stage=Stage.NOMINATION
    )
    selection.categories.set(edition.categories.filter(slug__in=CANDIDATES))
    people = {
        name: User.objects.create_user(f"{name}@paritrana.example", name=name) for name in ("branch", "committee")
    }
    Posting.objects.create(user=people["branch"], place="branch", branch=Branch.objects.get(name="Bali Denpasar"))
    Appointment.objects.create(
        user=people["committee"], role=Role.PROVINCIAL_COMMITTEE, edition=edition, selection=selection
    )
    return selection, people


@pytest.fixture
def papers(tmp_path):
    """A PDF of two pages and a photograph, as people attach them."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "bukti.pdf")
    Image.new("RGB", (640, 480), "steelblue").save(tmp_path / "foto.jpg")
    return [tmp_path / "bukti.pdf", tmp_path / "foto.jpg"]


@pytest.mark.complete
def test_every_kind_of_candidate_goes_from_nothing_to_verified(cast, papers, sign_in):
    selection, people = cast
    branch = sign_in(people["branch"])
    for number, (category, (kind, facts)) in enumerate(CANDIDATES.items()):
        enter_and_nominate(branch, selection, category, kind, facts)
        nomination = Nomination.objects.get(category__slug=category)
        answer_everything(branch, nomination)
        attach(branch, nomination, papers[number % 2])
        branch.goto(reverse("nomination-submit", args=[nomination.pk]))
        confirm(branch)

    assert set(selection.nominations.values_list("state", flat=True)) == {NominationState.SENT}
    assert [row.candidate.scale for row in selection.nominations.order_by("pk")] == ["besar", "mikro", "", ""]

    committee = sign_in(people["committee"])
    for nomination in selection.nominations.all():
        (evidence,) = nomination.evidence.all()
        committee.goto(reverse("evidence", args=[evidence.pk]))
        assert committee.locator(f"main img[src*='/bukti/{evidence.pk}/']").count() >= 1
        committee.goto(reverse("nomination-verify", args=[nomination.pk]))
        confirm(committee)

    assert set(selection.nominations.values_list("state", flat=True)) == {NominationState.VERIFIED}
    assert list(trail.faults()) == []


def attach(page, nomination, paper):
    page.goto(reverse("nomination-answers", args=[nomination.pk]))
    with page.expect_navigation():
        page.locator("input[type=file]").first.set_input_files(paper)
    assert nomination.evidence.count() == 1
