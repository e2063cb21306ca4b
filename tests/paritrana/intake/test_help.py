"""The help shows the columns of each table that is handed in."""

import pytest
from django.conf import settings
from django.urls import reverse


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("id", "Kode wilayah"), ("en", "Region code")])
def test_the_help_on_targets_shows_the_columns_of_the_file(client, language, heading):
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: language})
    page = client.get(reverse("help-topic", args=["penyebut-dan-target"]))

    (table,) = [table for table in page.context["tables"] if str(table["title"]) in ("Target", "Targets")]
    assert [column["heading"] for column in table["columns"]][1] == heading
    assert heading in page.content.decode()
