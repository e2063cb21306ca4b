"""Targets: set by an office, kept apart from whoever set them meanwhile, imported from a file."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paritrana.accounts.models import AuditEvent
from regions.models import Region, Target
from regions.targets import actions
from regions.targets.actions import Aim
from tests import builders as make

pytestmark = pytest.mark.django_db
OVERALL = Aim("PU+BPU", "persen")
PEOPLE = Aim("PU", "peserta")


@pytest.fixture
def region():
    make.segment("PU")
    return make.regency()


def in_force(region, year=2024) -> dict:
    return actions.known_aims(region, year)


def form_of(client, user, region, year=2024) -> tuple[str, dict]:
    """The address and what an untouched page would send."""
    client.force_login(user)
    address = reverse("target-edit", args=[region.code, year])
    form = client.get(address).context["form"]
    return address, {name: form[name].value() or "" for name in form.fields if name != "others"}


def test_an_office_sets_changes_and_withdraws_targets_and_the_trail_tells(client, region):
    officer = make.regional_officer()
    address, data = form_of(client, officer, region)
    client.post(address, data | {"persen-PU+BPU": "34", "peserta-PU": "12.480", "source": "RKPD"})
    first = in_force(region)
    address, data = form_of(client, officer, region)
    client.post(address, data | {"persen-PU+BPU": "40,5", "peserta-PU": ""})

    assert first == {OVERALL: 3400, PEOPLE: 12_480}
    assert in_force(region) == {OVERALL: 4050}
    assert Target.objects.get().source == "RKPD"
    assert [event.detail["after"] for event in AuditEvent.objects.filter(verb="target.set").order_by("pk")] == [
        {"PU peserta": 12_480, "PU+BPU persen": 3400},
        {"PU+BPU persen": 4050},
    ]


def test_saving_an_untouched_page_writes_nothing(client, region):
    officer = make.head_officer()
    actions.set_targets(region, 2024, {OVERALL: 3400}, seen={}, source="RKPD", by=officer)
    client.post(*form_of(client, officer, region))

    assert AuditEvent.objects.filter(verb="target.set").count() == 1


@pytest.mark.parametrize(
    ("box", "typed"),
    [("persen-PU+BPU", "34.125"), ("persen-PU+BPU", "101"), ("persen-PU+BPU", "0"), ("peserta-PU", "1.5")],
)
def test_what_is_no_target_is_refused_and_stays_typed(client, region, box, typed):
    address, data = form_of(client, make.head_officer(), region)
    response = client.post(address, data | {box: typed})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [box])
    assert response.context["form"][box].value() == typed
    assert in_force(region) == {}


def test_two_officers_at_once_do_not_overwrite_each_other(client, region):
    slow, fast = make.head_officer(), make.regional_officer()
    address, data = form_of(client, slow, region)
    actions.set_targets(region, 2024, {OVERALL: 3600}, seen={}, source="", by=fast)
    response = client.post(address, data | {"persen-PU+BPU": "34"})
    kept = in_force(region)
    form = response.context["form"]
    client.post(address, {name: form[name].value() or "" for name in form.fields if name != "others"})

    assert response.status_code == 409
    assert [(row["mine"], row["theirs"]) for row in response.context["conflicts"]] == [("34,00\xa0%", "36,00\xa0%")]
    assert (kept, in_force(region)) == ({OVERALL: 3600}, {OVERALL: 3400})


def test_a_branch_sees_targets_and_may_not_set_them(client, region):
    staff = make.branch_staff(region)
    client.force_login(staff)

    assert client.get(reverse("targets")).context["settable"] == set()
    assert client.get(reverse("target-edit", args=["51.01", 2024])).status_code == 403
    assert client.post(reverse("target-edit", args=["51.01", 2024])).status_code == 403


def test_another_provinces_office_finds_no_such_page(client, region):
    client.force_login(make.regional_officer(make.office("Kalimantan")))

    assert client.get(reverse("target-edit", args=["51.01", 2024])).status_code == 404


@pytest.mark.parametrize("year", [1999, 2013, 9999])
def test_a_year_nobody_plans_for_is_no_page_and_no_target(client, region, year):
    client.force_login(make.head_officer())

    assert client.get(reverse("target-edit", args=["51.01", year])).status_code == 404
    with pytest.raises(ValidationError) as refusal:
        actions.set_targets(region, year, {OVERALL: 3400}, seen={}, source="", by=None)
    assert refusal.value.code == "year"


def test_the_list_says_how_many_participants_are_lacking(client, region):
    for segment in ("PU", "BPU"):
        make.coverage(region, 2024, segment, participants=300)
    actions.set_targets(region, 2024, {OVERALL: 4000}, seen={}, source="", by=None)
    client.force_login(make.branch_staff(region))
    response = client.get(reverse("targets"), {"year": 2024})

    assert [line.tile.reading.lacking for line in response.context["lines"]] == [200]


def test_a_branch_reads_what_its_area_should_have_together_and_a_surplus_helps_no_other(client, region):
    other = make.regency("51.02", "Kabupaten Tabanan")
    for place, participants in ((region, 300), (other, 900)):
        for segment in ("PU", "BPU"):
            make.coverage(place, 2024, segment, participants=participants)
        actions.set_targets(place, 2024, {OVERALL: 4000}, seen={}, source="", by=None)
    make.coverage(make.regency("51.03", "Kabupaten Badung"), 2024)
    client.force_login(make.branch_staff(region, other))
    together = client.get(reverse("targets"), {"year": 2024}).context["sums"][0][1]

    assert (together.regions, together.participants, together.asked, together.lacking) == (2, 2400, 1600, 200)


def test_provinces_are_not_added_to_their_own_parts(client, region):
    for place in (region, region.parent):
        for segment in ("PU", "BPU"):
            make.coverage(place, 2024, segment, participants=300)
        actions.set_targets(place, 2024, {OVERALL: 4000}, seen={}, source="", by=None)
    client.force_login(make.regional_officer())

    assert client.get(reverse("targets"), {"year": 2024}).context["sums"][0][1].regions == 1


def test_whoever_has_no_area_reads_the_provinces(client, region):
    client.force_login(make.person())

    assert [line.tile.region.code for line in client.get(reverse("targets")).context["lines"]] == ["51"]


def test_the_list_costs_the_same_queries_for_one_region_and_for_forty(client, region):
    client.force_login(make.head_officer())
    client.get(reverse("targets"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("targets"))
        return len(queries)

    few = cost()
    for number in range(10, 50):
        made = make.regency(f"51.{number}", f"Kabupaten {number}")
        Target.objects.create(region=made, year=2025, value_kind="persen", value=4000)

    assert cost() == few


def imported(tmp_path, *lines: str) -> None:
    file = tmp_path / "targets.csv"
    file.write_text("\n".join(["year,region_code,segment,percent,participants,source", *lines]) + "\n")
    call_command("import_targets", str(file), verbosity=0)


def test_a_file_sets_targets_once_and_leaves_the_others(tmp_path, region):
    actions.set_targets(region, 2024, {Aim("PU", "persen"): 5000}, seen={}, source="RKPD", by=None)
    for _time in range(2):
        imported(tmp_path, '2024,51.01,,"34,00",,Contoh', "2024,51.01,PU,,433000,Contoh")

    assert in_force(region) == {OVERALL: 3400, PEOPLE: 433_000, Aim("PU", "persen"): 5000}
    assert Target.objects.get(value=5000).source == "RKPD"
    assert AuditEvent.objects.filter(verb="target.set").count() == 2


def test_a_file_with_a_fault_writes_nothing_and_names_every_row(tmp_path, region):
    faulty = ["2024,51.99,,34,,", "24,51.01,,34,,", "2024,51.01,XX,34,,", "2024,51.01,,34,5,", "2024,51.01,,0,,"]
    with pytest.raises(CommandError) as refusal:
        imported(tmp_path, "2024,51.01,,34,,", *faulty, "2024,51.01,,35,,")

    assert len(str(refusal.value).splitlines()) == len(faulty) + 2
    assert Target.objects.count() == 0


def test_the_examples_targets_are_labelled_as_such(settings):
    lines = (settings.BASE_DIR / "fixtures" / "example" / "targets.csv").read_text().splitlines()[1:]

    assert len(lines) > 50
    assert {line.rsplit(",", 1)[1] for line in lines} == {"Target contoh"}


def test_regions_keep_their_targets_apart(region):
    other = make.regency("51.02", "Kabupaten Tabanan")
    actions.set_targets(region, 2024, {OVERALL: 3400}, seen={}, source="", by=None)

    assert in_force(Region.objects.get(pk=other.pk)) == {}
