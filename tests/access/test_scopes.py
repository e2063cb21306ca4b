"""What one person may see of each kind of row, asked of the rows themselves: quick, and without the page around it."""

import pytest
from django.http import Http404
from django.utils import timezone

from awards.models import Appointment, Category, Evidence, Letter
from awards.permissions import granted, granted_on
from awards.stages import Permission
from paritrana.accounts.models import User
from regions.models import Coverage, Posting, Region
from scoring.lookups import own_seat, typed_seat
from scoring.models import AssistantDeclaration, Conflict, Interview, ScoreSheet, Seat
from tests import builders as make

pytestmark = pytest.mark.django_db


def ended(**whose):
    Appointment.objects.filter(**whose).update(ended_at=timezone.now())


def test_sheets_of_an_ended_seat_are_closed_to_its_juror_and_its_assistant(world):
    juror, assistant = world.bali.people["juror"], make.person("Asisten")
    seats = Seat.objects.filter(appointment__user=juror)
    for seat in seats:
        Seat.objects.filter(pk=seat.pk).update(assistant_address=assistant.email)
    people = juror, assistant
    before = [ScoreSheet.objects.visible_to(person).exists() for person in people]

    ended(user=juror)

    assert before == [True, True]
    assert [ScoreSheet.objects.visible_to(person).exists() for person in people] == [False, False]


def test_a_sheet_about_a_candidate_somebody_keeps_out_of_is_closed_to_them(world):
    juror, assistant = world.bali.people["juror"], make.person("Asisten")
    seat, nomination = world.bali.seat, world.bali.nominations["INTERVIEW"]
    Seat.objects.filter(pk=seat.pk).update(assistant_address=assistant.email)
    sheet = ScoreSheet.objects.filter(seat=seat, nomination=nomination)

    def readers():
        return [ScoreSheet.objects.visible_to(person).filter(pk__in=sheet).exists() for person in (juror, assistant)]

    told = {"seat": seat, "nomination": nomination, "reason": "Adik"}
    before = readers()
    avoided = AssistantDeclaration.objects.create(**told, declared_by=assistant, keeps_out=True)
    without_the_assistant = readers()
    avoided.delete()
    Conflict.objects.create(**told, kind="recusal", declared_by=world.bali.people["secretary"])

    assert (before, without_the_assistant, readers()) == ([True, True], [True, False], [False, False])


@pytest.mark.parametrize("role", ["committee", "national", "auditor"])
def test_letters_are_read_by_nobody_whose_role_has_ended(world, role):
    selection = world.bali.selections["INTERVIEW"]
    letter = Letter.objects.create(key="x", selection=selection, to=make.person(), subject="Hal", body="Isi")
    reader = world.everywhere.get(role) or world.bali.people[role]
    before = Letter.objects.visible_to(reader).filter(pk=letter.pk).exists()

    ended(user=reader)

    assert before
    assert not Letter.objects.visible_to(User.objects.get(pk=reader.pk)).filter(pk=letter.pk).exists()


def test_a_posting_that_has_ended_opens_no_province_to_whoever_works_elsewhere(world):
    person, former = world.bali.people["branch"], world.kalsel.posting
    foreign, own = world.kalsel.selections["NOMINATION"], world.bali.selections["NOMINATION"]
    Posting.objects.create(user=person, place=former.place, branch=former.branch, ended_at=timezone.now())
    reader = User.objects.get(pk=person.pk)

    assert granted(reader, own)
    assert not granted(reader, foreign)


def test_evidence_is_seen_with_its_nomination_only(world):
    committee = world.bali.people["committee"]
    seen = Evidence.objects.visible_to(committee)

    assert seen.filter(pk=world.bali.evidence.pk).exists()
    assert not seen.filter(pk=world.kalsel.evidence.pk).exists()


def test_a_category_of_one_selection_is_seen_with_that_selection_only(world):
    foreign, own = world.kalsel.selections["INTERVIEW"], world.bali.selections["INTERVIEW"]
    same = {"name": "Khusus", "candidate_kind": "company"}
    rows = {
        of: Category.objects.create(edition=of.edition, selection=of, slug=f"khusus-{of.pk}", **same)
        for of in (foreign, own)
    }
    seen = Category.objects.visible_to(world.bali.people["committee"])

    assert seen.filter(pk=rows[own].pk).exists()
    assert not seen.filter(pk=rows[foreign].pk).exists()


def test_figures_of_another_area_are_seen_by_no_branch(world):
    seen = Coverage.objects.visible_to(world.bali.people["branch"]).exclude(region__kind="provinsi")

    assert {row.region.code[:2] for row in seen.select_related("region")} == {"51"}
    assert Coverage.objects.exclude(region__kind="provinsi").filter(region__code__startswith="63").exists()


def test_a_branch_works_in_its_own_area_and_answers_for_no_other(world):
    """Another branch of the same office, in the same province."""
    nomination = world.bali.nominations["NOMINATION"]
    near = make.branch_staff(make.regency("51.09", "Kabupaten Contoh"), name="Bali Lain")

    assert [region.code for region in Region.objects.worked_by(near)] == ["51.09"]
    assert Permission.ANSWER in granted_on(world.bali.people["branch"], nomination)
    assert Permission.ANSWER not in granted_on(near, nomination)


@pytest.mark.parametrize("model", [Seat, Interview])
def test_of_a_panel_one_sees_that_of_the_own_selections(world, model):
    of = {Seat: "panel__selection__province__code", Interview: "nomination__selection__province__code"}[model]
    seen = model.objects.visible_to(world.bali.people["committee"])

    assert set(seen.values_list(of, flat=True)) == {"51"}
    assert model.objects.filter(**{of: "63"}).exists()


def test_an_assistant_types_on_the_seat_and_does_not_hold_it(world, rf):
    seat, request = world.bali.seat, rf.get("/")
    request.user = make.person("Asisten")
    Seat.objects.filter(pk=seat.pk).update(assistant_address=request.user.email)
    slug = seat.panel.selection.slug

    assert typed_seat(request, slug) == seat
    with pytest.raises(Http404):
        own_seat(request, slug)


@pytest.mark.parametrize("model", [Posting, Appointment, User])
def test_of_people_one_sees_oneself_and_administrators_see_all(world, model):
    person = world.bali.people["branch"] if model is Posting else world.bali.people["committee"]
    whose = {Posting: "user", Appointment: "user", User: "pk"}[model]
    seen = model.objects.visible_to(person)

    assert seen.exists()
    assert not seen.exclude(**{whose: person.pk}).exists()
    assert model.objects.visible_to(world.everywhere["admin"]).exclude(**{whose: person.pk}).exists()
