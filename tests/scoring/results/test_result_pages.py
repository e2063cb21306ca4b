import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from awards.models import Role
from awards.stages import Stage
from paritrana import triggers
from paritrana.display import formats
from scoring.models import Standing
from scoring.standings import comparison, store
from scoring.templatetags.proof import criteria_heads, criteria_legend
from tests import builders
from tests.once import each_once
from tests.scoring.national import national
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def stand_nationally():
    selection = national.national_selection()
    store.refresh(selection)
    return selection


STATES = {
    "made": plenary.plenary,
    "sealed": plenary.sealed_bench,
    "announced": plenary.announced_bench,
    "selection": stand_nationally,
}
built, made, sealed, announced, selection = each_once(STATES)


def address(name, made, *more) -> str:
    return reverse(name, args=[made.selection.slug, *more])


def statuses(client, user, made) -> dict[str, int]:
    client.force_login(user)
    pages = {name: address(name, made) for name in ("rankings", "result", "seal", "announce", "export-winners")}
    pages["ranking"] = address("ranking", made, "terbaik")
    return {name: client.get(page).status_code for name, page in pages.items()}


PLENARY = {"rankings": 302, "ranking": 200, "result": 403, "seal": 403, "announce": 403, "export-winners": 403}
NOTHING = dict.fromkeys(PLENARY, 403)
INVISIBLE = dict.fromkeys(PLENARY, 404)
RESULT = {"result": 200, "export-winners": 200, "rankings": 302, "ranking": 200}
AFTER = {
    Stage.PLENARY: {
        Role.PROVINCIAL_COMMITTEE: PLENARY | {"seal": 302},
        Role.CHAIR: PLENARY,
        Role.SECRETARY: PLENARY,
        Role.AUDITOR: PLENARY,
        Role.JUROR: NOTHING,
        Role.NATIONAL_COMMITTEE: NOTHING,
    },
    Stage.SEALED: {
        Role.PROVINCIAL_COMMITTEE: NOTHING | RESULT | {"announce": 200},
        Role.CHAIR: NOTHING | RESULT | {"export-winners": 403},
        Role.SECRETARY: NOTHING | RESULT | {"export-winners": 403},
        Role.AUDITOR: NOTHING | RESULT,
        Role.JUROR: NOTHING,
        Role.NATIONAL_COMMITTEE: NOTHING | {"result": 200, "export-winners": 200},
    },
}
AFTER[Stage.ANNOUNCED] = AFTER[Stage.SEALED] | {
    Role.PROVINCIAL_COMMITTEE: NOTHING | RESULT,
    Role.JUROR: NOTHING | {"result": 200},
}


def expect_pages(client, made, stage, role):
    scope = made.selection.edition if role in (Role.AUDITOR, Role.NATIONAL_COMMITTEE) else made.selection
    user = builders.appointed(role, scope)

    assert statuses(client, user, made) == AFTER[stage][role]


@pytest.mark.parametrize("role", AFTER[Stage.PLENARY])
def test_who_sees_which_page_of_the_result_in_the_plenary(client, made, role):
    expect_pages(client, made, Stage.PLENARY, role)


@pytest.mark.parametrize("role", AFTER[Stage.SEALED])
def test_who_sees_which_page_of_the_result_after_the_seal(client, sealed, role):
    expect_pages(client, sealed, Stage.SEALED, role)


@pytest.mark.parametrize("role", AFTER[Stage.ANNOUNCED])
def test_who_sees_which_page_of_the_result_after_the_announcement(client, announced, role):
    expect_pages(client, announced, Stage.ANNOUNCED, role)


@pytest.mark.parametrize("stage", [Stage.PREPARATION, Stage.NOMINATION, Stage.VERIFICATION, Stage.INTERVIEW])
def test_there_is_no_ranking_before_the_plenary(client, made, stage):
    plenary.move_to(made.selection, stage)

    assert statuses(client, builders.committee(made.selection), made) == NOTHING


def test_a_foreign_selection_answers_like_an_absent_one(client, made):
    stranger = builders.committee(builders.selection(at=builders.province("63", "Kalimantan Selatan")))

    foreign = statuses(client, stranger, made)

    assert foreign == INVISIBLE
    assert client.get(reverse("ranking", args=["tidak-ada", "terbaik"])).status_code == 404


def test_visitors_are_asked_to_sign_in(client, made):
    for name in ("rankings", "result", "seal", "announce", "export-winners"):
        answer = client.get(address(name, made))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_an_unknown_title_is_absent(client, made):
    client.force_login(builders.committee(made.selection))

    assert client.get(address("ranking", made, "terbaik-lain")).status_code == 404
    assert client.get(address("ranking", made, "kategori-lain/terbaik")).status_code == 404


def test_looking_writes_nothing(client, made):
    before = list(Standing.objects.values())
    user = builders.committee(made.selection)
    client.force_login(user)

    with CaptureQueriesContext(connection) as queries:
        client.get(address("ranking", made, "terbaik"))

    writing = [each["sql"] for each in queries if each["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert (writing, list(Standing.objects.values())) == ([], before)


def test_after_the_seal_the_page_shows_the_sealed_figures(client, sealed):
    user = builders.committee(sealed.selection)
    with triggers.lifted(connection):
        Standing.objects.update(total=1, place=1)
    client.force_login(user)

    lines = client.get(address("ranking", sealed, "terbaik")).context["ranking"].lines

    assert {line.code: (line.place, line.total) for line in lines} == {
        "51.01": (1, 9250),
        "51.02": (2, 5350),
        "51.03": (3, 2750),
    }


def test_the_ranking_page_costs_the_same_queries_for_three_candidates_and_for_thirty(client, made):
    def costs() -> int:
        comparison.forget()  # with the comparison of all that is stored
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("ranking", made, "terbaik")).status_code == 200
        return len(queries)

    client.force_login(builders.committee(made.selection))
    costs()
    few = costs()
    for number in range(4, 31):
        plenary.answer(made.shortlist(number), "edaran")
    store.refresh(made.selection)

    assert (costs(), Standing.objects.count()) == (few, 30)


def test_totals_and_contributions_on_the_page_are_exact(client, made):
    client.force_login(builders.committee(made.selection))

    first = client.get(address("ranking", made, "terbaik"), headers={"accept-language": "en"}).context["groups"][0][
        "rows"
    ][0]

    contributions = {cell["criterion"].slug: cell["contribution"].replace(",", ".") for cell in first["cells"]}
    assert contributions == {
        "inovasi": "11.25",
        "pemahaman": "7.50",
        "komitmen": "3.75",
        "kehadiran": "5.00",
        "regulasi": "65.00",
    }
    assert sum(float(part) for part in contributions.values()) == 92.50


def test_the_national_page_has_a_group_per_zone_and_four_provinces_apart(client, selection):
    client.force_login(builders.appointed(Role.NATIONAL_COMMITTEE, selection.edition))

    page = client.get(reverse("ranking", args=[selection.slug, "terbaik-coverage"]))

    assert [group["name"] for group in page.context["groups"]] == [zone for zone, _codes in national.ZONES]
    assert [line.code for line in page.context["unranked"]] == ["93", "94", "95", "96"]


def test_a_zone_spans_the_columns_of_the_winners_and_no_more(client, selection):
    client.force_login(builders.appointed(Role.NATIONAL_COMMITTEE, selection.edition))

    body = client.get(reverse("checks", args=[selection.slug])).content.decode()
    table = body[body.index('<table class="table table-even">') :]

    columns = table[: table.index("</thead>")].count('<th scope="col"')
    assert f'<th scope="rowgroup" colspan="{columns}">' in table


def test_the_page_says_which_figures_are_counted_in_another_way(client, selection):
    client.force_login(builders.appointed(Role.NATIONAL_COMMITTEE, selection.edition))

    page = client.get(reverse("ranking", args=[selection.slug, "terbaik-coverage"])).context

    assert [(line.code, line.definitions) for line, _words in page["remarks"]] == [
        ("91", {"before the 2022 split"}),
        ("92", {"before the 2022 split"}),
    ]


@pytest.mark.parametrize(("criteria", "numbered"), [(6, False), (7, True)])
def test_many_criteria_are_numbered_above_narrow_columns_and_named_in_a_list_with_their_weights(criteria, numbered):
    columns = [(f"Criterion {number}", 1000 + number) for number in range(criteria)]

    heads, legend = criteria_heads(columns), criteria_legend(columns)

    told = [
        f"<dd>{name} <small>· {gettext('weight')} {formats.percent(weight)}</small></dd>" for name, weight in columns
    ]
    assert [words in legend for words in told] == [numbered] * criteria
    assert [f'data-name="{name}"' in heads for name, _weight in columns] == [True] * criteria
    assert heads.count("data-explained") == numbered * criteria
