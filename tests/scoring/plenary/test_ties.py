"""Equal totals: what the rules of the title decide, what the plenary decides, and what stays shared."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from awards.models import Aspect, Criterion, Role, TieRule, Title
from paritrana.accounts.models import AuditEvent
from scoring import verify_seal
from scoring.edit_conflicts import EditConflict
from scoring.models import Mark, MarkVersion, Standing, TieDecision
from scoring.plenary import ties
from scoring.plenary.ties import tie_at
from scoring.standings import rankings, store
from scoring.standings.winners import shares_a_place
from tests import builders as b
from tests.once import each_once
from tests.scoring.plenary import plenary
from tests.scoring.plenary.tied import settle

pytestmark = pytest.mark.django_db


def two_equal():
    """51.01 and 51.02 are equal in everything, 51.03 is behind."""
    return plenary.plenary(("perda", "perda", "edaran"))


def three_equal():
    return plenary.plenary(("perda", "perda", "perda"))


def five():
    return plenary.plenary(("perda", "perda", "perda", "edaran", "edaran"))


STATES = {"made": two_equal, "three": three_equal, "many": five}
built, made, three, many = each_once(STATES)


def rule(made, order, **named):
    return TieRule.objects.create(title=plenary.title_of(made), order=order, **named)


def by_criterion(made, order, slug):
    return rule(made, order, criterion=Criterion.objects.get(slug=slug, aspect__rubric__category__slug=CATEGORY))


CATEGORY = "pemerintah-kabupaten-kota"


def shift(nomination, **marks):
    """Another mark by everybody: slug -> hundredths."""
    for slug, value in marks.items():
        marks = Mark.objects.filter(sheet__nomination=nomination, criterion__slug=slug)
        marks.update(value=value)
        MarkVersion.objects.filter(mark__in=marks).update(value=value)


def exchanged(made):
    """The same total from other scores: 51.01 is better in innovation, 51.02 in understanding."""
    shift(made.nominations[0], inovasi=8_000, pemahaman=7_500)
    shift(made.nominations[1], inovasi=7_500, pemahaman=8_250)


def ranked(made):
    """region code -> (place, tied, what decided)"""
    store.refresh(made.selection)
    rows = Standing.objects.select_related("nomination__candidate__region")
    return {
        row.nomination.candidate.region.code[-2:]: (row.place, row.is_tied, row.decided_by.get("slug", ""))
        for row in rows
    }


def test_without_a_rule_equals_share_the_place_and_the_next_is_skipped(made):
    assert ranked(made) == {"01": (1, True, ""), "02": (1, True, ""), "03": (3, False, "")}


def test_the_first_rule_that_tells_them_apart_decides_and_says_what_it_compared(made):
    exchanged(made)
    by_criterion(made, 1, "kehadiran")
    by_criterion(made, 2, "pemahaman")
    by_criterion(made, 3, "inovasi")

    assert ranked(made) == {"01": (2, False, "pemahaman"), "02": (1, False, "pemahaman"), "03": (3, False, "")}
    first, second = Standing.objects.filter(total__gt=7_000).order_by("place")
    told = {"by": "criterion", "slug": "pemahaman", "name": "Pemahaman", "figures": [8_250, 7_500]}
    assert (first.decided_by, second.decided_by) == (told | {"figure": 8_250}, told | {"figure": 7_500})


def test_an_aspect_weighs_its_criteria_as_the_rubric_does(made):
    """Innovation 15.00 % and understanding 10.00 % trade against each other within a total, not within an aspect."""
    exchanged(made)
    part = Aspect.objects.create(rubric=plenary.title_of(made).rubric, slug="wawancara", name="Wawancara", order=2)
    Criterion.objects.filter(slug__in=["pemahaman", "komitmen"]).update(aspect=part)
    rule(made, 1, aspect=part)

    found = ranked(made)

    assert (found["01"], found["02"]) == ((2, False, "wawancara"), (1, False, "wawancara"))
    # 82.50 x 10 % + 75.00 x 5 % = 12.00 and 75.00 x 10 % + 75.00 x 5 % = 11.25
    assert Standing.objects.get(place=1).decided_by["figures"] == [1_200, 1_125]


def test_a_rule_lacking_a_figure_of_one_of_them_decides_nothing(made):
    exchanged(made)
    extra = b.rubric(b.category(slug="lain")).aspects.get()
    Aspect.objects.filter(pk=extra.pk).update(rubric=plenary.title_of(made).rubric, slug="tambahan", order=5)
    unscored = Criterion.objects.create(aspect=extra, slug="tambahan", name="Tambahan", kind="mark", weight=1, order=9)
    rule(made, 1, criterion=unscored)
    by_criterion(made, 2, "inovasi")

    assert ranked(made)["01"] == (1, False, "inovasi")


def test_the_order_of_the_rules_is_the_order_they_are_asked_in(made):
    exchanged(made)
    by_criterion(made, 1, "inovasi")
    by_criterion(made, 2, "pemahaman")

    assert ranked(made)["01"] == (1, False, "inovasi")


def test_the_plenary_decides_what_no_rule_does(made):
    decision = settle(made, [[1], [0]])

    found = {row.nomination_id: row for row in Standing.objects.all()}
    first, second = found[made.nominations[1].pk], found[made.nominations[0].pk]
    assert [(row.place, row.is_tied) for row in (first, second)] == [(1, False), (2, False)]
    assert first.decided_by == {
        "by": "plenary", "place": 1, "of": 2, "reason": "Alasan pleno", "votes": [5, 2, 1], "version": 1
    }  # fmt: skip
    assert (decision.tied, decision.total) == ([each.pk for each in made.nominations[:2]], first.total)


def test_the_plenary_may_let_them_share_the_place(made):
    settle(made, [[0, 1]])

    assert ranked(made)["01"][:2] == (1, True)
    assert {row.decided_by["of"] for row in Standing.objects.filter(place=1)} == {1}


def test_of_three_two_may_go_on_sharing(three):
    settle(three, [[2], [0, 1]])

    assert {code: found[:2] for code, found in ranked(three).items()} == {
        "03": (1, False), "01": (2, True), "02": (2, True)
    }  # fmt: skip


def test_a_decision_is_stale_as_soon_as_the_total_or_the_tied_are_others(made):
    settle(made, [[1], [0]])
    for nomination in made.nominations[:2]:
        shift(nomination, inovasi=7_700)

    assert ranked(made)["01"] == (1, True, "")
    tie = tie_at(made.selection, plenary.title_of(made), 0, 1)
    assert (tie.is_stale, tie.decision, tie.version) == (True, None, 1)

    for nomination in made.nominations[:2]:
        Mark.objects.filter(sheet__nomination=nomination, criterion__slug="inovasi").update(value=7_500)
    assert ranked(made)["02"][:2] == (1, False)


def test_a_third_who_draws_level_makes_the_decision_stale(made):
    settle(made, [[1], [0]])
    made.nominations[2].answers.update(value={"level": "perda"})

    assert {found[:2] for found in ranked(made).values()} == {(1, True)}


def test_a_rule_goes_before_a_decision(made):
    settle(made, [[1], [0]])
    exchanged(made)
    by_criterion(made, 1, "inovasi")

    assert ranked(made)["01"] == (1, False, "inovasi")


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("not-the-tied", {"agreed": [[0]]}),
        ("not-the-tied", {"agreed": [[0], [1], [0]]}),
        ("not-the-tied", {"agreed": [[0], [2]]}),
        ("reason", {"reason": "  "}),
        ("majority", {"votes": (3, 3, 0)}),
    ],
)
def test_a_decision_names_every_tied_once_with_a_majority_and_a_reason(made, fault, change):
    with pytest.raises(ValidationError) as refused:
        settle(made, **{"agreed": [[0], [1]]} | change)

    assert (refused.value.code, TieDecision.objects.count()) == (fault, 0)


def test_a_tie_that_changed_since_it_was_looked_at_is_not_decided(made):
    tie = tie_at(made.selection, plenary.title_of(made), 0, 1)
    shift(made.nominations[0], inovasi=9_000)

    with pytest.raises(ValidationError) as refused:
        ties.settle(
            made.selection,
            tie,
            [[key] for key in tie.keys],
            group_order=0,
            votes=(1, 0, 0),
            reason="Alasan",
            version=0,
            by=b.appointed(Role.CHAIR, made.selection),
        )

    assert refused.value.code == "no-tie"


def test_who_saves_over_a_decision_of_somebody_else_is_told(made):
    settle(made, [[0], [1]])

    with pytest.raises(EditConflict):
        settle(made, [[1], [0]], version=0)
    settle(made, [[1], [0]], version=1)

    assert list(TieDecision.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert ranked(made)["02"][:2] == (1, False)


@pytest.mark.parametrize("role", [Role.JUROR, Role.PROVINCIAL_COMMITTEE])
def test_only_chair_and_secretary_record_what_the_plenary_decided(made, role):
    with pytest.raises(PermissionDenied):
        settle(made, [[0], [1]], by=b.appointed(role, made.selection))
    settle(made, [[0], [1]], by=b.appointed(Role.SECRETARY, made.selection))


def test_a_decision_stands_in_the_trail(made):
    chair = b.appointed(Role.CHAIR, made.selection)

    decision = settle(made, [[1], [0]], by=chair)

    event = AuditEvent.objects.get(verb="tie.decide")
    assert (event.actor, event.object_id) == (chair, str(decision.pk))
    assert (event.detail["votes"], event.detail["reason"]) == ([5, 2, 1], "Alasan pleno")


def test_rules_and_decisions_are_sealed_and_computed_again_without_the_portal(many):
    shift(many.nominations[2], inovasi=8_500, pemahaman=6_000)
    by_criterion(many, 1, "inovasi")
    settle(many, [[1], [0]], place=2)
    settle(many, [[3, 4]], place=4)

    document = json.loads(plenary.sealed(many).payload)

    assert list(verify_seal.differences(document)) == []
    lines = {line["code"][-2:]: line for line in document["outputs"][0]["lines"]}
    assert [lines[code]["place"] for code in ("03", "02", "01", "04", "05")] == [1, 2, 3, 4, 4]
    assert [one["agreed"] for one in document["inputs"]["decisions"]] == [
        [[["51.04", "Kabupaten Nomor 4"], ["51.05", "Kabupaten Nomor 5"]]],
        [[["51.02", "Kabupaten Nomor 2"]], [["51.01", "Kabupaten Nomor 1"]]],
    ]
    for change, named in (
        (lambda d: d["inputs"]["decisions"].clear(), "place"),
        (lambda d: d["inputs"]["decisions"][1]["agreed"].reverse(), "place"),
        (lambda d: d["inputs"]["decisions"][1].update(total=1), "is tied"),
        (lambda d: d["rules"]["categories"][0]["titles"][0]["ties"].clear(), "decided by"),
    ):
        changed = json.loads(json.dumps(document))
        change(changed)
        assert any(named in difference for difference in verify_seal.differences(changed)), named


def test_who_shares_a_total_is_told_by_what_it_was_decided(made):
    exchanged(made)
    by_criterion(made, 1, "inovasi")

    (ranking,) = rankings.fresh(made.selection)

    words = {line.code[-2:]: ranking.tie_of(line) for line in ranking.lines}
    assert ("80,00 > 75,00" in words["01"], "80,00 > 75,00" in words["02"], words["03"]) == (True, True, "")


@pytest.mark.parametrize(("places", "matters"), [(1, True), (2, False), (3, False)])
def test_joint_winners_share_their_place_anyway_unless_they_become_too_many(made, places, matters):
    Title.objects.update(awarding="joint", places=places)
    (ranking,) = rankings.fresh(made.selection)

    assert [shares_a_place(ranking, line) for line in ranking.groups[0].lines] == [matters, matters, False]
