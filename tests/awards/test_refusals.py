"""A refused page says who does this or when it opens, and leads on."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from awards import permissions
from awards.models import Role, StageDate
from awards.stages import Permission, Stage
from paritrana.refusals import ActRefused
from tests import builders as b

pytestmark = pytest.mark.django_db


def refusal(user, permission, selection):
    with translation.override("id"), pytest.raises(ActRefused) as caught:
        permissions.require(user, permission, selection)
    return str(caught.value), caught.value.url


def test_somebody_with_another_task_reads_whose_act_it_is():
    selection = b.selection()
    juror = b.appointed(Role.JUROR, selection)

    words, url = refusal(juror, Permission.VERIFY, selection)

    assert words == "Ini dilakukan oleh: panitia provinsi."
    assert url == selection.get_absolute_url()


def test_whose_act_it_is_reads_when_it_opens():
    selection = b.selection()
    opens = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    StageDate.objects.create(
        selection=selection, stage=Stage.VERIFICATION, opens_at=opens, closes_at=opens.replace(day=9)
    )

    words, _url = refusal(b.committee(selection), Permission.SHORTLIST, selection)

    assert "verifikasi" in words
    assert "1 Desember 2026" in words


def test_whose_act_it_was_reads_when_it_closed():
    selection = b.selection(stage=Stage.PLENARY)

    words, _url = refusal(b.committee(selection), Permission.VERIFY, selection)

    assert words == "Ini ditutup bersama tahap “verifikasi”; seleksi sekarang pada tahap “pleno”."


def test_who_sees_nothing_of_the_selection_is_not_led_there():
    assert refusal(b.person(), Permission.VERIFY, b.selection())[1] == ""


def test_the_page_shows_the_words_and_the_way_on(client):
    client.force_login(b.head_officer())

    response = client.get(reverse("coverage-grid"))

    assert response.status_code == 403
    assert f'href="{reverse("coverage")}"' in response.text
    assert "kantor cabang" in response.text
