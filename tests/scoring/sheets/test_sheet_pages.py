"""The juror's pages: access, blindness, what was typed, and how many questions a page asks the database."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from awards.models import Role
from awards.stages import NominationState, Stage
from scoring.assignments.progress import Progress
from scoring.conflicts import actions as conflict_actions
from scoring.models import Declaration, ScoreSheet
from scoring.sheets import actions
from tests import builders
from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(client):
    made = bench()
    client.force_login(made.seat().user)
    return made


def address(judged, name="sheet", nomination=0):
    return reverse(name, args=[judged.selection.slug, judged.nominations[nomination].pk])


def handed_in(judged, *values, seat=0, nomination=0):
    seat, nomination = judged.seats[seat], judged.nominations[nomination]
    sheet = actions.save_marks(seat, nomination, judged.marks(*values), version=0, by=seat.user)
    actions.hand_in(sheet, version=1, by=seat.user)
    return sheet


def test_opening_a_candidate_begins_nothing(client, judged):
    answer = client.get(address(judged))

    assert (answer.status_code, ScoreSheet.objects.count()) == (200, 0)


def test_a_saved_mark_is_what_was_typed_in_either_notation(client, judged):
    client.post(address(judged), judged.posted("85,5", "70.25", ""))

    assert list(ScoreSheet.objects.get().marks.values_list("value", flat=True)) == [8550, 7025]


@pytest.mark.parametrize("typed", ["85.125", "101", "-1", "1e2", "12O", "NaN", "\uff18\uff15", "85,", "abc"])
def test_a_mark_that_is_no_mark_is_refused_and_stays_as_typed(client, judged, typed):
    answer = client.post(address(judged), judged.posted(typed, "70", ""))

    box = answer.context["form"][f"mark_{judged.marked[0].pk}"]
    assert (answer.status_code, box.value(), len(box.errors)) == (200, typed, 1)
    assert ScoreSheet.objects.count() == 0


def test_save_and_next_goes_to_the_next_candidate_and_at_last_to_the_list(client, judged):
    first = client.post(address(judged), judged.posted("80", "70", "60", then="next"))
    handed_in(judged, 8000, 7000, 6000, nomination=1)
    client.post(address(judged, "sheet-hand-in"), {"version": 1})

    assert first.url == address(judged, nomination=1)
    assert client.get(reverse("sheets")).context["panels"][0]["board"].done == 2


def test_whoever_comes_next_is_asked_of_the_server_when_it_is_followed(client, judged):
    first, second = (client.get(address(judged, "sheet-next", nomination)).url for nomination in (0, 1))
    handed_in(judged, 8000, 7000, 6000, nomination=1)
    over_a_closed_one = client.get(address(judged, "sheet-next", 0)).url
    handed_in(judged, 8000, 7000, 6000)

    assert (first, second) == (address(judged, nomination=1), address(judged, nomination=0))
    assert {over_a_closed_one, client.get(address(judged, "sheet-next", 0)).url} == {reverse("sheets")}


def test_a_conflict_between_two_devices_shows_both_values_and_is_settled_by_saving_again(client, judged):
    client.post(address(judged), judged.posted("50", "", ""))
    client.post(address(judged), judged.posted("55", "", "", version=1))

    answer = client.post(address(judged), judged.posted("60", "", "", version=1))
    settled = client.post(
        address(judged), judged.posted("60", "", "", version=answer.context["form"]["version"].value())
    )

    assert (answer.status_code, settled.status_code) == (409, 302)
    assert [(row["mine"], row["theirs"]) for row in answer.context["conflict"]["rows"]] == [("60,00", "55,00")]
    assert ScoreSheet.objects.get().marks.get().value == 6000


def test_extra_fields_change_nothing(client, judged):
    other = judged.seat()
    forged = {"seat": other.pk, "submitted_at": "2024-01-01", f"mark_{judged.attended.pk}": "100"}

    client.post(address(judged), judged.posted("80", "", "", **forged))

    sheet = ScoreSheet.objects.get()
    assert (sheet.seat, sheet.submitted_at, sheet.marks.count()) == (judged.seats[0], None, 1)


def test_a_sheet_is_handed_in_after_a_last_look_and_then_only_read(client, judged):
    client.post(address(judged), judged.posted("80", "70", "60", then="hand-in"))
    review = client.get(address(judged, "sheet-hand-in"))
    before = ScoreSheet.objects.submitted().count()
    client.post(address(judged, "sheet-hand-in"), {"version": review.context["sheet"].version})
    client.post(address(judged), judged.posted("10", "10", "10", version=1))

    assert (review.status_code, before, ScoreSheet.objects.submitted().count()) == (200, 0, 1)
    assert list(ScoreSheet.objects.get().marks.values_list("value", flat=True)) == [8000, 7000, 6000]
    assert b"data-closed" in client.get(address(judged)).content


@pytest.mark.parametrize("version", ["", "x", "2", "9" * 5000])
def test_handing_in_needs_the_version_that_was_looked_at(client, judged, version):
    client.post(address(judged), judged.posted("80", "70", "60"))

    answer = client.post(address(judged, "sheet-hand-in"), {"version": version})

    assert (answer.status_code, ScoreSheet.objects.submitted().count()) == (302, 0)


def test_an_incomplete_sheet_has_no_last_look(client, judged):
    client.post(address(judged), judged.posted("80", "", ""))

    assert client.get(address(judged, "sheet-hand-in")).status_code == 302


def test_handing_in_a_sheet_not_begun_leads_back_to_it(client, judged):
    answers = [client.get(address(judged, "sheet-hand-in")), client.post(address(judged, "sheet-hand-in"))]
    empty = client.post(address(judged), judged.posted("", "", "", then="hand-in"), follow=True)

    assert [answer.url for answer in answers] == [address(judged)] * 2
    assert (empty.status_code, ScoreSheet.objects.count()) == (200, 0)


def test_only_names_are_shown_before_the_declaration(client, judged):
    Declaration.objects.all().delete()

    answers = [client.get(address(judged)), client.post(address(judged), judged.posted("80", "70", "60"))]

    declare = reverse("declare", args=[judged.selection.slug])
    assert [answer.url for answer in answers] == [declare, declare]
    assert [row["opens"] for row in client.get(reverse("sheets")).context["panels"][0]["rows"]] == [False, False]


def test_declaring_opens_the_sheets_and_abstaining_closes_one(client, judged):
    Declaration.objects.all().delete()
    first, second = judged.nominations
    typed = {f"out_{first.pk}": "on", f"why_{first.pk}": "Saudara bupati", "clear": "on"}

    client.post(reverse("declare", args=[judged.selection.slug]), typed)

    states = [client.get(address(judged, nomination=n)).status_code for n in (0, 1)]
    posts = [client.post(address(judged, name)).status_code for name in ("sheet", "sheet-hand-in")]
    assert (states, posts) == ([404, 200], [404, 404])
    rows = client.get(reverse("sheets")).context["panels"][0]["rows"]
    assert [(row["state"], row["opens"]) for row in rows] == [(Progress.ABSTAINED, False), (Progress.NOT_BEGUN, True)]


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"out": "on", "clear": "on"}, "why", "required"),
        ({"why": "Saudara", "clear": "on"}, "out", "reason-alone"),
        ({"out": "on", "why": "Saudara"}, "clear", "required"),
    ],
)
def test_a_half_declaration_is_refused(client, judged, typed, field, code):
    pk = judged.nominations[0].pk
    posted = {(name if name == "clear" else f"{name}_{pk}"): value for name, value in typed.items()}

    answer = client.post(reverse("declare", args=[judged.selection.slug]), posted)

    name = field if field == "clear" else f"{field}_{pk}"
    assert answer.context["form"].errors.as_data()[name][0].code == code
    assert gettext("(optional)") not in answer.content.decode()


def test_foreign_hidden_and_absent_candidates_answer_alike(client, judged):
    foreign = bench(code="52").nominations[0]
    hidden = judged.shortlist(9)
    hidden.state = NominationState.VERIFIED
    hidden.save()

    for name in ("sheet", "sheet-hand-in"):
        for pk in (foreign.pk, hidden.pk, 0):
            url = reverse(name, args=[judged.selection.slug, pk])
            assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_whoever_has_no_seat_has_no_sheet(client, judged):
    for user in [builders.committee(judged.selection), builders.administrator(), bench(code="52").seat().user]:
        client.force_login(user)
        urls = [address(judged), address(judged, "sheet-hand-in"), reverse("declare", args=[judged.selection.slug])]

        assert [client.get(url).status_code for url in urls] == [404, 404, 404]


@pytest.mark.parametrize("stage", [Stage.VERIFICATION, Stage.PLENARY, Stage.SEALED])
def test_outside_the_interview_stage_a_juror_only_reads_what_was_begun(client, judged, stage):
    client.post(address(judged), judged.posted("80", "", ""))
    judged.selection.stage = stage
    judged.selection.save()

    answers = [client.get(address(judged, nomination=n)) for n in (0, 1)]
    assert [answer.status_code for answer in answers] == [200, 403]
    assert (b"data-closed" in answers[0].content, b"data-sheet" in answers[0].content) == (True, False)
    assert client.post(address(judged), judged.posted("90", "", "", version=1)).status_code == 403


def test_no_page_of_a_juror_changes_when_another_juror_scores(client, judged):
    judged.seat()
    slug = judged.selection.slug
    urls = [address(judged), reverse("sheets"), reverse("panel", args=[slug]), reverse("interviews", args=[slug])]
    before = [client.get(url).content for url in urls]

    handed_in(judged, 1234, 2345, 3456, seat=1)

    assert [_without_tokens(client.get(url).content) for url in urls] == [_without_tokens(page) for page in before]


def _without_tokens(page):
    return b"".join(line for line in page.splitlines() if b"csrf" not in line.lower())


def test_progress_tells_states_and_never_marks(client, judged):
    second, chair = judged.seat(), judged.seat(Role.CHAIR)
    handed_in(judged, 1234, 2345, 3456)
    conflict_actions.recuse(second, judged.nominations[0], reason="Bekerja di sana", by=chair.user)
    client.force_login(chair.user)

    answer = client.get(reverse("progress", args=[judged.selection.slug]))

    states = [[state for _seat, state in row] for _nomination, row, _strength in answer.context["rows"]]
    assert states[0] == [Progress.HANDED_IN, Progress.RECUSED, Progress.NOT_BEGUN]
    assert [told for _seat, told in answer.context["totals"]] == ["1 / 2", "0 / 1", "0 / 2"]
    assert [figure for figure in (b"12,34", b"23,45", b"34,56") if figure in answer.content] == []


def queries(client, url, counter):
    with counter as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["sheets", "progress", "panel", "sheet", "declare"])
def test_a_page_costs_the_same_with_many_candidates_and_jurors(client, judged, django_assert_max_num_queries, page):
    chair = judged.seat(Role.CHAIR)
    client.force_login(chair.user)
    slug = judged.selection.slug
    url = {"sheets": reverse("sheets"), "sheet": address(judged)}.get(page) or reverse(page, args=[slug])
    judged.seat()
    handed_in(judged, 5000, 5000, 5000, seat=-1, nomination=-1)
    client.get(url)  # with its first mark a rubric is locked, and is read once
    few = queries(client, url, django_assert_max_num_queries(60))
    added = [judged.shortlist(number) for number in range(3, 30)]
    Declaration.objects.bulk_create(Declaration(seat=chair, nomination=each, declared_by=chair.user) for each in added)
    for _number in range(5):
        judged.seat()
        handed_in(judged, 5000, 5000, 5000, seat=-1, nomination=-1)

    assert queries(client, url, django_assert_max_num_queries(60)) == few
