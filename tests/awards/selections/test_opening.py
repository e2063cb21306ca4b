"""The national committee opens selections in the browser; each selection chooses its categories and adds its own."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Category, EditionDate, Role, Selection
from awards.selections import actions
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.awards.conftest import at


@pytest.fixture
def national(bali):
    return b.appointed(Role.NATIONAL_COMMITTEE, bali.edition)


@pytest.fixture
def village(bali):
    """A second category of the edition, in which Bali does not compete."""
    category = b.category(bali.edition, "desa", "village")
    b.title(b.rubric(category))
    return category


@pytest.fixture
def address(bali):
    return reverse("selections-open", args=[bali.edition.slug])


@pytest.fixture
def choosing(bali):
    return reverse("selection-categories", args=[bali.slug])


def keys(*categories):
    return "-".join(str(category.pk) for category in categories)


def test_the_page_tells_what_is_opened_and_what_is_not(bali, national, signed_in, address):
    b.province("52", "Nusa Tenggara Barat")

    rows = signed_in(national).get(address).context["rows"]

    assert [(row.province and row.province.code, row.selection) for row in rows] == [
        (None, None),
        ("51", bali),
        ("52", None),
    ]


def test_the_ones_ticked_are_opened_with_the_categories_chosen(bali, national, village, signed_in, address):
    b.province("52", "Nusa Tenggara Barat")

    wanted = {"pick": ["nasional", "52"], "categories": [village.pk]}
    review = signed_in(national).post(address, wanted)

    assert [row.code for row in review.context["rows"]] == ["nasional", "52"]
    assert list(Selection.objects.all()) == [bali]

    answer = signed_in(national).post(address, wanted | {"confirmed": "1"})

    assert answer.status_code == 302
    made = Selection.objects.exclude(pk=bali.pk)
    assert sorted(made.values_list("province__code", "stage"), key=str) == [
        ("52", Stage.PREPARATION),
        (None, Stage.PREPARATION),
    ]
    assert {category for one in made for category in one.categories.all()} == {village}


def test_opening_again_opens_what_is_not_open_and_leaves_the_others(bali, national, village, signed_in, address):
    b.province("52", "Nusa Tenggara Barat")
    wanted = {"pick": ["52", "51"], "categories": [village.pk], "confirmed": "1"}

    for _time in range(2):
        assert signed_in(national).post(address, wanted).status_code == 302

    assert [one.slug for one in Selection.objects.exclude(pk=bali.pk)] == ["2023-nusa-tenggara-barat"]
    assert list(bali.categories.all()) != [village]


def test_the_review_says_what_each_province_has_and_what_is_missing(bali, national, village, signed_in, address):
    """Bali has a branch, a calendar and the people of the period before; Nusa Tenggara Barat has its office alone."""
    b.branch(area=[b.regency()])
    ntb = b.province("52", "Nusa Tenggara Barat")
    earlier = b.selection(of=b.edition(2022), at=ntb)
    b.appointed(Role.PROVINCIAL_COMMITTEE, earlier)
    b.appointed(Role.JUROR, earlier)
    b.appointed(Role.JUROR, earlier)
    EditionDate.objects.create(edition=bali.edition, stage=Stage.ANNOUNCED, opens_on=datetime.date(2027, 10, 1))

    page = signed_in(national).post(address, {"pick": ["52", "51"], "categories": [village.pk]})

    (row,) = page.context["rows"]
    assert (row.office, row.committee_before, row.panel_before) == ("Kanwil Banuspa", 1, 2)
    assert len(row.missing) == 3 and row.calendar
    assert [one.code for one in page.context["already"]] == ["51"]


def test_the_review_says_which_category_a_province_is_not_given(bali, national, village, signed_in, address):
    b.province("52", "Nusa Tenggara Barat")
    own = b.category(bali.edition, "pemerintah-provinsi", "province")
    client = signed_in(national)

    page = client.post(address, {"pick": ["52"], "categories": [village.pk, own.pk]})
    alone = client.post(address, {"pick": ["52"], "categories": [own.pk], "confirmed": "1"})

    assert page.context["national_only"] == [own]
    assert [error.code for error in alone.context["form"].errors.as_data()["categories"]] == ["own-government"]
    assert list(Selection.objects.all()) == [bali]


@pytest.mark.parametrize("data", [{"pick": []}, {"pick": ["99"]}, {"pick": ["52"], "categories": []}])
def test_nothing_ticked_or_unknown_opens_nothing(bali, national, signed_in, address, data):
    b.province("52", "Nusa Tenggara Barat")

    assert signed_in(national).post(address, data).status_code == 200
    assert list(Selection.objects.all()) == [bali]


@pytest.mark.parametrize("role", [Role.PROVINCIAL_COMMITTEE, Role.AUDITOR])
def test_nobody_but_the_national_committee_opens_selections(bali, signed_in, address, role):
    user = b.appointed(role, bali if role == Role.PROVINCIAL_COMMITTEE else bali.edition)

    assert signed_in(user).get(address).status_code == 403


def test_many_opened_cost_as_many_queries_as_one(bali, national, signed_in, address):
    client = signed_in(national)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as spent:
            client.get(address)
        return len(spent)

    queries()
    one = queries()
    for number in range(61, 66):
        b.selection(of=bali.edition, at=b.province(str(number), f"Provinsi {number}"))

    assert queries() == one


def test_a_selection_takes_up_a_category_and_drops_one_nobody_is_nominated_in(
    bali, village, committee, signed_in, choosing
):
    governments = bali.categories.get()

    answer = signed_in(committee).post(choosing, {"seen": keys(governments), "categories": [village.pk]})

    assert answer.status_code == 302
    assert list(bali.categories.all()) == [village]
    assert AuditEvent.objects.get(verb="selection.categories").detail == {
        "before": [governments.slug],
        "after": [village.slug],
    }


def test_a_category_with_a_nomination_is_not_taken_away(bali, village, committee, signed_in, choosing):
    nomination = b.nomination(bali)

    answer = signed_in(committee).post(choosing, {"seen": keys(nomination.category), "categories": [village.pk]})

    assert answer.context["form"].errors.as_data()["categories"][0].code == "nominated"
    assert list(bali.categories.all()) == [nomination.category]


def test_somebody_else_s_choice_is_not_overwritten(bali, village, committee, signed_in, choosing):
    governments = bali.categories.get()
    bali.categories.add(village)

    answer = signed_in(committee).post(choosing, {"seen": keys(governments), "categories": [governments.pk]})

    assert answer.status_code == 409
    assert answer.context["form"].data["seen"] == keys(governments, village)
    assert set(bali.categories.all()) == {governments, village}


def test_categories_are_not_changed_once_nominating_is_over(bali, village, committee, signed_in, choosing):
    at(bali, Stage.VERIFICATION)

    assert signed_in(committee).post(choosing, {"seen": "", "categories": [village.pk]}).status_code == 403
    with pytest.raises(ValidationError) as caught:
        actions.set_categories(bali, [village], seen=set(), by=committee)
    assert caught.value.code == "stage"


def test_a_category_of_its_own_is_a_copy_that_nobody_else_gets(bali, village, committee, signed_in):
    address = reverse("selection-category-add", args=[bali.slug])

    answer = signed_in(committee).post(address, {"name": "Desa  adat", "source": "edition:desa"})

    assert answer.status_code == 302
    own = Category.objects.get(selection=bali)
    copied, original = own.rubrics.get(), village.rubrics.get()
    assert (own.name, own.candidate_kind, own.proposed) == ("Desa adat", "village", 0)
    assert own in bali.categories.all()
    assert [one.slug for one in copied.aspects.get().criteria.all()] == [
        one.slug for one in original.aspects.get().criteria.all()
    ]
    assert copied.titles.get().weights.get().weight == 10_000
    with pytest.raises(ValidationError):
        actions.open_selection(bali.edition, b.province("52", "NTB"), [own], by=committee)


def test_a_category_of_its_own_may_begin_from_the_shipped_defaults(bali, committee, signed_in):
    for code in ("PU", "BPU", "JAKON", "PMI", "NON-ASN", "DESA", "RENTAN"):
        b.segment(code)
    address = reverse("selection-category-add", args=[bali.slug])
    client = signed_in(committee)
    groups = client.get(address).context["form"].fields["source"].choices
    defaults = [key for _group, keys in groups for key, _name in keys if key.startswith("default:")]

    for number, key in enumerate(defaults):
        assert client.post(address, {"name": f"Kategori {number}", "source": key}).status_code == 302

    assert len(defaults) >= 5
    assert Category.objects.filter(selection=bali).count() == len(defaults)
    assert client.post(address, {"name": "kategori 0", "source": defaults[0]}).status_code == 200
