"""What is typed into a form is kept for its writer alone until the form is taken."""

import json

import pytest
from django.urls import reverse

from paritrana.accounts.models import FormDraft
from tests.builders import administrator, person

pytestmark = pytest.mark.django_db

DRAFTS = reverse("form-draft")
ADDRESS = "/pengguna/baru/#0"


@pytest.fixture
def writer(client):
    user = administrator()
    client.force_login(user)
    return user


def keep(client, **content):
    fields = {name: [text] for name, text in content.items()}
    return client.post(DRAFTS, {"address": ADDRESS, "content": json.dumps(fields)})


def found(client):
    return client.get(DRAFTS, {"address": ADDRESS}).json().get("content")


def test_what_is_typed_comes_back_with_its_time(client, writer):
    keep(client, name="Made")
    keep(client, name="Made Wirawan")

    answer = client.get(DRAFTS, {"address": ADDRESS}).json()

    assert answer["content"] == {"name": ["Made Wirawan"]}
    assert "data-form-discard" in answer["notice"]
    assert FormDraft.objects.count() == 1


def test_a_draft_is_given_to_its_writer_alone(client, writer):
    keep(client, name="Made")
    client.force_login(person())

    assert found(client) is None


def test_a_form_that_is_as_it_was_needs_no_draft(client, writer):
    keep(client, name="Made")
    keep(client)

    assert FormDraft.objects.count() == 0


def test_a_form_that_was_taken_forgets_its_draft(client, writer):
    keep(client, name="Made")

    response = client.post(reverse("person-create"), {"form_draft": ADDRESS, "name": "Made", "email": "m@bali.example"})

    assert (response.status_code, FormDraft.objects.count()) == (302, 0)


def test_a_form_that_was_refused_keeps_its_draft(client, writer):
    keep(client, name="Made")

    client.post(reverse("person-create"), {"form_draft": ADDRESS, "name": "Made", "email": ""})

    assert FormDraft.objects.count() == 1


@pytest.mark.parametrize(
    "content", ["", "x", "[]", '{"name": "Made"}', '{"name": [1]}', json.dumps({"a": ["x" * 200_001]})]
)
def test_what_is_no_content_of_a_form_is_not_kept(client, writer, content):
    response = client.post(DRAFTS, {"address": ADDRESS, "content": content})

    assert (response.status_code, FormDraft.objects.count()) == (422, 0)
