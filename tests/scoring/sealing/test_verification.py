"""A sealed result is computed again in two other ways; whatever was tampered with is named."""

import hashlib
import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from awards.candidates import actions
from awards.models import Candidate, Criterion, Sector, Title
from paritrana import triggers
from regions.models import Coverage
from scoring import verify_seal
from scoring.models import Mark, Seal
from scoring.sealing import review
from scoring.sealing.renames import renamed
from scoring.sealing.verification import faults
from scoring.standings import store
from tests import builders as b
from tests.once import each_once
from tests.scoring.plenary import plenary
from tests.scoring.plenary.tied import settle


def seal_sectors():
    """Five contenders, two titles by sector and across, a special award's title; everything a rubric can ask."""
    made = plenary.plenary(("perda", "edaran", "tidak-ada", "perda", "edaran"))
    first = plenary.title_of(made)
    sectors = [Sector.objects.create(category=first.rubric.category, slug=s, name=s.title()) for s in ("jasa", "tani")]
    for number, nomination in enumerate(made.nominations):
        nomination.sector = sectors[number % 2]
        nomination.save()
    Title.objects.filter(pk=first.pk).update(grouping="sector")
    last = b.title(first.rubric, "lintas-sektor")
    Title.objects.filter(pk=last.pk).update(among=first, among_places=1, harapan=1, order=2)
    store.refresh(made.selection)
    return made, plenary.sealed(made)


def seal_companies():
    """Two companies that are equal until the plenary decides, and one behind; sealed."""
    made = plenary.plenary(("perda", "perda", "edaran"))
    for number, nomination in enumerate(made.nominations):
        nomination.candidate = b.company(nomination.candidate.region, f"PT Nomor {number}")
        nomination.save()
    settle(made, [[1], [0]])
    return made, plenary.sealed(made)


def seal_figures():
    """A rubric of coverage and growth beside every kind of answer, sealed."""
    category = b.category()
    rubric = b.rubric(category, ("pu", "coverage", 2000), ("tumbuh", "growth", 2000), ("iuran", "ratio", 2000),
                      ("program", "checklist", 2000), ("anggaran", "amount", 2000))  # fmt: skip
    segment = b.segment("PU")
    criteria = {criterion.slug: criterion for criterion in Criterion.objects.filter(aspect__rubric=rubric)}
    for slug in ("pu", "tumbuh"):
        criteria[slug].segments.add(segment)
    items = [{"code": code, "label": code, "points": 100, "scales": []} for code in ("jkk", "jkm", "jht")]
    items.append({"code": "jp", "label": "jp", "points": 100, "scales": ["besar"]})
    steps = [{"from": 0, "points": 0}, {"from": 100_000, "points": 5_000}, {"from": 1_000_000, "points": 10_000}]
    rules = {"tumbuh": {"zero": 100, "full": 1_000}, "iuran": {"part": "a", "whole": "b"},
             "program": {"items": items}, "anggaran": {"unit": "Rp", "steps": steps}}  # fmt: skip
    for slug, rule in rules.items():
        Criterion.objects.filter(pk=criteria[slug].pk).update(rules=rule)
    b.title(rubric)
    selection = b.selection("pleno")
    for number in range(1, 5):
        region = b.regency(f"51.{number:02d}", f"Kabupaten {number}")
        b.coverage(region, 2022, "PU", workers=1_000, participants=300)
        b.coverage(region, 2023, "PU", workers=1_003, participants=333 + 17 * number)
        nomination = b.nomination(selection, region, "terverifikasi")
        for slug, value in {
            "iuran": {"part": 7 + number, "whole": 12},
            "program": {"ticked": ["jkk", "jkm"][: number % 3]},
            "anggaran": {"amount": 99_999 * number},
        }.items():
            nomination.answers.create(criterion=criteria[slug], value=value)
    b.nomination(selection, b.regency("51.09", "Kabupaten Tanpa Angka"), "terverifikasi")
    store.refresh(selection)
    return plenary.seal(selection, b.committee(selection))


STATES = {"sealed": seal_sectors, "companies": seal_companies, "figures": seal_figures}
built, sealed, companies, figures = each_once(STATES)


def rewritten(seal, change):
    """The seal's document changed and sealed again with a fitting digest, as somebody with the database would."""
    document = json.loads(seal.payload)
    change(document)
    return document


def test_an_untouched_seal_holds_by_every_way_of_asking(sealed):
    _made, seal = sealed

    assert list(faults(seal)) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d["outputs"][0]["lines"][0].update(total=9_999), "total"),
        (lambda d: d["outputs"][0]["lines"][0].update(place=2), "place"),
        (lambda d: d["outputs"][1]["lines"][0].update(is_tied=not d["outputs"][1]["lines"][0]["is_tied"]), "is tied"),
        (lambda d: d["outputs"][0]["lines"][1]["scores"].update(inovasi=1), "inovasi"),
        (lambda d: d["outputs"][0]["lines"].pop(), "competes but is not stored"),
        (lambda d: d["outputs"].pop(), "not among the outputs"),
        (lambda d: d["outputs"][0].update(places=9), "places"),
        (lambda d: d["inputs"]["nominations"][0]["marks"]["inovasi"].update({"1": 10_000}), "inovasi"),
        (lambda d: d["inputs"]["nominations"][0]["answers"]["regulasi"].update(level="tidak-ada"), "regulasi"),
        (lambda d: d["rules"]["categories"][0]["titles"][0]["weights"].update(inovasi=1_600), "total"),
        (lambda d: d["inputs"]["nominations"][1].update(sector="jasa"), "place"),
    ],
)
def test_whatever_is_changed_in_the_document_is_named(sealed, change, named):
    _made, seal = sealed

    found = list(verify_seal.differences(rewritten(seal, change)))

    assert any(named in difference for difference in found), found


def test_a_changed_mark_in_the_rows_is_found_though_the_document_holds(sealed):
    _made, seal = sealed
    mark = Mark.objects.filter(sheet__submitted_at__isnull=False).first()
    with triggers.lifted(connection):
        Mark.objects.filter(pk=mark.pk).update(value=9_900)

    assert list(verify_seal.differences(json.loads(seal.payload))) == []
    assert any(mark.sheet.nomination.candidate.region.name in fault for fault in faults(seal))


def test_a_document_resealed_by_hand_is_unknown_to_the_trail(sealed):
    _made, seal = sealed
    document = rewritten(seal, lambda d: d["outputs"][0]["lines"][0].update(total=9_999))
    payload = review.canonical(document)
    with triggers.lifted(connection):
        Seal.objects.filter(pk=seal.pk).update(payload=payload, digest=hashlib.sha256(payload.encode()).hexdigest())
    seal.refresh_from_db()

    assert len(list(faults(seal))) >= 2


def test_the_command_answers_for_every_seal_and_for_one(sealed, capsys):
    made, seal = sealed

    call_command("verify_results")
    call_command("verify_results", made.selection.slug)
    with triggers.lifted(connection):
        Seal.objects.filter(pk=seal.pk).update(digest="0" * 64)
    with pytest.raises(CommandError):
        call_command("verify_results", made.selection.slug)

    assert [line.split()[-1] for line in capsys.readouterr().out.splitlines()[:2]] == ["ok", "ok"]


# Called otherwise since the seal


def test_a_candidate_renamed_after_the_seal_is_told_and_is_no_difference(companies, capsys):
    made, seal = companies
    Candidate.objects.filter(pk=made.nominations[1].candidate_id).update(name="PT Baru")

    call_command("verify_results")

    assert list(faults(seal)) == []
    assert list(renamed(seal)) == [("PT Nomor 1", "PT Baru")]
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_candidate_merged_after_the_seal_is_told_and_is_no_difference(companies):
    made, seal = companies
    other = b.company(b.regency("51.08", "Kabupaten Lain"), "PT Induk")
    actions.merge(made.nominations[0].candidate, other, by=b.administrator())

    assert list(faults(seal)) == []
    assert list(renamed(seal)) == [("PT Nomor 0", "PT Induk")]


def test_two_that_exchanged_their_names_are_found(companies):
    """Equal in everything, and only the decision tells them apart: it is about the nominations."""
    made, seal = companies
    first, third = made.nominations[0].candidate, made.nominations[2].candidate
    Candidate.objects.filter(pk=third.pk).update(name="PT Nomor 0", region=first.region)
    Candidate.objects.filter(pk=first.pk).update(name="PT Nomor 2", region=third.region)

    assert list(faults(seal)) != []


def test_a_mark_changed_behind_a_new_name_is_found(companies):
    made, seal = companies
    nomination = made.nominations[2]
    with triggers.lifted(connection):
        Mark.objects.filter(sheet__nomination=nomination).update(value=9_900)
    Candidate.objects.filter(pk=nomination.candidate_id).update(name="PT Baru")

    assert any("PT Baru" in fault for fault in faults(seal))


def test_a_name_changed_inside_the_document_is_found(companies):
    _made, seal = companies
    payload = seal.payload.replace("PT Nomor 1", "PT Baru")
    with triggers.lifted(connection):
        Seal.objects.filter(pk=seal.pk).update(payload=payload)
        without_digest = list(faults(Seal.objects.get(pk=seal.pk)))
        Seal.objects.filter(pk=seal.pk).update(digest=hashlib.sha256(payload.encode()).hexdigest())

    found = list(faults(Seal.objects.get(pk=seal.pk)))
    assert len(without_digest) == 1
    assert [fault.split()[0] for fault in found].count("winners") == len(found) - 1 > 0


def test_every_kind_of_criterion_is_computed_alike_by_fractions_and_by_the_kernel(figures):
    lines = json.loads(figures.payload)["outputs"][0]["lines"]

    assert sorted(line["place"] or 0 for line in lines) == [0, 1, 2, 3, 4]
    assert {score for line in lines if line["place"] for score in line["scores"].values()} >= {6_667, 3_333, 0, 5_000}
    assert list(faults(figures)) == []


def test_a_changed_coverage_figure_in_the_rows_is_found(figures):
    with triggers.lifted(connection):
        Coverage.objects.filter(year=2023, region__code="51.02").update(participants=900)

    assert any("Kabupaten 2" in fault or "2" in fault for fault in faults(figures))


def test_the_script_runs_without_the_portal_on_the_downloaded_document(sealed, client, tmp_path):
    made, seal = sealed
    client.force_login(b.committee(made.selection))
    (tmp_path / "seal.json").write_bytes(client.get(reverse("seal-document", args=[made.selection.slug])).content)
    (tmp_path / "check.py").write_bytes(client.get(reverse("verifier")).content)
    command = [sys.executable, "-I", "-S", tmp_path / "check.py", tmp_path / "seal.json"]

    good = subprocess.run([*command, seal.digest], capture_output=True, text=True, cwd=tmp_path)
    text = (tmp_path / "seal.json").read_text()
    (tmp_path / "seal.json").write_text(text.replace('"place":1', '"place":2', 1))
    bad = subprocess.run([*command, seal.digest], capture_output=True, text=True, cwd=tmp_path)
    none = subprocess.run(
        [*command[:-1], settings.BASE_DIR / "README.md"], capture_output=True, text=True, cwd=tmp_path
    )

    assert (good.returncode, seal.digest in good.stdout) == (0, True)
    assert (bad.returncode, "place is stored as 2, computed as 1" in bad.stdout) == (1, True)
    assert none.returncode == 2
