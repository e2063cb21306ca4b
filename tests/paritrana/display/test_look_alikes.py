"""A name that only looks Latin is told with its letters; a name in another alphabet is a name."""

import pytest
from django.core.exceptions import ValidationError

from paritrana.accounts.forms import ProfileForm
from paritrana.display.look_alikes import no_imitation
from paritrana.intake.fields import PersonNameField


@pytest.mark.parametrize("name", ["Ani Lеstari", "ΑNI", "Мах Lestari", "Nі Wayan, S.H.", "Lёstari"])
def test_a_name_in_letters_that_look_latin_is_refused_with_them(name):
    for take in (no_imitation, PersonNameField().clean):
        with pytest.raises(ValidationError, match=r"U\+0[34][0-9A-F]{2}"):
            take(name)


@pytest.mark.parametrize("name", ["\N{FULLWIDTH LATIN CAPITAL LETTER A}ni", "\N{MATHEMATICAL BOLD CAPITAL A}ni"])
def test_a_name_in_letters_of_another_width_is_refused_with_the_plain_one(name):
    with pytest.raises(ValidationError, match="Ani"):
        no_imitation(name)


@pytest.mark.parametrize(
    "name",
    ["Ani Lestari, S.E.", "Łukasz Øst", "Иван Петров", "Анна", "Mª Ana", "陈美玲", "José", "I Made Ñ. 2", "Ng Ă"],
)
def test_a_name_of_one_alphabet_is_a_name(name):
    assert PersonNameField().clean(name) == name


@pytest.mark.django_db
def test_the_form_of_an_account_says_the_same_and_keeps_what_was_typed():
    form = ProfileForm({"name": "Ani Lеstari"})

    assert "U+0435" in form.errors["name"][0]
    assert form["name"].value() == "Ani Lеstari"
