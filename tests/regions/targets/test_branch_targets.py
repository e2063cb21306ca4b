"""A branch's own target: for its working area as a whole, set by the office over it, read by who answers for it."""

import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from paritrana.accounts.models import AuditEvent
from regions import todo
from regions.models import Target
from regions.targets import actions
from regions.targets.actions import Aim
from tests import builders as make

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
PEOPLE = Aim("PU+BPU", "peserta")


@pytest.fixture
def denpasar():
    """A branch with two regencies: 300 and 500 of 1.000 in each of PU and BPU, 1.600 participants together."""
    area = [make.regency("51.01", "Kabupaten Jembrana"), make.regency("51.02", "Kabupaten Tabanan")]
    for region, participants in zip(area, (300, 500), strict=True):
        for code in ("PU", "BPU"):
            make.coverage(region, YEAR, code, participants=participants)
    return make.branch(area=area)


def aim(branch, value=2000, year=YEAR):
    return actions.set_targets(branch, year, {PEOPLE: value}, seen=None, source="Target", by=None)


def edit(branch, year=YEAR):
    return reverse("branch-target-edit", args=[branch.pk, year])


@pytest.mark.parametrize("places", [{"region": True, "branch": True}])
def test_a_target_is_of_a_region_or_of_a_branch_and_of_nothing_else(denpasar, places):
    given = {"region": denpasar.working_area.first(), "branch": denpasar}

    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(year=YEAR, value_kind="persen", value=1, **{name: given[name] for name in places})


@pytest.mark.parametrize("code", ["", "PU"])
def test_a_branch_has_one_target_of_a_kind_in_a_year(denpasar, code):
    row = {"branch": denpasar, "year": YEAR, "value_kind": "persen", "value": 1}
    row["segment"] = make.segment(code) if code else None
    Target.objects.create(**row)

    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(**row)


@pytest.mark.parametrize("officer", [make.regional_officer, make.head_officer])
def test_the_office_over_a_branch_sets_its_target_and_the_trail_tells(client, denpasar, officer):
    client.force_login(officer())
    form = client.get(edit(denpasar)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "others"}

    response = client.post(edit(denpasar), sent | {"peserta-PU+BPU": "433.000"})

    assert response.url == denpasar.get_absolute_url()
    assert Target.objects.values_list("branch", "region", "value").get() == (denpasar.pk, None, 433_000)
    event = AuditEvent.objects.get(verb="target.set")
    assert (event.object_type, event.object_id, event.detail["after"]) == (
        "regions.branch",
        str(denpasar.pk),
        {"PU+BPU peserta": 433_000},
    )


def test_two_officers_at_once_do_not_overwrite_each_others_target_of_a_branch(client, denpasar):
    client.force_login(make.head_officer())
    form = client.get(edit(denpasar)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "others"}
    aim(denpasar, 5000)

    response = client.post(edit(denpasar), sent | {"peserta-PU+BPU": "6000"})

    assert response.status_code == 409
    assert [(row["mine"], row["theirs"]) for row in response.context["conflicts"]] == [("6.000", "5.000")]
    assert Target.objects.get().value == 5000


def test_the_branch_reads_its_target_and_does_not_set_it(client, denpasar):
    client.force_login(make.branch_staff())

    assert client.get(denpasar.get_absolute_url()).status_code == 200
    assert [client.get(edit(denpasar)).status_code, client.post(edit(denpasar)).status_code] == [403, 403]


def test_another_branch_another_office_and_no_office_find_no_such_branch(client, denpasar):
    strangers = [make.branch_staff(name="Bali Gianyar"), make.regional_officer(make.office("Lain")), make.person()]

    for user in strangers:
        client.force_login(user)
        assert [client.get(url).status_code for url in (denpasar.get_absolute_url(), edit(denpasar))] == [404, 404]


def test_the_branch_page_adds_its_area_up_and_says_how_many_participants_are_lacking(client, denpasar):
    aim(denpasar)
    client.force_login(make.branch_staff())

    standing = client.get(denpasar.get_absolute_url()).context["outlook"].standing

    assert (standing.reading.now.participants, standing.reading.now.workers) == (1600, 4000)
    assert (standing.reading.lacking, standing.reported, standing.of) == (400, 2, 2)


def test_drafts_and_regions_of_others_do_not_count_towards_the_target(client, denpasar):
    aim(denpasar)
    make.coverage(make.regency("51.03", "Kabupaten Badung"), YEAR, "PU", participants=900)
    denpasar.working_area.first().coverage.update(state="draf")
    client.force_login(make.branch_staff())

    standing = client.get(denpasar.get_absolute_url()).context["outlook"].standing

    assert (standing.reading.now.participants, standing.reading.lacking, standing.reported) == (1000, 1000, 1)


def test_years_that_count_other_regions_have_no_growth(client, denpasar):
    for code in ("PU", "BPU"):
        make.coverage(denpasar.working_area.first(), YEAR - 1, code, participants=100)
    client.force_login(make.branch_staff())

    assert client.get(denpasar.get_absolute_url()).context["outlook"].standing.reading.growth.value is None


def test_a_path_of_several_years_stands_beside_what_was_reached(client, denpasar):
    for year, value in ((YEAR - 1, 1000), (YEAR, 1500), (YEAR + 2, 2500)):
        aim(denpasar, value, year)
    client.force_login(make.branch_staff())

    outlook = client.get(denpasar.get_absolute_url()).context["outlook"]

    assert [(step.year, step.reading.lacking, step.measured_in) for step in outlook.way.years] == [
        (YEAR - 1, None, None),
        (YEAR, 0, YEAR),
        (YEAR + 2, 900, YEAR),
    ]


def test_a_region_shows_its_path_as_well(client, denpasar):
    region = denpasar.working_area.first()
    for year, value in ((YEAR, 4000), (YEAR + 1, 5000)):
        actions.set_targets(region, year, {Aim("PU+BPU", "persen"): value}, seen=None, source="", by=None)
    client.force_login(make.branch_staff())

    path = client.get(region.get_absolute_url()).context["ways"][0].years

    assert [(step.year, step.reading.lacking, step.is_reported) for step in path] == [
        (YEAR, 200, True),
        (YEAR + 1, 400, False),
    ]


def test_a_region_without_targets_has_no_path(client, denpasar):
    client.force_login(make.branch_staff())

    assert client.get(denpasar.working_area.first().get_absolute_url()).context["ways"] == []


def test_home_and_the_coverage_list_tell_the_branch_how_far_it_is(client, denpasar):
    aim(denpasar)
    staff = make.branch_staff()
    client.force_login(staff)

    assert [task.url for task in todo.tasks_for(staff) if task.url == denpasar.get_absolute_url()] != []
    assert [one.standing.reading.lacking for one in client.get(reverse("coverage")).context["aims"]] == [400]


def test_a_reached_target_is_no_task(denpasar):
    aim(denpasar, 1600)

    urls = [task.url for task in todo.tasks_for(make.branch_staff())]

    assert denpasar.get_absolute_url() not in urls


def test_the_list_of_targets_shows_branches_to_those_who_answer_for_them(client, denpasar):
    aim(denpasar)
    make.branch("Bali Gianyar")
    asked = {"show": "cabang", "year": YEAR}
    found = {}
    for name, user in {"branch": make.branch_staff(), "officer": make.regional_officer()}.items():
        client.force_login(user)
        context = client.get(reverse("targets"), asked).context
        found[name] = [(one.branch.name, one.reading.lacking) for one in context["standings"]], context["settable"]

    assert found["branch"] == ([("Bali Denpasar", 400)], set())
    assert found["officer"][0] == [("Bali Denpasar", 400), ("Bali Gianyar", None)]
    assert denpasar.pk in found["officer"][1]


def test_the_list_of_branches_costs_the_same_queries_for_one_and_for_many(client, denpasar):
    client.force_login(make.head_officer())

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("targets"), {"show": "cabang", "year": YEAR})
        return len(queries)

    cost()
    few = cost()
    for number in range(10, 30):
        region = make.regency(f"51.{number}", f"Kabupaten {number}")
        make.coverage(region, YEAR), make.coverage(region, YEAR, "BPU")
        aim(make.branch(f"Cabang {number}", [region]))

    assert cost() == few


def test_the_workbook_of_targets_has_regions_and_branches_on_sheets_of_their_own(client, denpasar):
    aim(denpasar)
    client.force_login(make.regional_officer())

    response = client.get(reverse("targets"), {"year": YEAR, "format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))

    assert len(book.worksheets) == 2
    regions, branches = ([cell.value for cell in sheet["A"][4:]] for sheet in book.worksheets)
    assert (regions, branches) == (["51", "51.01", "51.02"], ["Cabang Bali Denpasar"])
    assert [cell.value for cell in book.worksheets[1][5]][2:6] == [2, 2, 1600, 4000]


def imported(tmp_path, *lines: str) -> None:
    file = tmp_path / "targets.csv"
    file.write_text("\n".join(["year,region_code,branch,percent,participants,source", *lines]) + "\n")
    call_command("import_targets", str(file), verbosity=0)


@pytest.mark.parametrize("named", ["Bali Denpasar", "bali  denpasar", "Cabang Bali Denpasar"])
def test_a_file_names_a_branch_by_its_name_and_a_second_time_changes_nothing(tmp_path, denpasar, named):
    for _time in range(2):
        imported(tmp_path, f"{YEAR},,{named},,433000,RKAT", f"{YEAR},51.01,,34,,RKPD")

    assert list(Target.objects.order_by("value").values_list("branch", "region__code", "value")) == [
        (None, "51.01", 3400),
        (denpasar.pk, None, 433_000),
    ]
    assert AuditEvent.objects.filter(verb="target.set").count() == 2


@pytest.mark.parametrize("place", [",", "51.01,Bali Denpasar", ",Bali Selatan"])
def test_a_row_that_names_no_place_two_or_an_unknown_branch_refuses_the_file(tmp_path, denpasar, place):
    with pytest.raises(CommandError):
        imported(tmp_path, f"{YEAR},,Bali Denpasar,,433000,RKAT", f"{YEAR},{place},,5,")

    assert Target.objects.count() == 0
