"""An edition loads from one document, completely or not at all, and as often as one likes."""

import copy
import itertools
import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils.translation import override

from awards.editions.documents import edition_document, load_edition
from awards.editions.export import exported
from awards.editions.schema import read_edition
from awards.models import Answer, Criterion, Edition, Rubric, Title
from paritrana.accounts.models import AuditEvent
from tests import builders as b

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "editions"

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference():
    for code in b.SEGMENTS:
        b.segment(code)
    for year in (2023, 2024):
        for zone in json.loads((FIXTURES / f"{year}.json").read_text())["zones"]:
            for code in zone["provinces"]:
                b.province(code, f"Provinsi {code}")


@pytest.fixture
def document():
    b.province("51")
    b.segment("PU")
    criterion = {"slug": "pu", "name": "PU", "kind": "coverage", "weight": "100.00", "segments": ["PU"]}
    return {
        "slug": "2030",
        "label": "Periode 2030",
        "period_start": "2030-01-01",
        "period_end": "2030-12-31",
        "implementation_year": 2031,
        "zones": [{"name": "Jawa-Bali", "provinces": {"51": "https://contoh.id/zona"}}],
        "categories": [
            {
                "slug": "provinsi",
                "name": "Provinsi",
                "candidate_kind": "province",
                "rubric": [{"slug": "cakupan", "name": "Cakupan", "criteria": [criterion]}],
                "titles": [
                    {"slug": "terbaik", "name": "Terbaik", "grouping": "zone", "places": 3, "weights": {"pu": "100.00"}}
                ],
            }
        ],
    }


def refused(document) -> list[str]:
    with override("en"):
        with pytest.raises(ValidationError) as caught:
            load_edition(document)
        return caught.value.messages


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("*.json")), ids=lambda file: file.stem)
def test_the_shipped_editions_load_and_every_sum_of_weights_is_whole(reference, file):
    edition = load_edition(json.loads(file.read_text()))

    sums = [sum(row.weight for row in title.weights.all()) for title in Title.objects.all()]
    rubrics = [
        sum(Criterion.objects.filter(aspect__rubric=r).values_list("weight", flat=True)) for r in Rubric.objects.all()
    ]
    assert set(sums + rubrics) == {10_000}
    assert sorted(zone.memberships.count() for zone in edition.zones.all()) == [5, 6, 7, 10, 10]


def test_loading_the_same_document_again_writes_nothing(document, django_assert_num_queries):
    load_edition(document)
    before = edition_document(Edition.objects.get())

    load_edition(copy.deepcopy(document))

    assert edition_document(Edition.objects.get()) == before
    assert (Rubric.objects.count(), AuditEvent.objects.filter(verb="edition.load").count()) == (1, 1)


def test_a_changed_rubric_becomes_its_next_version_and_is_the_current_one(document):
    edition = load_edition(document)
    document["categories"][0]["rubric"][0]["criteria"][0]["name"] = "Penerima Upah"

    load_edition(document)

    rubric = edition.categories.get().current_rubric
    assert rubric.version == 2
    assert rubric.aspects.get().criteria.get().name == "Penerima Upah"


def test_a_rubric_that_answers_refer_to_is_not_changed(document):
    edition = load_edition(document)
    category = edition.categories.get()
    selection = b.selection(of=edition, national=True)
    nomination = b.nomination(selection, b.province("51"))
    Answer.objects.create(
        nomination=nomination, criterion=category.current_rubric.aspects.get().criteria.get(), value={"level": "x"}
    )
    document["categories"][0]["rubric"][0]["criteria"][0]["name"] = "Penerima Upah"

    with pytest.raises(ValidationError) as caught:
        load_edition(document)

    assert caught.value.code == "rubric-in-use"


def test_a_locked_rubric_is_not_changed(document):
    edition = load_edition(document)
    Rubric.objects.update(locked_at="2031-01-01T00:00Z", locked_by=b.person())
    document["categories"][0]["titles"][0]["places"] = 2

    with pytest.raises(ValidationError) as caught:
        load_edition(document)

    assert caught.value.code == "rubric-in-use"
    assert edition.categories.get().current_rubric.version == 1


def test_the_example_label_comes_off_only_when_the_document_says_so(document):
    labels = [
        load_edition(document | said).is_example for said in ({"is_example": True}, {}, {"is_example": False}, {})
    ]

    assert labels == [True, True, False, False]


def test_moving_a_province_to_another_zone_is_written(document):
    load_edition(document)
    document["zones"] = [{"name": "Timur", "provinces": {"51": ""}}]

    edition = load_edition(document)

    assert edition_document(edition)["zones"] == [{"name": "Timur", "provinces": {"51": ""}}]


@pytest.mark.parametrize("basis", ["attested", "assumed"])
def test_a_file_of_an_earlier_release_names_no_source_so_the_zone_is_assumed(document, basis):
    document["zones"][0]["provinces"]["51"] = basis

    edition = load_edition(document)

    assert edition_document(edition)["zones"][0]["provinces"] == {"51": ""}
    assert edition.zones.get().memberships.get().basis == "assumed"


def test_a_zone_with_a_source_is_attested_for_servers_of_an_earlier_release_too(document):
    membership = load_edition(document).zones.get().memberships.get()

    assert (membership.basis, membership.source) == ("attested", "https://contoh.id/zona")


def set_weight(document, value):
    document["categories"][0]["rubric"][0]["criteria"][0]["weight"] = value


def set_title_weight(document, value):
    document["categories"][0]["titles"][0]["weights"] = value


RUBRIC = "categories[0] (provinsi).rubric"
DECIMALS = 'a text with two decimals, such as "37.50"'
CRITERION = f"{RUBRIC}[0].criteria[0] (pu)"
TITLE = "categories[0] (provinsi).titles[0] (terbaik)"
FAULTS = {
    "a rubric short of the whole": (
        lambda d: set_weight(d, "99.99"),
        [f"{RUBRIC}: the weights sum to 99.99, not to 100.00."],
    ),
    "a title over the whole": (
        lambda d: set_title_weight(d, {"pu": "100.01"}),
        [f"{TITLE}.weights: the weights sum to 100.01, not to 100.00."],
    ),
    "a title that weighs what is not judged": (
        lambda d: set_title_weight(d, {"bpu": "100.00"}),
        [f"{TITLE}.weights: “bpu” is not a criterion of the rubric."],
    ),
    "a weight that is a float": (
        lambda d: set_weight(d, 100.0),
        [f"{CRITERION}.weight: “100.0” cannot be used here, but {DECIMALS}."],
    ),
    "a weight with one decimal": (
        lambda d: set_weight(d, "99.5"),
        [f"{CRITERION}.weight: “99.5” cannot be used here, but {DECIMALS}."],
    ),
    "a missing label": (lambda d: d.pop("label"), ["edition: “label” is missing."]),
    "a misspelt key": (lambda d: d.update(lable="x"), ["edition: “lable” is not a key of the format."]),
    "a period turned round": (
        lambda d: d.update(period_end="2029-12-31"),
        ["edition: the period ends before it begins."],
    ),
    "a province in two zones": (
        lambda d: d["zones"].append({"name": "Lain", "provinces": {"51": ""}}),
        ["zones: “51” occurs more than once."],
    ),
    "an unknown province": (
        lambda d: d.update(zones=[{"name": "Lain", "provinces": {"99": ""}}]),
        ["Not in the reference data: 99."],
    ),
    "coverage of nothing": (
        lambda d: d["categories"][0]["rubric"][0]["criteria"][0].pop("segments"),
        [f"{CRITERION}: coverage and growth name their segments; other kinds have none."],
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_faulty_document_is_refused_whole_and_the_place_is_named(document, case):
    spoil, expected = FAULTS[case]
    spoil(document)

    assert refused(document) == expected
    assert Edition.objects.count() == 0


@pytest.mark.parametrize("document", [None, [], "x", 3, {"categories": [None]}, {"zones": 1, "categories": {}}])
def test_what_is_no_document_at_all_is_refused_without_a_crash(document):
    assert refused(document) != []


def test_the_command_names_every_fault_and_fails(document, tmp_path):
    set_weight(document, "1.00")
    document.pop("label")
    file = tmp_path / "edition.json"
    file.write_text(json.dumps(document))

    with override("en"), pytest.raises(CommandError) as caught:
        call_command("load_edition", file)

    assert len(str(caught.value).splitlines()) == 2
    assert caught.value.returncode == 1


def test_the_command_loads_a_file(document, tmp_path, capsys):
    file = tmp_path / "edition.json"
    file.write_text(json.dumps(document))

    call_command("load_edition", file)

    assert capsys.readouterr().out == "2030: Periode 2030\n"


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("*.json")), ids=lambda file: file.stem)
def test_an_exported_edition_reads_back_as_the_same_edition(reference, file):
    edition = load_edition(json.loads(file.read_text()))

    shared = json.loads(json.dumps(exported(edition)))

    assert read_edition(shared) == edition_document(edition)
    assert exported(load_edition(shared | {"slug": "salinan"})) == shared | {"slug": "salinan"}


def test_a_dry_run_of_the_command_writes_nothing(document, tmp_path, capsys):
    file = tmp_path / "edition.json"
    file.write_text(json.dumps(document))

    call_command("load_edition", file, dry_run=True)

    assert document["slug"] in capsys.readouterr().out
    assert not Edition.objects.filter(slug=document["slug"]).exists()


def test_characters_nobody_sees_are_named(document):
    document["label"] = "Periode\u200b 2024"

    assert "U+200B" in refused(document)[0]


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_ways_to_judge_businesses_that_a_province_chooses_from_exclude_each_other(reference, year):
    load_edition(json.loads((FIXTURES / f"{year}.json").read_text()))

    ways = list(Edition.objects.get().categories.filter(slug__startswith="badan-usaha"))

    assert len(ways) == 3
    assert all(one.excludes(other) for one, other in itertools.combinations(ways, 2))
