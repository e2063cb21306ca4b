"""Regulations and budgets as rows: what a criterion counts, who ticks each row, and what follows everywhere."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.criteria import answers
from awards.criteria.completeness import completeness
from awards.criteria.kinds import KINDS
from awards.editions.export import spelled
from awards.editions.rubric_actions import read_document
from awards.editions.rubric_documents import write_rubric
from awards.models import Answer, CheckedRow, Criterion
from awards.nominations import row_checks, transitions
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from scoring import verify_seal
from scoring.standings import store
from tests import builders

pytestmark = pytest.mark.django_db
PERDA = {"kind": "perda", "number": "3", "year": 2021, "title": "Jamsostek", "workers": 2000, "file": "perda.pdf"}
SE = PERDA | {"kind": "se", "number": "12", "year": 2023, "title": "Non-ASN", "workers": 0, "file": ""}
RULES = {"slug": "regulasi", "name": "Regulasi", "kind": "regulations", "weight": "60.00"} | {
    "levels": [
        {"code": "perda", "label": "Perda", "points": "100.00"},
        {"code": "se", "label": "Surat edaran", "points": "40.00"},
    ]
}
STEPS = [
    {"from": "0.00", "points": "0.00"},
    {"from": "2.00", "points": "50.00"},
    {"from": "3000.00", "points": "100.00"},
]


def budget(counts):
    return {
        "slug": "anggaran",
        "name": "Anggaran",
        "kind": "budgets",
        "weight": "40.00",
        "counts": counts,
        "steps": STEPS,
    }


def document(counts="workers"):
    return {"rubric": [{"slug": "aspek", "name": "Aspek", "criteria": [RULES, budget(counts)]}], "titles": []}


@pytest.fixture
def jembrana():
    return builders.regency("51.01", "Kabupaten Jembrana")


@pytest.fixture
def rubric():
    made = write_rubric(builders.category(), read_document(document()), version=1)
    builders.title(made)
    return made


def year(of, rupiah, workers):
    return {"year": of, "rupiah": rupiah, "workers": workers, "title": "", "file": ""}


def criterion(slug):
    return Criterion.objects.get(slug=slug)


def test_a_document_with_both_kinds_is_read_and_spelled_again(rubric):
    assert spelled(read_document(document()))["rubric"][0]["criteria"] == [RULES, budget("workers")]


@pytest.mark.parametrize(
    ("rows", "points"), [([PERDA, SE], 10_000), ([SE], 4_000), ([], 0)], ids=["perda", "circular", "none"]
)
def test_the_kind_of_regulation_that_counts_most_decides(rubric, jembrana, rows, points):
    assert answers.earned(criterion("regulasi"), {"rows": rows}, builders.candidate(jembrana)) == (points, 10_000)


@pytest.mark.parametrize(("counts", "points"), [("years", 5_000), ("workers", 10_000), ("rupiah", 10_000)])
def test_budgets_count_years_people_or_rupiah(rubric, jembrana, counts, points):
    one = criterion("anggaran")
    one.rules = one.rules | {"counts": counts}
    rows = [year(2022, 1_000_000, 1000), year(2023, 2_000_000, 2000), year(2023, 500, 0)]

    assert answers.earned(one, {"rows": rows}, builders.candidate(jembrana)) == (points, 10_000)


@pytest.mark.parametrize("rows", [None, "x", [{}], [PERDA | {"kind": "sk"}], [PERDA | {"year": "2021"}], [PERDA] * 31])
def test_rows_that_cannot_be_used_are_refused(rubric, jembrana, rows):
    with pytest.raises(ValidationError):
        answers.checked(criterion("regulasi"), {"rows": rows}, builders.candidate(jembrana))


def box(slug):
    return f"rows-{criterion(slug).pk}"


def test_the_form_takes_rows_keeps_faulty_ones_and_leaves_out_empty_ones(client, rubric, jembrana):
    staff = builders.branch_staff(jembrana)
    nomination = builders.nomination(builders.selection(Stage.NOMINATION), jembrana, by=staff)
    client.force_login(staff)
    address = reverse("nomination-answers", args=[nomination.pk])
    empty = [""] * 6
    typed = ["perda", "3", "2021", "Jamsostek", "2.000", "perda.pdf", *empty, "se", "12", "2023", "Non-ASN", "", ""]

    faulty = client.post(address, {"version": 1, box("regulasi"): [*typed[:2], "21", *typed[3:]]})
    client.post(address, {"version": faulty.context["form"]["version"].value(), box("regulasi"): typed})

    shown = client.get(address).content.decode()
    assert "Baris 1" in faulty.content.decode() and 'value="21"' in faulty.content.decode()
    assert Answer.objects.get(criterion__slug="regulasi").value == {"rows": [PERDA, SE]}
    assert 'value="Jamsostek"' in shown


def test_a_workbook_cell_holds_rows(rubric, jembrana):
    kind = KINDS["regulations"]
    cell = "perda | 3 | 2021 | Jamsostek | 2.000 | perda.pdf; se | 12 | 2023 | Non-ASN"

    assert kind.read_cells(criterion("regulasi"), {"rows": cell}) == {"rows": [PERDA, SE]}
    assert kind.read_cells(criterion("regulasi"), {"rows": "-"}) == {"rows": []}


@pytest.fixture
def sent(rubric, jembrana):
    staff = builders.branch_staff(jembrana)
    nomination = builders.nomination(builders.selection(Stage.VERIFICATION), jembrana, NominationState.SENT, by=staff)
    Answer.objects.create(nomination=nomination, criterion=criterion("regulasi"), value={"rows": [PERDA, SE]})
    Answer.objects.create(nomination=nomination, criterion=criterion("anggaran"), value={"rows": []})
    return nomination


def test_it_is_verified_only_when_somebody_ticked_each_row(client, sent):
    verifier = builders.committee(sent.selection)
    client.force_login(verifier)
    address = reverse("nomination-verify", args=[sent.pk])
    first, second = [name for _row, name in client.get(address).context["listed"]]
    client.post(address, {"version": sent.version, "row": [first]})
    sent.refresh_from_db()
    halfway = sent.state
    client.post(address, {"version": sent.version, "row": [second]})
    sent.refresh_from_db()

    assert (halfway, sent.state) == (NominationState.SENT, NominationState.VERIFIED)
    assert set(CheckedRow.objects.values_list("checked_by", flat=True)) == {verifier.pk}
    assert AuditEvent.objects.filter(verb="nomination.check-row").count() == 2


def test_a_changed_row_loses_its_tick_and_nobody_ticks_what_they_sent(sent):
    verifier = builders.committee(sent.selection)
    names = [row_checks.name_of(row) for row in row_checks.rows_of([sent])[sent.pk]]
    with pytest.raises(ValidationError) as own:
        row_checks.tick(sent, names, by=sent.nominated_by)
    row_checks.tick(sent, names, by=verifier)
    before = row_checks.unticked([sent])
    Answer.objects.filter(criterion__slug="regulasi").update(value={"rows": [PERDA, SE | {"number": "13"}]})

    assert (own.value.code, before) == ("four-eyes", {})
    assert len(row_checks.unticked([sent])[sent.pk]) == 1
    with pytest.raises(ValidationError) as refused:
        transitions.verify(sent, by=verifier)
    assert refused.value.code == "rows"


def test_the_ranking_and_the_independent_verifier_agree(rubric, jembrana):
    selection = builders.selection(Stage.PLENARY)
    nomination = builders.nomination(selection, jembrana, NominationState.VERIFIED)
    given = {"regulasi": {"rows": [SE]}, "anggaran": {"rows": [year(2022, 1_000_000, 1500)]}}
    for slug, value in given.items():
        Answer.objects.create(nomination=nomination, criterion=criterion(slug), value=value)
    store.refresh(selection)

    scores = nomination.standings.get().scores
    sealed = [{"slug": one.slug, "kind": one.kind, "rules": one.rules} for one in Criterion.objects.order_by("order")]
    told = {"answers": given, "scale": ""}

    assert scores == {"regulasi": 4_000, "anggaran": 5_000}
    assert verify_seal.SCORES["regulations"](None, sealed[0], told) == 4_000
    assert verify_seal.SCORES["budgets"](None, sealed[1], told) == 5_000


def counting(counts):
    return {
        "slug": "peraturan",
        "name": "Banyaknya peraturan",
        "kind": "rule-counts",
        "weight": "100.00",
        "counts": counts,
        "steps": STEPS,
    }


@pytest.mark.parametrize(("counts", "points"), [("kinds", 5_000), ("years", 0), ("workers", 10_000)])
def test_regulations_are_counted_by_kinds_years_or_people(jembrana, counts, points):
    asked = {"rubric": [{"slug": "aspek", "name": "Aspek", "criteria": [counting(counts)]}], "titles": []}
    write_rubric(builders.category(), read_document(asked), version=1)
    one = criterion("peraturan")
    rows = [PERDA, PERDA | {"number": "4", "workers": 1500}, PERDA | {"kind": "mou"}]
    value = answers.checked(one, {"rows": rows}, builders.candidate(jembrana))

    assert spelled(read_document(asked))["rubric"][0]["criteria"] == [counting(counts)]
    assert answers.earned(one, value, builders.candidate(jembrana)) == (points, 10_000)
    assert verify_seal.ANSWERED["rule-counts"](one.rules, value, None) == points
    with pytest.raises(ValidationError):
        answers.checked(one, {"rows": [PERDA | {"kind": "fatwa"}]}, builders.candidate(jembrana))


def test_a_row_leads_to_the_attached_file_it_names_and_a_missing_one_is_shown(client, sent):
    here = builders.evidence(sent, criterion("regulasi"), "Perda.PDF")
    builders.evidence(sent, criterion("anggaran"), "lain.pdf")
    client.force_login(builders.committee(sent.selection))
    before = row_checks.rows_of([sent])[sent.pk]
    page = client.get(reverse("nomination-verify", args=[sent.pk])).content.decode()

    assert [row.shown.evidence for row in before] == [here, None]
    assert reverse("evidence", args=[here.pk]) in page
    here.removed_at, here.removed_by = here.uploaded_at, here.uploaded_by
    here.save()
    assert row_checks.rows_of([sent])[sent.pk][0].shown.evidence is None


def test_the_form_proposes_the_attached_files(client, rubric, jembrana):
    staff = builders.branch_staff(jembrana)
    nomination = builders.nomination(builders.selection(Stage.NOMINATION), jembrana, by=staff)
    builders.evidence(nomination, criterion("regulasi"), "perda 3.pdf")
    client.force_login(staff)

    page = client.get(reverse("nomination-answers", args=[nomination.pk])).content.decode()

    assert page.count('<option value="perda 3.pdf">') == 1


@pytest.mark.parametrize("name", ["2025", "default"])
def test_the_shipped_rubrics_ask_for_rows_and_older_editions_keep_their_levels(name):
    kinds = {}
    for one in (name, "2024"):
        document = json.loads((settings.BASE_DIR / "fixtures" / "editions" / f"{one}.json").read_text())
        asked = [c for category in document["categories"] for aspect in category["rubric"] for c in aspect["criteria"]]
        kinds[one] = {c["kind"] for c in asked if c["slug"] in {"regulasi", "anggaran"}}

    assert kinds == {name: {"regulations", "budgets"}, "2024": {"band"}}


def test_who_says_there_is_none_has_nothing_to_prove(rubric, jembrana):
    staff = builders.branch_staff(jembrana)
    nomination = builders.nomination(builders.selection(Stage.NOMINATION), jembrana, by=staff)
    asked = criterion("regulasi")
    asked.evidence_required = True
    asked.save()
    Answer.objects.create(nomination=nomination, criterion=asked, value={"rows": []})
    none = completeness([nomination])[nomination.pk].missing_evidence
    Answer.objects.filter(criterion=asked).update(value={"rows": [PERDA]})

    assert none == []
    assert completeness([nomination])[nomination.pk].missing_evidence == [asked]
