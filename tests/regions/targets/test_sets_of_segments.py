"""Targets over any set of segments: 433,000 over PU, BPU and Jakon; reached only by figures of their own year."""

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from regions import todo
from regions.atlas import scales, universal
from regions.atlas.readings import CoverageReading, Goal, SegmentCount
from regions.models import Target
from regions.places import national_targets
from regions.targets import actions
from regions.targets.actions import Aim
from regions.targets.grid import GridChoice
from tests import builders as make

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
THREE = "PU+BPU+JAKON"


@pytest.fixture
def denpasar():
    """Two regencies with 300 and 500 participants of 1.000 workers in each of PU, BPU and Jakon."""
    for code in THREE.split("+"):
        make.segment(code)
    area = [make.regency("51.01", "Kabupaten Jembrana"), make.regency("51.02", "Kabupaten Tabanan")]
    for region, participants in zip(area, (300, 500), strict=True):
        for code in THREE.split("+"):
            make.coverage(region, YEAR, code, participants=participants)
    return make.branch(area=area)


def aim(place, segments, value, year=YEAR, kind="peserta"):
    return actions.set_targets(place, year, {Aim(segments, kind): value}, seen=None, source="RKAT", by=None)


def test_a_target_over_three_segments_is_measured_over_the_three(client, denpasar):
    aim(denpasar, THREE, 433_000)
    client.force_login(make.branch_staff())

    found = client.get(denpasar.get_absolute_url()).context["outlooks"]

    assert [one.standing.segments for one in found] == ["PU+BPU", THREE]
    assert (found[1].standing.reading.now.participants, found[1].standing.reading.lacking) == (2400, 430_600)


def test_each_set_of_segments_has_its_own_target(denpasar):
    for segments, value in (("PU+BPU", 2000), (THREE, 3000), ("PU", 900)):
        aim(denpasar, segments, value)

    assert actions.known_aims(denpasar, YEAR) == {
        Aim("PU+BPU", "peserta"): 2000,
        Aim(THREE, "peserta"): 3000,
        Aim("PU", "peserta"): 900,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(branch=denpasar, year=YEAR, together=THREE, value_kind="peserta", value=1)


def test_the_list_has_a_row_for_each_set_with_a_target(client, denpasar):
    region = denpasar.working_area.first()
    aim(region, "PU+BPU", 4000, kind="persen"), aim(region, THREE, 4000, kind="persen")
    client.force_login(make.branch_staff())

    lines = client.get(reverse("targets"), {"year": YEAR}).context["lines"]

    assert [(line.tile.region.code, line.segments, line.tile.reading.lacking) for line in lines] == [
        ("51.01", "PU+BPU", 200),
        ("51.01", THREE, 300),
        ("51.02", "PU+BPU", None),
    ]


def test_a_later_target_is_not_reached_by_figures_of_an_earlier_year(client, denpasar):
    aim(denpasar, "PU+BPU", 1000, YEAR + 1)
    client.force_login(make.branch_staff())

    outlook = client.get(denpasar.get_absolute_url()).context["outlook"]

    assert (outlook.standing.reading.lacking, outlook.standing.reading.is_reached) == (0, False)
    assert "tercapai" not in outlook.standing.distance_text.split(";")[0]
    assert CoverageReading(SegmentCount(400, 1000, (1,)), goal=Goal(4000)).is_reached
    assert scales.distance(CoverageReading(SegmentCount(400, 1000, (1,)), goal=Goal(4000))) == "target tercapai"


def test_home_names_the_segments_of_a_target_that_is_not_reached(denpasar):
    aim(denpasar, THREE, 433_000)

    titles = [task.title for task in todo.tasks_for(make.branch_staff()) if "PU + BPU + JAKON" in task.title]

    assert len(titles) == 1


def test_the_form_takes_any_set_and_refuses_one_that_has_a_row(client, denpasar):
    client.force_login(make.head_officer())
    address = reverse("branch-target-edit", args=[denpasar.pk, YEAR])
    form = client.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "others"}

    refused = client.post(address, data | {"others": ["BPU", "PU"], "peserta-other": "5"})
    empty = client.post(address, data | {"others": ["PU", "JAKON"]})
    nameless = client.post(address, data | {"peserta-other": "433.000"})
    taken = client.post(address, data | {"others": ["JAKON", "PU", "BPU"], "peserta-other": "433.000"})

    assert [one.status_code for one in (refused, empty, nameless, taken)] == [422, 422, 422, 302]
    assert actions.known_aims(denpasar, YEAR) == {Aim(THREE, "peserta"): 433_000}


def test_a_file_names_segments_in_any_order(tmp_path, denpasar):
    from django.core.management import call_command

    file = tmp_path / "target.csv"
    file.write_text(f"year,branch,segment,participants,source\n{YEAR},Bali Denpasar,jakon + PU+bpu,433000,RKAT\n")
    for _time in range(2):
        call_command("import_targets", str(file), verbosity=0)

    assert Target.objects.values_list("together", "segment", "value").get() == (THREE, None, 433_000)


def grid(client, **choice):
    address = reverse("target-grid") + "?" + "&".join(f"{name}={value}" for name, value in choice.items())
    form = client.get(address).context["grid"]
    return address, {name: form[name].value() or "" for name in form.fields}


def test_the_grid_sets_many_regions_and_years_and_withdraws_emptied_boxes(client, denpasar):
    client.force_login(make.regional_officer())
    address, data = grid(client, start=YEAR, count=3)
    boxes = {f"t-51.0{region}-{YEAR + step}": str(30 + step) for region in (1, 2) for step in range(3)}
    client.post(address, data | boxes | {"source": "RPJMD"})
    first = Target.objects.count()
    address, data = grid(client, start=YEAR, count=3)
    client.post(address, data | {f"t-51.01-{YEAR}": "", f"t-51.02-{YEAR}": "35,5"})

    assert first == 6
    assert Target.objects.filter(year=YEAR).values_list("region__code", "value").get() == ("51.02", 3550)


def test_the_grid_keeps_what_was_typed_when_a_box_is_no_target(client, denpasar):
    client.force_login(make.regional_officer())
    address, data = grid(client, start=YEAR)

    page = client.post(address, data | {f"t-51.01-{YEAR}": "101", f"t-51.02-{YEAR}": "30"})

    assert (page.status_code, Target.objects.count()) == (422, 0)
    assert page.context["grid"][f"t-51.02-{YEAR}"].value() == "30"


def test_two_officers_on_the_grid_do_not_overwrite_each_other(client, denpasar):
    client.force_login(make.regional_officer())
    address, data = grid(client, start=YEAR)
    aim(denpasar.working_area.first(), "PU+BPU", 3600, kind="persen")

    page = client.post(address, data | {f"t-51.01-{YEAR}": "30"})
    kept = Target.objects.get().value
    form = page.context["grid"]
    client.post(address, {name: form[name].value() or "" for name in form.fields})

    assert (page.status_code, kept) == (409, 3600)
    assert [row["theirs"] for row in page.context["conflicts"]] == ["36"] or len(page.context["conflicts"]) == 1
    assert Target.objects.get().value == 3000


def test_a_choice_that_is_not_understood_becomes_the_default():
    make.segment("PU"), make.segment("BPU")
    choice = GridChoice(QueryDict("segment=XX&kind=lain&start=1&count=99"))

    assert (choice.segments, choice.kind, choice.years) == ("PU+BPU", "persen", [timezone.localdate().year])


def test_a_branch_has_no_grid_of_targets(client, denpasar):
    client.force_login(make.branch_staff())

    assert client.get(reverse("target-grid")).status_code == 403


def test_the_head_office_alone_sets_the_nations_targets(client, denpasar):
    address = reverse("nation-target-edit", args=[YEAR])
    client.force_login(make.regional_officer())
    refused = client.get(address).status_code
    client.force_login(make.head_officer())
    form = client.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "others"}
    client.post(address, data | {"persen-PU+BPU": "34,99", "source": "RKP"})

    assert refused == 403
    assert Target.objects.values_list("region", "branch", "value").get() == (None, None, 3499)


def test_the_way_of_the_nation_adds_the_provinces_up_and_states_the_pace(denpasar):
    bali = denpasar.working_area.first().parent
    for code in ("PU", "BPU"):
        make.coverage(bali, YEAR - 1, code, workers=1000, participants=300)
        make.coverage(bali, YEAR, code, workers=1000, participants=350)
    aim(None, "PU+BPU", 5000, YEAR + 3, kind="persen")

    nation = universal.way(make.person())

    assert (nation.year, nation.reported, nation.gained) == (YEAR, 1, 100)
    assert [(step.year, step.reading.lacking, step.pace) for step in nation.way.years] == [(YEAR + 3, 300, 100)]
    assert nation.provinces[0].now.share == 3500


def test_everybody_signed_in_reads_the_way_to_universal_coverage(client, denpasar):
    client.force_login(make.person())
    without = client.get(reverse("universal-coverage"))
    aim(None, "PU+BPU", 5000, YEAR + 3, kind="persen")
    aim(denpasar.working_area.first().parent, "PU+BPU", 5000, YEAR + 1, kind="persen")

    page = client.get(reverse("universal-coverage"))

    assert (without.status_code, page.status_code) == (200, 200)
    assert "RKAT" in page.content.decode()


def test_the_plans_of_the_nation_come_with_their_source_and_leave_what_people_set(settings):
    from paritrana.workbooks import read_path

    make.segment("PU"), make.segment("BPU")
    aim(None, "PU+BPU", 5215, 2025, kind="persen")
    rows = read_path(settings.BASE_DIR / "fixtures" / "regions" / "national_targets.csv").rows

    assert (national_targets.add(rows), national_targets.add(rows)) == (3, 0)
    assert dict(Target.objects.of(None).values_list("year", "value")) == {
        2025: 5215,
        2026: 3499,
        2029: 4392,
        2045: 9950,
    }
    assert all(row.text("source") for row in rows)


def test_while_nothing_is_reported_a_branch_reads_its_latest_target(client):
    for code in THREE.split("+"):
        make.segment(code)
    branch = make.branch(area=[make.regency("51.01", "Kabupaten Jembrana")])
    aim(branch, THREE, 400_000, year=YEAR - 3), aim(branch, THREE, 433_000, year=YEAR - 2)
    client.force_login(make.branch_staff())

    page = client.get(branch.get_absolute_url())

    found = page.context["outlooks"][1]
    assert (found.aimed_at, found.goal, found.standing.reading.is_reached) == (YEAR - 2, "433.000 peserta", False)
    assert "433.000" in page.content.decode()
