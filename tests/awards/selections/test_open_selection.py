"""Opening a selection: one a province and edition, from the command line."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from awards.editions import defaults
from awards.models import Selection
from awards.selections import actions, forms
from awards.stages import Stage
from paritrana.accounts import trail
from tests import builders as b

pytestmark = pytest.mark.django_db


def opened(*arguments, **options):
    call_command("open_selection", *arguments, **options)
    return Selection.objects.get()


def test_a_province_and_the_nation_each_get_one_that_starts_with_its_preparation(capsys):
    b.category(b.edition(2024))
    b.province("51", "Bali")

    call_command("open_selection", "2024", "51")
    call_command("open_selection", "2024")

    assert capsys.readouterr().out.split() == ["2024-bali", "2024-nasional"]
    assert set(Selection.objects.values_list("stage", flat=True)) == {Stage.PREPARATION}
    assert list(trail.faults()) == []


def test_only_the_categories_named_take_part():
    b.category(b.edition(2024), "pemerintah-provinsi", "province")
    b.category(b.edition(2024))

    selection = opened("2024", categories=["pemerintah-provinsi"])

    assert [category.slug for category in selection.categories.all()] == ["pemerintah-provinsi"]


def test_a_province_is_not_given_the_category_of_provincial_governments():
    b.category(b.edition(2024), "pemerintah-provinsi", "province")
    b.category(b.edition(2024))
    b.province("51", "Bali")

    selection = opened("2024", "51")

    assert [category.slug for category in selection.categories.all()] == ["pemerintah-kabupaten-kota"]
    assert [category.slug for category in forms.offered(selection)] == ["pemerintah-kabupaten-kota"]
    with pytest.raises(ValidationError) as refusal:
        seen = {category.pk for category in selection.categories.all()}
        actions.set_categories(selection, selection.edition.categories.all(), seen=seen, by=b.person())
    assert refusal.value.code == "own-government"


def test_a_province_with_no_other_category_is_not_opened():
    b.category(b.edition(2024), "pemerintah-provinsi", "province")
    b.province("51", "Bali")

    with pytest.raises(CommandError):
        call_command("open_selection", "2024", "51")

    assert not Selection.objects.exists()


def test_a_province_does_not_copy_a_category_of_provincial_governments():
    b.category(b.edition(2024))
    b.province("51", "Bali")

    offered = [key for _group, rows in defaults.choices(opened("2024", "51")) for key, _name in rows]

    assert "default:pemerintah-provinsi" not in offered
    assert "default:pemerintah-desa" in offered


@pytest.mark.parametrize(
    ("arguments", "options"),
    [(["1999"], {}), (["2024", "99"], {}), (["2024", "51.01"], {}), (["2024"], {"categories": ["tidak-ada"]})],
)
def test_what_does_not_exist_is_refused_and_nothing_opened(arguments, options):
    b.category(b.edition(2024))
    b.regency("51.01")

    with pytest.raises(CommandError):
        call_command("open_selection", *arguments, **options)

    assert not Selection.objects.exists()


def test_a_selection_is_opened_once():
    b.category(b.edition(2024))
    opened("2024")

    with pytest.raises(CommandError):
        call_command("open_selection", "2024")

    assert Selection.objects.count() == 1
