"""The trace of a candidate: every figure down to what was put in, who may see whose it is, and the candidate's copy."""

from io import BytesIO

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from awards.models import Answer, Criterion, Role, Rubric, TieRule
from awards.stages import Stage
from paritrana import triggers
from paritrana.accounts.models import AuditEvent
from scoring.models import Conflict, Mark, Seat, Standing
from scoring.sealing import announcing
from scoring.standings import comparison, store
from tests import builders
from tests.once import each_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
PATH = ["pemerintah-kabupaten-kota", "terbaik"]


STATES = {"made": plenary.plenary, "sealed": plenary.sealed_bench, "announced": plenary.announced_bench}
built, made, sealed, announced = each_once(STATES)


def address(name, made, number=0):
    return reverse(name, args=[made.selection.slug, *PATH, made.nominations[number].pk])


def page(client, made, number=0, user=None, name="trace"):
    client.force_login(user or builders.committee(made.selection))
    return client.get(address(name, made, number))


def steps_of(answer):
    return {step.criterion.slug: step for step in answer.context["steps"]}


def test_the_contributions_of_the_steps_add_up_to_the_total(client, made):
    answer = page(client, made)

    line = answer.context["line"]
    exact = sum(step.score * step.criterion.weight for step in answer.context["steps"])
    assert (exact + 5_000) // 10_000 == line.total == 9_250
    assert line.place == 1


def test_a_calculation_is_followed_with_a_pocket_calculator(client, made):
    client.cookies["language"] = "en"
    answer = page(client, made)

    assert steps_of(answer)["inovasi"].sum.replace(",", ".") == "(70.00 + 80.00) ÷ 2 = 75 → 75.00"
    assert answer.context["sum"].replace(",", ".") == "92.5 → 92.50"


def juror_cells(answer):
    return [row.cells[0] for row in steps_of(answer)["inovasi"].table.rows]


def test_only_who_may_see_marks_is_told_whose_they_are(client, made):
    names = {seat.user.name for seat in made.seats}

    told = {
        role: set(juror_cells(page(client, made, user=builders.appointed(role, made.selection))))
        for role in (Role.CHAIR, Role.SECRETARY, Role.PROVINCIAL_COMMITTEE)
    }
    auditor = set(juror_cells(page(client, made, user=builders.appointed(Role.AUDITOR, made.selection.edition))))

    assert told[Role.CHAIR] == told[Role.SECRETARY] == auditor == names
    assert told[Role.PROVINCIAL_COMMITTEE] & names == set()


def test_without_names_the_marks_stand_in_ascending_order(client, made):
    rows = steps_of(page(client, made))["inovasi"].table.rows

    assert [row.cells[1].replace(",", ".") for row in rows] == ["70.00", "80.00"]
    assert {row.url for row in rows} == {""}


def test_where_the_rubric_trims_the_highest_and_the_lowest_are_told_apart(client, made):
    for value in (9_000, 6_000, 7_700):
        seat = made.seat()
        for nomination in made.nominations:
            plenary.hand_in(seat, nomination, made.marks(value, value, value))
    Rubric.objects.update(trims=True)
    store.refresh(made.selection)

    step = steps_of(page(client, made))["inovasi"]

    counted = [row.cells[2] == step.table.rows[1].cells[2] for row in step.table.rows]
    assert counted == [False, True, True, True, False]
    assert step.score == (7_000 + 7_700 + 8_000 + 1) // 3


def test_a_mark_leads_to_all_its_versions(client, made):
    chair = builders.appointed(Role.CHAIR, made.selection)
    rows = steps_of(page(client, made, user=chair))["inovasi"].table.rows

    answers = [client.get(row.url) for row in rows]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.context["sheet"].seat for answer in answers] == made.seats


def test_the_history_of_a_mark_is_closed_to_who_may_not_see_marks(client, made):
    client.force_login(builders.committee(made.selection))

    url = reverse("mark-history", args=[made.selection.slug, made.nominations[0].pk, made.seats[0].order])

    assert client.get(url).status_code == 403


def test_who_keeps_out_of_a_candidate_sees_neither_its_trace_nor_its_marks(client, made):
    chair = next(seat for seat in made.seats if seat.appointment.role == Role.CHAIR)
    Conflict.objects.create(
        seat=chair, nomination=made.nominations[0], kind="abstention", reason="Saudara", declared_by=chair.user
    )
    store.refresh(made.selection)
    client.force_login(chair.user)
    marks = reverse("mark-history", args=[made.selection.slug, made.nominations[0].pk, made.seats[1].order])

    assert client.get(address("trace", made, 0)).status_code == 404
    assert client.get(marks).status_code == 404
    assert client.get(address("trace", made, 1)).status_code == 200


def test_the_next_place_is_reached_by_exactly_what_the_page_names(client, made):
    answer = page(client, made, number=1)

    distance = answer.context["distance"]
    needs = {need.criterion.slug: need for need in distance.needs}
    line = answer.context["line"]
    assert (distance.place, distance.total - 1) == (1, 9_250)
    for slug, need in needs.items():
        if need.needed is not None:
            assert _total(line, slug, need.needed) >= distance.total > _total(line, slug, need.needed - 1)
    assert [slug for slug, need in needs.items() if need.needed is None] == [
        *["inovasi", "pemahaman", "komitmen", "kehadiran", "regulasi"]
    ]


def _total(line, slug, score):
    weights = {"inovasi": 1500, "pemahaman": 1000, "komitmen": 500, "kehadiran": 500, "regulasi": 6500}
    scores = line.scores | {slug: score}
    return (sum(scores[key] * weight for key, weight in weights.items()) + 5_000) // 10_000


def test_nothing_is_needed_by_who_is_first(client, made):
    assert page(client, made).context["distance"] is None


def test_where_a_rule_decided_the_page_names_it_with_what_it_compared(client, made):
    title, second = plenary.title_of(made), made.nominations[1]
    Answer.objects.filter(nomination=second).update(value={"level": "perda"})
    criterion = Criterion.objects.get(slug="komitmen")
    TieRule.objects.create(title=title, order=1, criterion=Criterion.objects.get(slug="pemahaman"))
    for of, more in ((criterion, -200), (Criterion.objects.get(slug="pemahaman"), 100)):
        Mark.objects.filter(sheet__nomination=second, criterion=of).update(value=F("value") + more)
    store.refresh(made.selection)

    answer = page(client, made, number=0)

    assert {row.place: row.total for row in Standing.objects.all()} == {1: 9_250, 2: 9_250, 3: 2_750}
    assert answer.context["line"].place == 2
    assert len(answer.context["why"]) == 2
    assert "Kabupaten Nomor 2" in answer.context["why"][1]
    assert answer.context["distance"].more == 1


def test_after_the_seal_the_trace_tells_the_sealed_figures(client, made):
    live = page(client, made)
    plenary.sealed(made)
    with triggers.lifted(connection):
        Mark.objects.filter(sheet__nomination=made.nominations[0]).update(value=1)
        Standing.objects.update(total=1)

    sealed = page(client, made)

    assert sealed.context["line"] == live.context["line"]
    assert [step.sum for step in sealed.context["steps"]] == [step.sum for step in live.context["steps"]]
    assert sealed.context["why"] == live.context["why"]


def test_an_unknown_title_and_a_foreign_candidate_are_absent(client, made):
    client.force_login(builders.committee(made.selection))
    nomination = made.nominations[0].pk
    foreign = builders.nomination(builders.selection(at=builders.province("63", "Kalimantan Selatan")))

    def status(title, pk):
        return client.get(reverse("trace", args=[made.selection.slug, PATH[0], title, pk])).status_code

    assert [status("tidak-ada", nomination), status("terbaik", foreign.pk), status("terbaik", nomination)] == [
        404,
        404,
        200,
    ]


@pytest.mark.parametrize("stage", [Stage.INTERVIEW, Stage.VERIFICATION])
def test_before_the_plenary_nobody_traces(client, made, stage):
    plenary.move_to(made.selection, stage)

    assert page(client, made).status_code == 403


def test_a_candidate_of_a_full_field_costs_no_more_queries(client, made):
    client.force_login(builders.committee(made.selection))
    comparison.forget()
    with CaptureQueriesContext(connection) as few:
        client.get(address("trace", made))
    for number in range(4, 9):
        nomination = made.shortlist(number)
        plenary.answer(nomination, "perda")
        plenary.attend(nomination)
        plenary.hand_in(made.seats[0], nomination, made.marks(*[8_000 + 100 * number] * 3))
    store.refresh(made.selection)
    comparison.forget()

    with CaptureQueriesContext(connection) as many:
        answer = client.get(address("trace", made))

    assert len(answer.context["ranking"].lines) == 8
    assert len(many) == len(few)


def test_the_copy_waits_for_the_announcement(client, made):
    user = builders.committee(made.selection)
    before = page(client, made, user=user, name="candidate-copy").status_code
    plenary.sealed(made, user)
    sealed = page(client, made, user=user, name="candidate-copy").status_code
    announcing.announce(made.selection, by=user)

    assert (before, sealed, page(client, made, user=user, name="candidate-copy").status_code) == (403, 403, 200)


def test_the_branch_of_the_candidate_may_take_its_copy_and_no_other(client, announced):
    staff = builders.branch_staff(announced.nominations[0].candidate.region)

    own, other = (page(client, announced, number, staff, "candidate-copy").status_code for number in (0, 1))

    assert (own, other) == (200, 404)
    assert page(client, announced, 0, staff).status_code == 403


def test_the_copy_names_no_juror_and_no_figure_of_another_candidate(client, made):
    names = [seat.user.name for seat in Seat.objects.all()]
    others = [each.candidate.name for each in made.nominations[1:]]
    plenary.announced(made)

    told = repr(page(client, made, name="candidate-copy").context["copy"])
    text = _text(client.post(address("candidate-copy", made)).content)

    assert [name for name in names + others if name in told or name in text] == []
    assert "43,50" not in told + text
    assert "92,50" in told


def _text(pdf):
    return "\n".join(each.extract_text() for each in PdfReader(BytesIO(pdf)).pages)


def test_taking_the_copy_as_pdf_stands_in_the_trail(client, announced):
    client.force_login(builders.committee(announced.selection))

    answer = client.post(address("candidate-copy", announced))

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert PdfReader(BytesIO(answer.content)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert AuditEvent.objects.filter(verb="trace.copy").count() == 1


def test_a_nomination_leads_to_its_only_title(client, made):
    client.force_login(builders.committee(made.selection))

    answer = client.get(reverse("nomination-traces", args=[made.nominations[0].pk]))

    assert (answer.status_code, answer["Location"]) == (302, address("trace", made))


def test_ranking_and_result_lead_to_the_trace(client, made):
    user = builders.committee(made.selection)
    client.force_login(user)
    ranking = client.get(reverse("ranking", args=[made.selection.slug, "/".join(PATH)])).content.decode()
    plenary.sealed(made, user)
    result = client.get(reverse("result", args=[made.selection.slug])).content.decode()

    assert address("trace", made) in ranking
    assert address("trace", made) in result


def test_what_each_criterion_adds_is_written_with_equally_many_decimals(client, made):
    summed = [adds for _step, adds in page(client, made).context["summed"]]

    assert len({len(adds.partition(",")[2]) for adds in summed}) == 1
