"""The list of candidates counts nominations for its page alone."""

import pytest
from django.urls import reverse

from awards.stages import Stage
from tests import builders

pytestmark = pytest.mark.django_db


def test_the_list_says_how_often_a_candidate_is_nominated_where_one_may_see_it(client):
    selection = builders.selection(Stage.NOMINATION)
    nominated = builders.nomination(selection, builders.regency())
    other = builders.company(nominated.candidate.region)
    client.force_login(builders.committee(selection))

    page = client.get(reverse("candidates")).context["page"]

    assert {row.pk: row.times for row in page} == {nominated.candidate_id: 1, other.pk: 0}
